// Reads a board, conditionally where it may. A listing is only confirmed where the plan that would
// follow from it is known to be empty.
#include "work/read_conditionally.h"

#include <set>

#include "boards/locales.h"
#include "store/boards/known_boards.h"

namespace rolecall {
namespace {

Result<std::vector<std::string>> LocalesKnown(const WorkTools& tools, const BoardToRead& board) {
  if (!Traits(*board.address.definition).listed_by_locale) return {};
  TRY(auto db, tools.database.Reader());
  TRY(const KnownBoard known, LoadKnownBoard(*db, board.row.id));
  std::set<std::string> locales;
  for (const KnownJob& job : known.jobs)
    if (!job.expired) locales.insert(LocaleInPath(job.external_id, job.path));
  locales.erase("");
  return std::vector<std::string>(locales.begin(), locales.end());
}

}  // namespace

Result<TimedReading> ReadBoardConditionally(const WorkTools& tools, const BoardToRead& board,
                                            OpenEnds open_ends, std::stop_token stop) {
  const auto& [address, row] = board;
  // What a partial listing changed since the last complete one must be undone, though the board is
  // as it was then.
  const bool may_confirm = open_ends == OpenEnds::kNone && !row.digest.empty() &&
                           row.changed_reading <= row.complete_reading &&
                           row.definition_version == Traits(*address.definition).version;
  KnownBefore known{.validators = {}, .locales = {}};
  if (may_confirm) known.validators = {row.etag, row.last_modified};
  TRY(known.locales, LocalesKnown(tools, board));
  TimedReading read{
      .reading = {FailedListing{}, {}, {}, 0}, .started_at = tools.clock(), .finished_at = {}};
  TRY(read.reading, ReadBoard(address, tools.settings.limits, known, tools.fetcher, stop));
  read.finished_at = tools.clock();
  Listing& listing = read.reading.listing;
  const auto* complete = std::get_if<CompleteListing>(&listing);
  if (may_confirm && complete != nullptr && complete->digest() == row.digest)
    listing = ConfirmedListing{};
  return read;
}

}  // namespace rolecall
