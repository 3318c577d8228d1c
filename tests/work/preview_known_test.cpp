// A preview that asks nobody shows what the database knows, and when that was read.
#include "work/preview_known.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <utility>

#include "tests/work/rig.h"

namespace rolecall {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class KnownPreviews : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    rig_ = std::make_unique<Rig>(database(), SimSettings{.companies = 4, .jobs = 60});
    company_ = rig_->FirstOn("greenhouse");
    rig_->Follow(company_);
  }
  void TearDown() override { rig_.reset(); }
  Rig& rig() { return *rig_; }

  PreviewOrder Order(const TitleTerms& terms = {}) {
    Following following = *Must(LoadFollowing(*Must(database().Reader()), rig().user, company_));
    following.terms.titles = terms;
    return {.user_id = rig().user,
            .followings = {std::move(following)},
            .source = PreviewSource::kBoard,
            .only_named = true};
  }
  // Nobody may be asked for it.
  PreviewedCompany Known(const TitleTerms& terms = {}) {
    const BoardSim::Requests before = rig().sim().CountRequests(company_);
    Preview preview = Must(PreviewKnown(rig().Tools(), Order(terms), {}));
    const BoardSim::Requests after = rig().sim().CountRequests(company_);
    EXPECT_EQ(after.list, before.list);
    EXPECT_EQ(after.detail, before.detail);
    return std::move(preview.companies.at(0));
  }
  void AskBoard() { Must(PreviewCompanies(rig().Tools(), Order(), {})); }
  std::string TitleOfOne() { return rig().Jobs(company_).at(0).title; }

  std::string company_;

 private:
  std::unique_ptr<Rig> rig_;
};

int CountFate(const PreviewedCompany& shown, UserFate fate) {
  return static_cast<int>(std::ranges::count(shown.jobs, fate, &PreviewedJob::fate));
}

TEST_P(KnownPreviews, TakeWhatAPreviewKept) {
  AskBoard();
  const Timestamp asked = rig().clock.Now();
  rig().sim().Next();
  rig().clock.Advance(KeptListingPolicy{}.kept);

  const PreviewedCompany shown = Known();

  EXPECT_TRUE(shown.kept);
  EXPECT_EQ(shown.read_at, asked);
  EXPECT_EQ(shown.reading, PreviewReading::kComplete);
  EXPECT_EQ(shown.counts.new_jobs, 60);
}

TEST_P(KnownPreviews, TakeTheOpenJobsWhereNothingIsKept) {
  rig().Run();
  const Timestamp read = rig().clock.Now();
  AskBoard();
  rig().clock.Advance(KeptListingPolicy{}.kept + std::chrono::milliseconds(1));
  rig().sim().Next();

  const PreviewedCompany shown = Known();

  EXPECT_FALSE(shown.kept);
  EXPECT_EQ(shown.read_at, read);
  EXPECT_EQ(shown.reading, PreviewReading::kComplete);
  EXPECT_EQ(shown.counts.unchanged, 60);
  EXPECT_EQ(shown.counts.listed, 60);
  EXPECT_TRUE(std::ranges::all_of(shown.jobs, &PreviewedJob::listed));
}

TEST_P(KnownPreviews, TakeNothingKeptThatARunFollowed) {
  AskBoard();
  rig().sim().Next();
  rig().Run();

  EXPECT_EQ(Known().counts.unchanged, 60);
}

TEST_P(KnownPreviews, PlanByFiltersThatAreNotSaved) {
  rig().Run();

  const std::string title = TitleOfOne();
  const PreviewedCompany shown = Known({.include = {}, .exclude = {title}});

  const int excluded = shown.counts.excluded;
  EXPECT_GT(excluded, 0);
  EXPECT_EQ(CountFate(shown, UserFate::kExpired), excluded);
  EXPECT_EQ(CountFate(shown, UserFate::kUnchanged), 60 - excluded);
  for (const PreviewedJob& job : shown.jobs) {
    if (job.fate != UserFate::kExpired) continue;
    EXPECT_EQ(job.rule, "exclude: " + title);
    EXPECT_TRUE(job.match);
    EXPECT_EQ(job.evidence, "the filter leaves it out: exclude: " + title);
  }
  EXPECT_EQ(rig().Run().totals.unchanged, 60);
}

TEST_P(KnownPreviews, ShowJobsThatAnotherUserBrought) {
  rig().Run();
  rig().Write([&](Transaction& tx) -> Result<void> {
    TRY(rig().user, AddUser(tx, {.email = "ann@example.org"}, rig().clock.Now()));
    return {};
  });
  rig().Follow(company_);

  const PreviewedCompany shown = Known();

  EXPECT_EQ(shown.counts.new_jobs, 60);
  EXPECT_EQ(CountFate(shown, UserFate::kNew), 60);
}

TEST_P(KnownPreviews, TellOfMissingJobsWhatTheLastWholeReadingSaid) {
  rig().Run();
  ASSERT_TRUE(rig().sim().Keep(company_, 55, UnlistedPages::kStand));
  rig().Run();

  const PreviewedCompany shown = Known();

  EXPECT_EQ(shown.counts.listed, 55);
  EXPECT_EQ(CountFate(shown, UserFate::kMissing), 5);
  for (const PreviewedJob& job : shown.jobs)
    if (job.fate == UserFate::kMissing)
      EXPECT_THAT(job.evidence, StartsWith("absent from a complete listing of 55 in reading "));
}

TEST_P(KnownPreviews, AskNoOwnAddressOfJobsThatAKeptListingLacks) {
  rig().Run();
  ASSERT_TRUE(rig().sim().Keep(company_, 55, UnlistedPages::kGone));
  AskBoard();

  const PreviewedCompany shown = Known();

  EXPECT_TRUE(shown.kept);
  EXPECT_EQ(CountFate(shown, UserFate::kMissing), 5);
}

TEST_P(KnownPreviews, SayThatABoardWasNeverRead) {
  const PreviewedCompany shown = Known();

  EXPECT_EQ(shown.reading, PreviewReading::kPartial);
  EXPECT_EQ(shown.read_at, std::nullopt);
  EXPECT_THAT(shown.trouble, HasSubstr("never read whole"));
  EXPECT_TRUE(shown.jobs.empty());
}

TEST_P(KnownPreviews, SayForHowManyTheLastListingWasNotWhole) {
  ASSERT_TRUE(rig().sim().SetFault(company_, "bare_entry"));
  const RunRecord run = rig().Run();
  ASSERT_EQ(Of(run, company_).stage, Stage::kDone) << WarningsOf(run, company_);

  const PreviewedCompany shown = Known();

  EXPECT_EQ(shown.reading, PreviewReading::kButFor);
  EXPECT_EQ(shown.but_for, 1);
}

ROLECALL_ON_BOTH_DATABASES(KnownPreviews);

}  // namespace
}  // namespace rolecall
