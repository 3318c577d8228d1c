// Compares what the index holds of each board with the database, and takes the difference some
// boards at a time, in transactions of so many jobs.
#include "store/search/kept_index.h"

#include <chrono>
#include <utility>
#include <vector>

#include "store/search/indexed_jobs.h"

namespace rolecall {
namespace {

// So few are taken by a search itself: some 0.1 s.
constexpr std::int64_t kMostTakenBySearch = 5'000;
// So long it waits for somebody else who takes some.
constexpr std::chrono::milliseconds kPatienceOfSearch{250};
constexpr std::size_t kBoardsASlice = 200;

}  // namespace

Result<std::unique_ptr<KeptIndex>> KeptIndex::Open(Database& database, const std::string& folder) {
  TRY(auto db, database.Reader());
  TRY(auto of, LoadDatabaseName(*db));
  return std::make_unique<KeptIndex>(database, folder, of);
}

// A board counts as held before until all of its jobs are there: what is broken off, or written by
// another process meanwhile, is taken again.
Result<void> KeptIndex::Take(const std::shared_ptr<JobIndex>& index, Connection& db,
                             const BoardVersions& held, const BoardVersions& now,
                             const std::stop_token& stop) {
  for (auto at = held.begin(); at != held.end();) {
    BoardVersions slice, taken;
    for (; at != held.end() && slice.size() < kBoardsASlice; ++at) {
      slice.insert(*at);
      taken.emplace(at->first, now.at(at->first));
    }
    std::vector<IndexedJob> jobs;
    Result<void> written;
    CHECK_OK(ReadJobsSince(db, slice, [&](IndexedJob job) {
      if (!written) return;
      jobs.push_back(std::move(job));
      if (jobs.size() < kRowsAStatement) return;
      written = stop.stop_requested() ? Fail(Errc::kCancelled, "the search index is not brought up")
                                      : folder_.Judged(index, index->Take(jobs, slice));
      jobs.clear();
    }));
    CHECK_OK(std::move(written));
    CHECK_OK(folder_.Judged(index, index->Take(jobs, taken)));
    if (stop.stop_requested()) return Fail(Errc::kCancelled, "the search index is not brought up");
  }
  return {};
}

Result<void> KeptIndex::BringUp(const std::stop_token& stop) {
  const std::scoped_lock hold(taking_);
  TRY(const auto index, folder_.Open());
  TRY(auto db, database_.Reader());
  TRY(const auto now, LoadBoardVersions(*db));
  TRY(const auto held, folder_.Judged(index, index->file().HeldBoards()));
  return Take(index, *db, ChangedBoards(held, now), now, stop);
}

Result<std::shared_ptr<JobIndex>> KeptIndex::Follow(Connection& db, const BoardsSum& sum) {
  TRY(auto index, folder_.Open());
  TRY(const auto held_sum, folder_.Judged(index, index->file().HeldSum()));
  if (sum == held_sum) return index;
  const std::unique_lock hold(taking_, kPatienceOfSearch);
  if (!hold) return Fail(Errc::kUnavailable, "the search index is being brought up");
  TRY(const auto now, LoadBoardVersions(db));
  TRY(const auto held, folder_.Judged(index, index->file().HeldBoards()));
  const BoardVersions changed = ChangedBoards(held, now);
  if (changed.empty()) return index;
  TRY(const std::int64_t jobs, CountJobsSince(db, changed));
  if (jobs > kMostTakenBySearch)
    return Fail(Errc::kUnavailable, "the search index is being brought up");
  CHECK_OK(Take(index, db, changed, now, {}));
  return index;
}

std::shared_ptr<JobIndex> KeptIndex::UpToDate(Connection& db, const BoardsSum& now,
                                              std::string& why) {
  auto index = Follow(db, now);
  if (index) return *std::move(index);
  why = index.error().message;
  return nullptr;
}

}  // namespace rolecall
