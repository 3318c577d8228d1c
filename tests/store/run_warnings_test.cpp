// A run's warnings: each told once of its company.
#include <gmock/gmock.h>

#include "store/runs/runs.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::Pair;

class RunWarnings : public BothDatabases {
 protected:
  std::int64_t Add(std::string_view key) {
    auto tx = Needed(database().Write());
    const auto id = Needed(AddRun(
        tx, {.run_key = std::string(key), .user_id = kUser, .trigger = "cli"}, {}, kTestNow));
    Needed(MoveRun(tx, id, {.from = RunStatus::kPending, .to = RunStatus::kAborted}, kTestNow));
    Needed(tx.Commit());
    return id;
  }
  void Warn(std::int64_t run, std::string_view company, std::string_view message) {
    auto tx = Needed(database().Write());
    Needed(AddWarning(tx, {run, company}, message, now_ += std::chrono::seconds(1)));
    Needed(tx.Commit());
  }
  std::vector<std::pair<std::string, std::string>> WarningsOf(std::int64_t run) {
    std::vector<std::pair<std::string, std::string>> warnings;
    const auto loaded = Needed(LoadRun(*Needed(database().Reader()), kUser, run));
    for (const RunWarning& one : loaded.warnings) warnings.emplace_back(one.company, one.message);
    return warnings;
  }

 private:
  Timestamp now_ = kTestNow;
};

TEST_P(RunWarnings, AreKeptOnceForEachCompanyAndForTheWholeRun) {
  const std::int64_t run = Add("one"), other = Add("other");
  for (int i = 0; i < 2; ++i) {
    Warn(run, "acme", "slow");
    Warn(run, "acme", "late");
    Warn(run, "bolt", "slow");
    Warn(run, "", "slow");
    Warn(other, "acme", "slow");
  }

  EXPECT_THAT(WarningsOf(run), ElementsAre(Pair("acme", "slow"), Pair("acme", "late"),
                                           Pair("bolt", "slow"), Pair("", "slow")));
  EXPECT_THAT(WarningsOf(other), ElementsAre(Pair("acme", "slow")));
}

ROLECALL_ON_BOTH_DATABASES(RunWarnings);

}  // namespace
}  // namespace rolecall
