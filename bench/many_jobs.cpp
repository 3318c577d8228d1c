// Writes rows in bulk.
#include "bench/many_jobs.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <set>

#include "auth/sign_in.h"
#include "bench/must.h"
#include "search/index_words.h"
#include "tests/support/believable_titles.h"

namespace rolecall {
namespace {

constexpr int kRareWords = 70'000;

std::string RareWord(std::uint64_t number) {
  static constexpr std::array<std::string_view, 16> kSyllables{
      "ba",  "cor", "del", "fi", "gra", "hum", "jo", "kle",
      "lum", "mar", "nep", "or", "pli", "ro",  "su", "tev"};
  std::string word;
  for (int i = 0; i < 5; ++i, number /= kSyllables.size())
    word += kSyllables[number % kSyllables.size()];
  return word;
}

double Chance(std::uint64_t& state) {
  state = state * 6364136223846793005U + 1442695040888963407U;
  return static_cast<double>(state >> 11) / static_cast<double>(1ULL << 53);
}

// Small ones come far more often than large ones, as words do.
std::uint64_t Rank(std::uint64_t& state) {
  const double chance = Chance(state);
  return static_cast<std::uint64_t>(chance * chance * kRareWords);
}

constexpr int kWordsInText = 350;
constexpr std::size_t kWordsOfTexts = 300'000;
constexpr std::size_t kFrequentWords = 4'000;

// The most frequent first: words of titles, spread among others.
std::vector<std::string> WordsOfTexts(const std::vector<BelievableJob>& titles) {
  std::set<std::string> known;
  for (const BelievableJob& job : titles)
    for (std::string& word : IndexWords(job.title)) known.insert(std::move(word));
  std::vector<std::string> words;
  auto next = known.begin();
  for (std::size_t i = 0; i < kWordsOfTexts; ++i) {
    const bool is_known = i % 4 == 3 && i < kFrequentWords && next != known.end();
    words.push_back(is_known ? *next++ : RareWord(i * 7919));
  }
  return words;
}

// Of the n-th word the chance is 1/n of the first's.
std::string TextOf(const std::vector<std::string>& words, std::uint64_t& state) {
  std::string text;
  const double last = std::log(static_cast<double>(words.size()));
  for (int i = 0; i < kWordsInText; ++i) {
    const auto rank = static_cast<std::size_t>(std::exp(Chance(state) * last)) - 1;
    text += words[rank];
    text += i % 24 == 23 ? ".\n•\u00a0" : i % 12 == 11 ? "’s, " : " ";
  }
  return text;
}

}  // namespace

void WriteManyJobs(Database& database, int jobs, Texts texts) {
  auto tx = Must(database.Write());
  const std::vector<BelievableJob> titles = BelievableJobs();
  const std::int64_t user = 1;
  const Timestamp now = SystemNow();
  const std::vector<std::string> words = WordsOfTexts(titles);
  Table boards(4), rows(9), contents(6), mine(6);
  std::uint64_t state = 7;
  const auto flush = [&] {
    Must(tx->InsertMany("boards", "id, kind, token, version", boards));
    Must(tx->InsertMany("board_jobs",
                        "id, board_id, external_id, url, title, location, digest, first_seen_at, "
                        "changed_reading",
                        rows));
    Must(tx->InsertMany("job_contents",
                        "job_id, board_id, state, changed_reading, description, digest", contents));
    Must(tx->InsertMany("user_jobs",
                        "user_id, job_id, company, came_run_id, wrote_run_id, expired_at", mine));
    boards.Clear(), rows.Clear(), contents.Clear(), mine.Clear();
  };
  for (int i = 0; i < jobs; ++i) {
    const std::int64_t board = i / kJobsABoard + 1;
    if (i % kJobsABoard == 0)
      boards.Int(board).Text("greenhouse").Text(fmt::format("board{}", board)).Int(0);
    const BelievableJob& title = titles[static_cast<std::size_t>(i) * 13 % titles.size()];
    const Timestamp seen = now - std::chrono::minutes(i % 100'000);
    const std::uint64_t rank = Rank(state);
    rows.Int(i + 1)
        .Int(board)
        .Text(fmt::format("J{}", i))
        .Text(fmt::format("https://board.test/{}", i));
    rows.Text(state % 10 < 3 ? fmt::format("{} {}", title.title, RareWord(rank)) : title.title);
    rows.Text(title.location).Text("d").Time(seen).Int(1);
    contents.Int(i + 1).Int(board).Text("ready").Int(1);
    if (texts == Texts::kNone)
      contents.Null().Null();
    else
      contents.Text(TextOf(words, state)).Text(std::to_string(i));
    mine.Int(user).Int(i + 1).Text(fmt::format("company-{}", board)).Int(1).Int(1);
    i % 9 == 0 ? mine.Time(now) : mine.Null();
    if (rows.rows() == 20'000) flush();
  }
  flush();
  Must(tx.Commit());
}

void RenameOneInAHundred(Database& database) {
  auto tx = Must(database.Write());
  Must(tx->Run("UPDATE boards SET version = version + 1"));
  Must(tx->Run(R"(
      UPDATE board_jobs
      SET title = title || ' renamed',
        version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      WHERE id % 100 = 0)"));
  Must(tx.Commit());
}

}  // namespace rolecall
