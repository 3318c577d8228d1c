// Filters that take longer than a lane may give one company: whoever wrote them is told, and nobody
// else waits.
#include "tests/work/rig.h"
#include "work/filter_effort.h"
#include "work/preview.h"

namespace rolecall {
namespace {

class CostlyFiltersSuite : public BothDatabases {};

constexpr std::string_view kGivenUp = "computing and was given up";

TEST_P(CostlyFiltersSuite, EndTheirCompanyAndNoOther) {
  Rig rig(database(), {.companies = 2, .jobs = 25});
  rig.FollowAll();
  const std::string costly = rig.FirstOn("greenhouse"), other = rig.FirstOn("workday");
  rig.Run();
  rig.Filter(costly, {.include = {"/./"}, .exclude = {}});
  rig.settings.filter_patience = std::chrono::milliseconds(0);

  const RunRecord run = rig.Run();

  EXPECT_EQ(run.status, RunStatus::kFinished);
  EXPECT_EQ(Of(run, costly).stage, Stage::kError);
  EXPECT_TRUE(Of(run, costly).error_message.contains(kGivenUp)) << Of(run, costly).error_message;
  EXPECT_EQ(Of(run, other).stage, Stage::kDone);
  EXPECT_EQ(rig.Jobs(costly).size(), 25) << "as they were";
  const Preview preview = Must(PreviewCompanies(
      rig.Tools(),
      {.user_id = rig.user,
       .followings = {*Must(LoadFollowing(*Must(rig.database.Reader()), rig.user, costly))},
       .source = PreviewSource::kBoard},
      {}));
  EXPECT_TRUE(preview.companies[0].trouble.contains(kGivenUp)) << preview.companies[0].trouble;

  rig.settings.filter_patience = std::chrono::seconds(60);
  EXPECT_EQ(Of(rig.Run(), costly).counts.included, 25);
}

TEST_P(CostlyFiltersSuite, StopWithTheirRun) {
  const TitleFilter filter = *TitleFilter::Compile({.include = {"/./"}, .exclude = {}});
  std::stop_source stop;
  const CheckEffort check = WithinEffort(std::chrono::hours(1), stop.get_token());
  EXPECT_TRUE(filter.WhyExcluded("Cook", check));

  stop.request_stop();

  EXPECT_EQ(filter.WhyExcluded("Cook", check).error().code, Errc::kCancelled);
}

ROLECALL_ON_BOTH_DATABASES(CostlyFiltersSuite);

}  // namespace
}  // namespace rolecall
