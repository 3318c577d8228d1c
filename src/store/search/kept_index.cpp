// Compares what the index holds of each board with the database, and takes the difference in
// slices, so that neither memory nor a transaction grows with it.
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

// Of boards that changed, what is held; of those that the index does not know, nothing. A database
// that was restored from a copy may be behind its index: such a board is taken whole.
BoardVersions Changed(const BoardVersions& held, const BoardVersions& now) {
  BoardVersions changed;
  for (const auto& [board, version] : now) {
    const auto found = held.find(board);
    if (found == held.end() || found->second > version)
      changed.emplace_hint(changed.end(), board, -1);
    else if (found->second < version)
      changed.emplace_hint(changed.end(), board, found->second);
  }
  return changed;
}

}  // namespace

Result<std::unique_ptr<KeptIndex>> KeptIndex::Open(Database& database, std::string folder) {
  TRY(auto db, database.Reader());
  TRY(auto of, LoadDatabaseName(*db));
  return std::make_unique<KeptIndex>(database, std::move(folder), std::move(of));
}

// Jobs first, then the boards whose jobs are all there: what is broken off is taken again.
Result<void> KeptIndex::Take(JobIndex& index, Connection& db, const BoardVersions& held,
                             const BoardVersions& now, const std::stop_token& stop) {
  for (auto at = held.begin(); at != held.end();) {
    if (stop.stop_requested()) return Fail(Errc::kCancelled, "the search index is not brought up");
    BoardVersions slice, taken;
    for (; at != held.end() && slice.size() < kBoardsASlice; ++at) {
      slice.insert(*at);
      taken.emplace(at->first, now.at(at->first));
    }
    std::vector<IndexedJob> jobs;
    Result<void> written;
    CHECK_OK(ReadJobsSince(db, slice, [&](IndexedJob job) {
      jobs.push_back(std::move(job));
      if (jobs.size() < kRowsAStatement || !written) return;
      written = index.Take(jobs, {});
      jobs.clear();
    }));
    CHECK_OK(std::move(written));
    CHECK_OK(index.Take(jobs, taken));
  }
  return {};
}

Result<void> KeptIndex::BringUp(const std::stop_token& stop) {
  const std::scoped_lock hold(taking_);
  TRY(const auto index, folder_.Open());
  TRY(auto db, database_.Reader());
  auto taken = [&]() -> Result<void> {
    TRY(const auto now, LoadBoardVersions(*db));
    TRY(const auto held, index->HeldBoards());
    return Take(*index, *db, Changed(held, now), now, stop);
  }();
  if (!taken && taken.error().code == Errc::kStorage) folder_.GiveUp(index);
  return taken;
}

std::shared_ptr<JobIndex> KeptIndex::UpToDate(Connection& db, std::string& why) {
  std::shared_ptr<JobIndex> index;
  const auto brought_up = [&]() -> Result<void> {
    TRY(index, folder_.Open());
    TRY(const auto sum, LoadBoardsSum(db));
    TRY(const auto held_sum, index->HeldSum());
    if (sum == held_sum) return {};
    const std::unique_lock hold(taking_, kPatienceOfSearch);
    if (!hold) return Fail(Errc::kUnavailable, "the search index is being brought up");
    TRY(const auto now, LoadBoardVersions(db));
    TRY(const auto held, index->HeldBoards());
    const BoardVersions changed = Changed(held, now);
    if (changed.empty()) return {};
    TRY(const std::int64_t jobs, CountJobsSince(db, changed));
    if (jobs > kMostTakenBySearch)
      return Fail(Errc::kUnavailable, "the search index is being brought up");
    return Take(*index, db, changed, now, {});
  }();
  if (brought_up) return index;
  if (brought_up.error().code == Errc::kStorage && index) folder_.GiveUp(index);
  why = brought_up.error().message;
  return nullptr;
}

}  // namespace rolecall
