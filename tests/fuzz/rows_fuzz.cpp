// The bytes are answers of a board, as the target board takes them. What some kinds of board read
// in them is written as a run writes it, twice, to SQLite and to PostgreSQL: no listing may cost a
// board its reading, and both hold and find the same.
#include <array>
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

constexpr Timestamp kFirst = kTestNow, kSecond = kTestNow + std::chrono::hours(1);

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

// What a database tells of one reading that was written to it.
using RowLines = std::vector<std::string>;

RowLines WriteTwice(Database& database, const BoardAddress& address, const BoardReading& reading) {
  const auto nobody = [](const FetchRequest&) -> Result<Response> {
    return Fail(Errc::kUnavailable, "no connection");
  };
  WrittenBoard board = Demanded(WrittenBoard::Add(database, address));
  Demanded(board.Write(reading, nobody, kFirst));
  const auto& jobs = JobsIn(reading.listing);
  RowLines told = Demanded(board.Held());
  if (jobs.empty()) return told;

  const auto lost = WhatIsLost(reading.listing, Demanded(board.Known()));
  Demand(!lost, lost.value_or(""));
  const RowLines before = Demanded(board.Held(WrittenBoard::Of::kJobs));
  const BoardPlan again = Demanded(board.Write(reading, nobody, kSecond));
  Demand(again.ChangesNothing(), "a second reading of the same changes nothing");
  const auto changed = FirstDifference(before, Demanded(board.Held(WrittenBoard::Of::kJobs)));
  Demand(!changed, "a second reading of the same writes\n" + changed.value_or(""));

  const RowLines found = Demanded(board.Found(jobs.front().title));
  Demand(found.back() != "0", "a job is found by its title");
  told.insert(told.end(), found.begin(), found.end());
  return told;
}

}  // namespace

void FuzzRows(std::string_view bytes) {
  static const Databases kDatabases;
  static const std::vector<BoardAddress> kBoards = BoardsThatAreWritten();
  const std::vector<Response> answers = AnswersIn(bytes);
  bool wrote = false;
  for (const BoardAddress& address : kBoards) {
    CannedFetcher fetcher(InTurn(answers));
    const BoardReading reading = Demanded(ReadBoard(address, kFuzzedLimits, {}, fetcher, {}));
    // Of those that list nothing one is written, and only if all are such: each costs as much.
    if (JobsIn(reading.listing).empty() && (wrote || &address != &kBoards.back())) continue;
    wrote = true;
    const auto unfit = WhyNotToBeKept(reading.listing);
    Demand(!unfit, unfit.value_or(""));
    std::vector<RowLines> told;
    for (const auto& one : kDatabases.all())
      told.push_back(WriteTwice(one->database(), address, reading));
    const auto difference = FirstDifference(told.front(), told.back());
    Demand(!difference, "SQLite and PostgreSQL hold\n" + difference.value_or(""));
  }
  for (const auto& one : kDatabases.all()) Demanded(WrittenBoard::ForgetAll(one->database()));
}

}  // namespace rolecall
