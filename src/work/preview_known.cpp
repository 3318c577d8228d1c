// Previews without asking. One reader at a time, which is given back before titles are compared.
#include "work/preview_known.h"

#include <utility>

#include "store/boards/boards.h"
#include "store/boards/known_boards.h"
#include "store/boards/listings.h"
#include "store/users/user_view.h"
#include "work/preview_plan.h"
#include "work/reconcile_board.h"

namespace rolecall {
namespace {

// When the last whole reading of the board ended.
std::optional<Timestamp> LastWhole(const KnownBoard& known) {
  for (const auto* readings : {&known.complete, &known.but_for})
    if (!readings->empty() && readings->front().id == known.whole_reading)
      return readings->front().at;
  return std::nullopt;
}

Result<PreviewGrounds> GatherKnown(const WorkTools& tools, std::int64_t user_id,
                                   const Following& following, const BoardAddress& address) {
  PreviewGrounds grounds{.policy = PolicyFor(tools, address), .now = tools.clock()};
  TRY(auto db, tools.database.Reader());
  TRY(auto kept, LoadListing(*db, following.board_id, grounds.now - tools.settings.listings.kept));
  TRY(grounds.known, LoadKnownBoard(*db, following.board_id));
  TRY(grounds.view, LoadUserView(*db, user_id, following));
  TRY(const BoardRow board, LoadBoard(*db, following.board_id));
  // A run may have read the board meanwhile: what was kept is the past then.
  if (kept && kept->after_reading == board.latest_reading)
    grounds.listing = {.listing = std::move(kept->listing), .read_at = kept->read_at, .kept = true};
  else
    grounds.listing = {.listing = ConfirmedListing{},
                       .read_at = LastWhole(grounds.known),
                       .but_for = board.but_for};
  CarryOver(grounds.view, CarryOver(address, grounds.listing.listing, grounds.known));
  return grounds;
}

Result<PreviewedCompany> PreviewKnownCompany(const WorkTools& tools, std::int64_t user_id,
                                             const Following& following, std::stop_token stop) {
  TRY(const BoardAddress address, tools.kinds.FindBoard(following.kind, following.token));
  TRY(const CompanyFilter filter, CompileFilter(following));
  TRY(const PreviewGrounds grounds, GatherKnown(tools, user_id, following, address));
  return PlanPreview(tools, following, filter, grounds, std::move(stop));
}

}  // namespace

Result<Preview> PreviewKnown(const WorkTools& tools, const PreviewOrder& order,
                             std::stop_token stop) {
  Preview preview;
  for (const Following& following : order.followings) {
    auto company = PreviewKnownCompany(tools, order.user_id, following, stop);
    if (!company && !IsCompanys(company.error())) return std::unexpected(company.error());
    preview.companies.push_back(company ? *std::move(company)
                                        : FailedPreview(following, company.error(), tools.clock()));
  }
  TRY(auto db, tools.database.Reader());
  CHECK_OK(AddDeparting(*db, order, preview));
  return preview;
}

}  // namespace rolecall
