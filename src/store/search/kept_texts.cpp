// Compares digests first, so that a text is read where it changed, and not where its job did.
#include "store/search/kept_texts.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "store/boards/former_texts.h"
#include "store/search/indexed_jobs.h"

namespace rolecall {
namespace {

// So few are taken by a search itself: some 0.1 s.
constexpr std::int64_t kMostTextsTakenBySearch = 500;
constexpr std::size_t kBoardsOfTextsASlice = 50;

std::int64_t NumberOf(const TextMark& mark) {
  const std::string digits = Digester()
                                 .Add(mark.title)
                                 .Add(mark.places)
                                 .Add(mark.has_text ? "text" : "")
                                 .Add(mark.digest)
                                 .Finish();
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + 16, number, 16);
  return static_cast<std::int64_t>(number);
}

using SteadyClock = std::chrono::steady_clock;

// Takes texts of some boards after the others, in steps.
class TextTaker {
 public:
  TextTaker(Connection& db, IndexFolder<TextIndex>& folder, std::shared_ptr<TextIndex> index)
      : db_(db), folder_(folder), index_(std::move(index)) {}

  // Before anything is compared: what others take meanwhile is not undone.
  Result<void> Begin() {
    TRY(auto db, index_->file().database().Reader());
    TRY(change_, folder_.Judged(index_, IndexFile::LoadChange(*db)));
    return {};
  }

  // False where somebody else took some meanwhile, or the time is over.
  Result<bool> TakeBoards(const BoardVersions& held, const BoardVersions& now,
                          SteadyClock::time_point until, const std::stop_token& stop) {
    TRY(const auto changed, ChangedTexts(held));
    for (std::size_t first = 0; first < changed.size(); first += kTextsAtOnce) {
      if (stop.stop_requested()) return Fail(Errc::kCancelled, "texts are not taken to the end");
      CHECK_OK(Gather(
          std::span(changed).subspan(first, std::min(kTextsAtOnce, changed.size() - first))));
      const bool is_late = SteadyClock::now() >= until;
      if (!is_late && !texts_.IsFull()) continue;
      TRY(const bool taken, Write());
      if (!taken || is_late) return false;
    }
    for (const auto& [board, version] : held) boards_.insert_or_assign(board, now.at(board));
    return true;
  }

  Result<bool> Write() {
    if (boards_.empty() && texts_.empty()) return true;
    TRY(const bool taken,
        folder_.Judged(
            index_, index_->Take(std::exchange(texts_, {}), std::exchange(boards_, {}), change_)));
    ++change_;
    return taken;
  }

 private:
  // Of jobs that were written since, those that are held with another text, or not at all.
  Result<std::vector<TextMark>> ChangedTexts(const BoardVersions& held_boards) {
    TRY(auto marks, LoadTextMarks(db_, held_boards));
    std::vector<std::int64_t> jobs;
    for (const TextMark& mark : marks) jobs.push_back(mark.job_id);
    TRY(const auto held, folder_.Judged(index_, index_->HeldDigests(jobs)));
    std::vector<TextMark> changed;
    for (TextMark& mark : marks) {
      const auto found = held.find(mark.job_id);
      if (found == held.end() || found->second != NumberOf(mark))
        changed.push_back(std::move(mark));
    }
    return changed;
  }

  Result<void> Gather(std::span<const TextMark> marks) {
    std::vector<std::int64_t> jobs;
    for (const TextMark& mark : marks) jobs.push_back(mark.job_id);
    TRY(const auto texts, LoadTexts(db_, jobs));
    for (const TextMark& mark : marks) {
      const auto found = texts.find(mark.job_id);
      // Of a job without a description the index of titles has every word.
      std::string all;
      if (found != texts.end())
        all = mark.title + '\n' + mark.places + '\n' + found->second.description + '\n' +
              found->second.requirements;
      texts_.Add({.job_id = mark.job_id, .digest = NumberOf(mark), .text = std::move(all)});
    }
    return {};
  }

  Connection& db_;
  IndexFolder<TextIndex>& folder_;
  std::shared_ptr<TextIndex> index_;
  std::int64_t change_ = 0;
  TakenTexts texts_;
  BoardVersions boards_;  // of which all is in texts_, or was taken
};

}  // namespace

Result<bool> KeptTexts::BringUp(std::chrono::milliseconds patience, const std::stop_token& stop) {
  const auto until = SteadyClock::now() + patience;
  const std::scoped_lock hold(taking_);
  auto is_whole = BringUpUntil(until, stop);
  // What is of no use was given up: another takes its place.
  if (!is_whole && is_whole.error().code == Errc::kStorage) is_whole = BringUpUntil(until, stop);
  return is_whole;
}

Result<bool> KeptTexts::BringUpUntil(SteadyClock::time_point until, const std::stop_token& stop) {
  TRY(const auto index, folder_.Open());
  TRY(auto db, database_.Reader());
  TRY(const auto now, LoadBoardVersions(*db));
  TRY(const auto held, folder_.Judged(index, index->file().HeldBoards()));
  const BoardVersions changed = ChangedBoards(held, now);
  if (changed.empty()) return true;
  CHECK_OK(folder_.CheckRoom());
  TextTaker taker(*db, folder_, index);
  CHECK_OK(taker.Begin());
  for (auto at = changed.begin(); at != changed.end();) {
    BoardVersions slice;
    for (; at != changed.end() && slice.size() < kBoardsOfTextsASlice; ++at) slice.insert(*at);
    TRY(const bool goes_on, taker.TakeBoards(slice, now, until, stop));
    if (!goes_on) return false;
  }
  return taker.Write();
}

Result<bool> KeptTexts::Follow(Connection& db, const std::shared_ptr<TextIndex>& index,
                               const BoardsSum& sum) {
  TRY(const auto held_sum, folder_.Judged(index, index->file().HeldSum()));
  if (sum == held_sum) return true;
  const std::unique_lock hold(taking_, std::try_to_lock);
  if (!hold) return false;
  TRY(const auto now, LoadBoardVersions(db));
  TRY(const auto held, folder_.Judged(index, index->file().HeldBoards()));
  const BoardVersions changed = ChangedBoards(held, now);
  if (changed.empty()) return true;
  TRY(const std::int64_t jobs, CountJobsSince(db, changed));
  if (jobs > kMostTextsTakenBySearch) return false;
  TextTaker taker(db, folder_, index);
  CHECK_OK(taker.Begin());
  TRY(const bool taken, taker.TakeBoards(changed, now, SteadyClock::time_point::max(), {}));
  return taken ? taker.Write() : Result<bool>(false);
}

TextsSoFar KeptTexts::SoFar(Connection& db, const BoardsSum& now) {
  auto index = folder_.Open();
  if (!index) return {};
  const auto is_whole = Follow(db, *index, now);
  return {.index = *std::move(index), .is_whole = is_whole.value_or(false)};
}

}  // namespace rolecall
