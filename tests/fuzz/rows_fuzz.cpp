// The bytes are answers of a board, as the target board takes them. What some kinds of board read
// in them, and then in those behind the first, is written as a run writes it, twice, to SQLite and
// to PostgreSQL: no listing may cost a board its reading, and both hold and find the same.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/migrate.h"
#include "tests/fuzz/board_input.h"
#include "tests/fuzz/targets.h"
#include "tests/support/written_board.h"

namespace rolecall {
namespace {

// Those that this run has, migrated, and empty of boards between two inputs.
class Databases {
 public:
  Databases() {
    for (const Dialect dialect : {Dialect::kSqlite, Dialect::kPostgres}) {
      if (TestDatabase::LeftOut(dialect)) continue;
      all_.push_back(std::make_unique<TestDatabase>(dialect, TestDatabase::Begins::kEmpty));
      Demanded(Migrate(all_.back()->database(), kTestNow));
    }
  }
  const std::vector<std::unique_ptr<TestDatabase>>& all() const { return all_; }

 private:
  std::vector<std::unique_ptr<TestDatabase>> all_;
};

std::vector<BoardAddress> BoardsThatAreWritten() {
  std::vector<BoardAddress> boards;
  for (const BoardAddress& board : OneOfEachKind()) {
    const std::string& kind = Traits(*board.definition).kind;
    if (kind == "greenhouse" || kind == "workday" || kind == "by_token") boards.push_back(board);
  }
  Demand(boards.size() == 3, "the kinds that are written are there");
  return boards;
}

// What a database tells of the readings that were written to it.
using RowLines = std::vector<std::string>;

Result<Response> NobodyAnswers(const FetchRequest&) {
  return Fail(Errc::kUnavailable, "no connection");
}

// What is read in the answers, and in those behind the first, as if the board had moved on.
std::vector<BoardReading> ReadingsOf(const BoardAddress& address,
                                     const std::vector<Response>& answers) {
  std::vector<BoardReading> readings;
  for (std::size_t first = 0; first < std::min<std::size_t>(answers.size(), 2); ++first) {
    const std::vector<Response> left(answers.begin() + static_cast<std::ptrdiff_t>(first),
                                     answers.end());
    CannedFetcher fetcher(InTurn(left));
    readings.push_back(Demanded(ReadBoard(address, kFuzzedLimits, {}, fetcher, {})));
    const auto unfit = WhyNotToBeKept(readings.back().listing);
    Demand(!unfit, unfit.value_or(""));
  }
  return readings;
}

// Writes a reading, and what it lists a second time.
RowLines WriteTwice(WrittenBoard& board, const BoardReading& reading, Timestamp now) {
  Demanded(board.Write(reading, NobodyAnswers, now));
  const auto& jobs = JobsIn(reading.listing);
  RowLines told = Demanded(board.Held());
  if (jobs.empty()) return told;

  const auto lost = WhatIsLost(reading.listing, Demanded(board.Known()));
  Demand(!lost, lost.value_or(""));
  const RowLines before = Demanded(board.Held(WrittenBoard::Of::kJobs));
  const BoardPlan again = Demanded(board.Write(reading, NobodyAnswers, now));
  Demand(again.Count(BoardFate::kNew) + again.Count(BoardFate::kChanged) == 0,
         "a second reading of the same changes nothing");
  const auto changed = FirstDifference(before, Demanded(board.Held(WrittenBoard::Of::kJobs)));
  Demand(!changed, "a second reading of the same writes\n" + changed.value_or(""));

  const RowLines found = Demanded(board.Found(jobs.front().title));
  Demand(found.back() != "0", "a job is found by its title");
  told.insert(told.end(), found.begin(), found.end());
  return told;
}

RowLines WriteAll(Database& database, const BoardAddress& address,
                  const std::vector<BoardReading>& readings) {
  WrittenBoard board = Demanded(WrittenBoard::Add(database, address));
  RowLines told;
  Timestamp now = kTestNow;
  for (const BoardReading& reading : readings) {
    const RowLines more = WriteTwice(board, reading, now);
    told.insert(told.end(), more.begin(), more.end());
    now += std::chrono::hours(25);
  }
  return told;
}

bool ListsNothing(const BoardReading& reading) { return JobsIn(reading.listing).empty(); }

}  // namespace

void FuzzRows(std::string_view bytes) {
  static const Databases kDatabases;
  static const std::vector<BoardAddress> kBoards = BoardsThatAreWritten();
  const std::vector<Response> answers = AnswersIn(bytes);
  bool wrote = false;
  for (const BoardAddress& address : kBoards) {
    const std::vector<BoardReading> readings = ReadingsOf(address, answers);
    // Of those that list nothing one is written, and only if all are such: each costs as much.
    if (std::ranges::all_of(readings, ListsNothing) && (wrote || &address != &kBoards.back()))
      continue;
    wrote = true;
    std::vector<RowLines> told;
    for (const auto& one : kDatabases.all())
      told.push_back(WriteAll(one->database(), address, readings));
    const auto difference = FirstDifference(told.front(), told.back());
    Demand(!difference, "SQLite and PostgreSQL hold\n" + difference.value_or(""));
  }
  for (const auto& one : kDatabases.all()) Demanded(WrittenBoard::ForgetAll(one->database()));
}

}  // namespace rolecall
