// Jobs that are followed by where one works: through runs and previews, on both databases.
#include <gtest/gtest.h>

#include <algorithm>

#include "db/columns.h"
#include "store/users/user_filters.h"
#include "tests/work/rig.h"
#include "work/filter_losses.h"
#include "work/preview.h"

namespace rolecall {
namespace {

const PlaceTerms kEurope{.include = {"germany", "france", "switzerland", "poland", "portugal"},
                         .exclude = {},
                         .remote = true};

bool IsOfEurope(const JobRow& job) {
  const auto filter = PlaceFilter::Compile(kEurope);
  return !*filter->WhyExcluded({.places = job.location, .workplace = job.workplace}, {});
}

class PlacesOfJobs : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    rig_ = std::make_unique<Rig>(database(), SimSettings{.companies = 2, .jobs = 40, .churn = 0});
    rig().FollowAll();
    greenhouse_ = rig().FirstOn("greenhouse");
    workday_ = rig().FirstOn("workday");
  }
  void TearDown() override { rig_.reset(); }
  Rig& rig() { return *rig_; }

  void FilterAll(const FilterTerms& terms) {
    rig().Write(
        [&](Transaction& tx) { return SetUserFilters(tx, rig().user, terms, rig().clock.Now()); });
  }
  std::int64_t CountFiltered(const std::string& company) {
    return rig().Number(
        "SELECT count(*) FROM jobs WHERE expired_reason = 'filtered' AND company = :company",
        {{"company", company}});
  }

  std::string greenhouse_, workday_;

 private:
  std::unique_ptr<Rig> rig_;
};

TEST_P(PlacesOfJobs, LeaveWhereAFilterTakesThemAndComeBackAfterIt) {
  rig().Run({.companies = {greenhouse_}});
  const auto all = rig().Jobs(greenhouse_);
  rig().FilterPlaces(greenhouse_, kEurope);

  const RunRecord filtered = rig().Run({.companies = {greenhouse_}});
  const auto left = rig().Jobs(greenhouse_);
  const std::int64_t expired = CountFiltered(greenhouse_);
  rig().FilterPlaces(greenhouse_, {});
  const RunRecord back = rig().Run({.companies = {greenhouse_}});

  EXPECT_EQ(std::ranges::count_if(all, IsOfEurope), std::ssize(left));
  EXPECT_TRUE(std::ranges::all_of(left, IsOfEurope));
  EXPECT_LT(left.size(), all.size());
  EXPECT_EQ(expired, std::ssize(all) - std::ssize(left));
  EXPECT_EQ(filtered.totals.expired, expired);
  EXPECT_EQ(back.totals.reopened, expired);
  EXPECT_EQ(IdsOf(rig().Jobs(greenhouse_)), IdsOf(all));
}

TEST_P(PlacesOfJobs, AreFilteredForAllCompaniesAtOnce) {
  rig().Run();
  const auto had = std::ssize(rig().Jobs(greenhouse_)) + std::ssize(rig().Jobs(workday_));
  FilterAll({.titles = {.include = {}, .exclude = {"engineer"}}, .places = kEurope});

  const auto told = Must(TellFilterLosses(*Must(database().Reader()), rig().user,
                                          {.titles = {.include = {"nobody"}, .exclude = {}}}, {}));
  const Preview preview = Must(
      PreviewCompanies(rig().Tools(),
                       {.user_id = rig().user,
                        .followings = Must(LoadFollowings(*Must(database().Reader()), rig().user)),
                        .source = PreviewSource::kBoard},
                       {}));
  const RunRecord run = rig().Run();

  EXPECT_EQ(told.size(), 2u);
  EXPECT_EQ(run.totals.expired, CountFiltered(greenhouse_) + CountFiltered(workday_));
  EXPECT_GT(CountFiltered(greenhouse_), 0);
  EXPECT_GT(CountFiltered(workday_), 0);
  EXPECT_LT(run.totals.expired, had);
  int by_title = 0, by_place = 0;
  for (const PreviewedCompany& company : preview.companies)
    for (const PreviewedJob& job : company.jobs) {
      by_title += job.rule == "exclude: engineer (all companies)" && job.match.has_value() ? 1 : 0;
      by_place += job.rule == "no include place matches (all companies)" && !job.match ? 1 : 0;
    }
  EXPECT_GT(by_title, 0);
  EXPECT_GT(by_place, 0);
  EXPECT_EQ(by_title + by_place, run.totals.expired);
}

TEST_P(PlacesOfJobs, AnUnchangedReadingUnderTheSameFiltersTakesNothing) {
  FilterAll({.titles = {}, .places = kEurope});
  rig().Run();
  rig().Run();
  const auto left = IdsOf(rig().Jobs(workday_));

  const RunRecord again = rig().Run();

  EXPECT_EQ(again.totals.expired + again.totals.reopened + again.totals.changed, 0);
  EXPECT_EQ(IdsOf(rig().Jobs(workday_)), left);
}

TEST_P(PlacesOfJobs, AreKeptUntilTheyAreStatedAndJudgedOnceTheyAre) {
  rig().FilterPlaces(workday_, kEurope);

  rig().Run({.companies = {workday_}});
  const auto first = rig().Jobs(workday_);
  rig().Run({.companies = {workday_}});
  const auto second = rig().Jobs(workday_);

  const auto elsewhere = std::ssize(first) - std::ranges::count_if(first, IsOfEurope);
  EXPECT_GT(elsewhere, 0) << "some state their places in their own answers alone";
  EXPECT_EQ(CountFiltered(workday_), elsewhere);
  EXPECT_EQ(std::ssize(first) - std::ssize(second), elsewhere);
  EXPECT_TRUE(std::ranges::all_of(second, IsOfEurope));
}

TEST_P(PlacesOfJobs, ThatAnAnswerForSomebodyElseStatedAreJudgedThoughNothingChanged) {
  rig().FilterPlaces(workday_, {.include = {"nowhere"}, .exclude = {}});
  rig().Run({.companies = {workday_}});
  rig().Run({.companies = {workday_}});
  const auto before = rig().Jobs(workday_);
  rig().clock.Advance(std::chrono::hours(1));
  rig().Write([&](Transaction& tx) -> Result<void> {
    TRY(const auto id, QueryOne(tx.db(), R"(
        SELECT min(j.id)
        FROM board_jobs j
        LEFT JOIN user_jobs u ON u.job_id = j.id AND u.expired_at IS NULL
        WHERE u.job_id IS NULL AND j.board_id = (SELECT id FROM boards WHERE kind = 'workday'))",
                                {}, FirstColumn<std::int64_t>));
    CHECK_OK(
        tx->Run("UPDATE board_jobs SET detail_location = 'Nowhere' WHERE id = :id", {{"id", *id}}));
    CHECK_OK(tx->Run("UPDATE job_contents SET checked_at = :now WHERE job_id = :id",
                     {{"now", rig().clock.Now()}, {"id", *id}}));
    return {};
  });

  const RunRecord run = rig().Run({.companies = {workday_}});

  EXPECT_EQ(run.totals.new_jobs, 1);
  EXPECT_EQ(std::ssize(rig().Jobs(workday_)), std::ssize(before) + 1);
}

ROLECALL_ON_BOTH_DATABASES(PlacesOfJobs);

}  // namespace
}  // namespace rolecall
