// Gets the listing that a preview plans with. Asks with the validators of a run, so that a preview
// costs a board no more than a run does, and is confirmed where the run would be.
#include "work/preview_listing.h"

#include "store/boards/listings.h"

namespace rolecall {

// A confirmed listing leaves nothing to keep: it is what the board's rows hold already, and asking
// again costs one conditional request. Nothing is written where nothing was kept before either.
Result<void> KeepOrForget(const WorkTools& tools, const BoardRow& board, const TimedReading& read) {
  const auto* complete = std::get_if<CompleteListing>(&read.reading.listing);
  if (complete == nullptr) {
    TRY(auto db, tools.database.Reader());
    TRY(const bool any, HasListing(*db, board.id));
    if (!any) return {};
  }
  TRY(auto tx, tools.database.Write());
  if (complete == nullptr)
    CHECK_OK(ForgetListing(tx, board.id, read.finished_at));
  else
    CHECK_OK(KeepListing(tx, board.id, *complete, board.latest_reading, read.finished_at));
  return tx.Commit();
}

Result<PreviewListing> ListingForPreview(const WorkTools& tools, const BoardToPreview& asked,
                                         std::stop_token stop) {
  BoardToRead board{.address = asked.address, .row = {}};
  OpenEnds open_ends = OpenEnds::kSome;
  {
    TRY(auto db, tools.database.Reader());
    if (asked.source == PreviewSource::kKept) {
      TRY(auto kept,
          LoadListing(*db, asked.board_id, tools.clock() - tools.settings.listings.kept));
      if (kept)
        return PreviewListing{.listing = std::move(kept->listing),
                              .read_at = kept->read_at,
                              .kept = true,
                              .after_reading = kept->after_reading};
    }
    TRY(board.row, LoadBoard(*db, asked.board_id));
    TRY(const bool open, HasOpenEnds(*db, asked.board_id, asked.user_id));
    open_ends = open ? OpenEnds::kSome : OpenEnds::kNone;
  }
  TRY(TimedReading read, ReadBoardConditionally(tools, board, open_ends, stop));
  CHECK_OK(KeepOrForget(tools, board.row, read));
  return PreviewListing{.listing = std::move(read.reading.listing),
                        .read_at = read.finished_at,
                        .after_reading = board.row.latest_reading,
                        .mended = read.reading.mended};
}

}  // namespace rolecall
