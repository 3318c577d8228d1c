// Reads as a run does, and has what was read planned.
#include "work/preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/guarded.h"
#include "store/boards/boards.h"
#include "store/boards/known_boards.h"
#include "store/users/user_view.h"
#include "work/preview_lanes.h"
#include "work/preview_plan.h"
#include "work/reconcile_board.h"
#include "work/witness_missing.h"

namespace rolecall {
namespace {

constexpr int kReadings = 5;

// kConflict where a run read the board in between: its listing is older than what is known, and
// would be taken for news.
Result<PreviewGrounds> GatherGroundsOnce(const WorkTools& tools, const Following& following,
                                         const BoardToPreview& asked, std::stop_token stop) {
  PreviewGrounds grounds;
  TRY(grounds.listing, ListingForPreview(tools, asked, stop));
  TRY(auto db, tools.database.Reader());
  TRY(grounds.known, LoadKnownBoard(*db, asked.board_id));
  TRY(grounds.view, LoadUserView(*db, asked.user_id, following));
  CarryOver(grounds.view, CarryOver(asked.address, grounds.listing.listing, grounds.known));
  TRY(const BoardRow board, LoadBoard(*db, asked.board_id));
  if (board.latest_reading != grounds.listing.after_reading)
    return Fail(Errc::kConflict, fmt::format("{} {} was read by a run meanwhile: preview it again",
                                             board.kind, board.token));
  return grounds;
}

Result<PreviewGrounds> GatherGrounds(const WorkTools& tools, const Following& following,
                                     const BoardToPreview& asked, std::stop_token stop) {
  for (int reading = 1;; ++reading) {
    auto grounds = GatherGroundsOnce(tools, following, asked, stop);
    if (grounds || grounds.error().code != Errc::kConflict || reading == kReadings) return grounds;
  }
}

Result<PreviewedCompany> PreviewOne(const WorkTools& tools, const Following& following,
                                    const PreviewOrder& order, std::stop_token stop) {
  TRY(const BoardAddress address, tools.kinds.FindBoard(following.kind, following.token));
  TRY(const CompanyFilter filter, CompileFilter(following));
  const BoardToPreview asked{.user_id = order.user_id,
                             .address = address,
                             .board_id = following.board_id,
                             .source = order.source};
  TRY(PreviewGrounds grounds, GatherGrounds(tools, following, asked, stop));
  grounds.policy = PolicyFor(tools, address);
  grounds.now = tools.clock();
  TRY(grounds.witnesses, WitnessMissing(tools,
                                        {.board = address,
                                         .known = grounds.known,
                                         .listing = grounds.listing.listing,
                                         .policy = grounds.policy,
                                         .now = grounds.now},
                                        stop));
  return PlanPreview(tools, following, filter, grounds, stop);
}

}  // namespace

Result<Preview> PreviewCompanies(const WorkTools& tools, const PreviewOrder& order,
                                 std::stop_token stop) {
  Guarded<std::vector<PreviewedCompany>> done;
  Guarded<std::optional<Error>> broken;
  std::stop_source work;
  const std::stop_callback forward(stop, [&work] { work.request_stop(); });
  const auto keep = [&](const Following& following, Result<PreviewedCompany> previewed) {
    if (previewed) {
      done.With([&](auto& all) { all.push_back(*std::move(previewed)); });
    } else if (IsCompanys(previewed.error())) {
      done.With([&](auto& all) {
        all.push_back(FailedPreview(following, previewed.error(), tools.clock()));
      });
    } else {
      broken.With([&](auto& first) {
        if (!first) first = previewed.error();
      });
      work.request_stop();
    }
    if (tools.progress) tools.progress();
  };

  std::vector<LaneTask> lane_tasks;
  for (const Following& following : order.followings) {
    const auto address = tools.kinds.FindBoard(following.kind, following.token);
    lane_tasks.push_back({address ? Traits(*address->definition).pacing_key : "", [&, following] {
                            try {
                              keep(following,
                                   PreviewOne(tools, following, order, work.get_token()));
                            } catch (const std::exception& bug) {
                              keep(following, Fail(Errc::kUpstream, bug.what()));
                            }
                          }});
  }
  WorkOnLanes(std::move(lane_tasks), tools.settings.lanes, tools.fetcher, work.get_token());

  if (auto error = broken.With([](const auto& first) { return first; }))
    return std::unexpected(*std::move(error));
  if (stop.stop_requested()) return Fail(Errc::kCancelled, "the preview was interrupted");
  Preview preview{.companies = done.With([](auto& all) { return std::move(all); }),
                  .departing = {}};
  std::ranges::sort(preview.companies, {}, &PreviewedCompany::company);
  TRY(auto db, tools.database.Reader());
  CHECK_OK(AddDeparting(*db, order, preview));
  return preview;
}

}  // namespace rolecall
