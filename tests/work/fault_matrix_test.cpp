// Every fault over every kind of board that is simulated, for days: nobody leaves who is there.
#include <gmock/gmock.h>

#include "sim/answer.h"
#include "tests/support/registry.h"
#include "tests/work/rig.h"

namespace rolecall {
namespace {

using std::chrono::hours;

constexpr int kJobs = 230;

// One company of each kind, each with more jobs than two of most pages.
class FaultMatrix : public testing::TestWithParam<std::string> {
 protected:
  static SimSettings OneOfEachKind() {
    const auto kinds = SimKinds(*BuiltInRegistry());
    return {.companies = static_cast<int>(kinds.size()), .jobs = kJobs, .churn = 0, .kinds = kinds};
  }

  void RunAfter(hours pause) {
    rig_.clock.Advance(pause);
    run_ = rig_.Run({.ingestion = Ingestion::kMock});
  }

  const std::string& fault() const { return GetParam(); }
  bool is_slow() const { return fault() == "timeout" || fault() == "trickle"; }

  TestDatabase test_database_{Dialect::kSqlite};
  Rig rig_{test_database_.database(), OneOfEachKind()};
  RunRecord run_;
};

TEST_P(FaultMatrix, ExpiresNobodyOnAnyKindOfBoard) {
  rig_.FollowAll();
  RunAfter(hours(1));
  ASSERT_EQ(run_.totals.included, rig_.companies().size() * kJobs);
  for (const BoardSim::Company& company : rig_.companies())
    Must(rig_.sim().SetFault(company.name, fault()));
  if (is_slow()) rig_.AskAnew(std::chrono::seconds(1));

  for (int day = 1; day <= 2; ++day) {
    RunAfter(hours(25));

    EXPECT_EQ(run_.totals.expired, 0) << "day " << day;
    for (const BoardSim::Company& company : rig_.companies()) {
      const CompanyOfRun& part = Of(run_, company.name);
      EXPECT_EQ(part.counts.expired, 0) << company.board;
      // What was not read whole, or lacks jobs, says why.
      if (part.stage != Stage::kDone || part.counts.withheld > 0)
        EXPECT_NE(part.error_message + WarningsOf(run_, company.name), "") << company.board;
    }
  }

  for (const BoardSim::Company& company : rig_.companies())
    Must(rig_.sim().SetFault(company.name, "none"));
  rig_.AskAnew(std::chrono::minutes(1));
  RunAfter(hours(25));
  EXPECT_EQ(run_.totals.expired, 0);
  for (const BoardSim::Company& company : rig_.companies()) {
    EXPECT_EQ(rig_.Jobs(company.name).size(), kJobs) << company.board;
    EXPECT_EQ(Of(run_, company.name).stage, Stage::kDone)
        << company.board << ": " << Of(run_, company.name).error_message;
  }
}

std::vector<std::string> EachFault() {
  std::vector<std::string> faults = SimFaultNames();
  std::erase_if(faults, [](const std::string& name) { return name == "none" || name == "huge"; });
  return faults;
}

INSTANTIATE_TEST_SUITE_P(Each, FaultMatrix, testing::ValuesIn(EachFault()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rolecall
