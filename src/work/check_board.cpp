// Reads a board that perhaps nobody follows yet. A name that nobody answers to leaves no row.
#include "work/check_board.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "fetch/bounded_fetcher.h"
#include "store/boards/boards.h"
#include "store/boards/listings.h"
#include "work/preview_listing.h"
#include "work/read_conditionally.h"

namespace rolecall {
namespace {

constexpr std::size_t kSample = 5;

// Of a board that a reading of before found jobs on, an empty listing is no riddle.
enum class Before { kUnknown, kListed };

BoardPresence PresenceBy(const Listing& listing, const BoardTraits& traits, Before before) {
  if (!JobsIn(listing).empty()) return BoardPresence::kStands;
  if (CompletenessOf(listing) != Completeness::kComplete) return BoardPresence::kUnreadable;
  return traits.zero_proves_nothing && before == Before::kUnknown ? BoardPresence::kUnproven
                                                                  : BoardPresence::kStands;
}

CheckedBoard Checked(const Listing& listing, BoardPresence presence,
                     std::optional<int> stated_total) {
  const std::vector<ListedJob>& jobs = JobsIn(listing);
  const int listed = static_cast<int>(jobs.size());
  CheckedBoard checked{
      .presence = presence, .trouble = TroubleOf(listing), .sample = {}, .total = listed};
  if (CompletenessOf(listing) != Completeness::kComplete)
    checked.total = std::max(listed, stated_total.value_or(0));
  checked.sample.assign(jobs.begin(), jobs.begin() + std::min<std::ptrdiff_t>(listed, kSample));
  return checked;
}

Result<std::optional<Listing>> KeptOf(const WorkTools& tools, const BoardRow& row) {
  TRY(auto db, tools.database.Reader());
  TRY(auto kept, LoadListing(*db, row.id, tools.clock() - tools.settings.listings.kept));
  if (!kept) return std::nullopt;
  return std::move(kept->listing);
}

// Of a board that has no row yet only a complete listing makes one.
Result<void> Keep(const WorkTools& tools, const BoardAddress& address, BoardRow row,
                  const TimedReading& read) {
  if (row.id == 0) {
    if (CompletenessOf(read.reading.listing) != Completeness::kComplete) return {};
    TRY(auto tx, tools.database.Write());
    TRY(row.id, FindOrAddBoard(tx, Traits(*address.definition).kind, address.token));
    CHECK_OK(tx.Commit());
  }
  return KeepOrForget(tools, row, read);
}

}  // namespace

Result<CheckedBoard> CheckBoard(const WorkTools& tools, const BoardAddress& address,
                                std::stop_token stop) {
  const BoardTraits& traits = Traits(*address.definition);
  BoardRow row;
  {
    TRY(auto db, tools.database.Reader());
    TRY(auto known, FindBoardRow(*db, traits.kind, address.token));
    if (known) row = *std::move(known);
  }
  const Before before = row.ever_listed ? Before::kListed : Before::kUnknown;
  TRY(const auto kept, KeptOf(tools, row));
  if (kept) return Checked(*kept, PresenceBy(*kept, traits, before), {});
  BoundedFetcher fetcher(tools.fetcher, tools.settings.check_patience);
  TimedReading read{
      .reading = {FailedListing{}, {}, {}, 0}, .started_at = tools.clock(), .finished_at = {}};
  TRY(read.reading, ReadBoard(address, tools.settings.limits, {}, fetcher, std::move(stop)));
  read.finished_at = tools.clock();
  const Listing& listing = read.reading.listing;
  const BoardPresence presence = PresenceBy(listing, traits, before);
  if (presence != BoardPresence::kUnproven) CHECK_OK(Keep(tools, address, row, read));
  return Checked(listing, presence, read.reading.stated_total);
}

}  // namespace rolecall
