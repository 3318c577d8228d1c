// What a preview shows is what the run would do that follows it, whatever a preview before kept.
#include "work/preview.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <utility>

#include "store/boards/listings.h"
#include "tests/work/rig.h"

namespace rolecall {
namespace {

// Does something once, after the answer to the first request came and before anybody has it.
class InterruptedReading : public Fetcher {
 public:
  InterruptedReading(Fetcher& inner, std::function<void()> meanwhile)
      : inner_(inner), meanwhile_(std::move(meanwhile)) {}
  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override {
    auto response = inner_.Fetch(request, std::move(stop));
    if (meanwhile_) std::exchange(meanwhile_, nullptr)();
    return response;
  }
  bool IsFree(const std::string&) override { return true; }

 private:
  Fetcher& inner_;
  std::function<void()> meanwhile_;
};

class Previews : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    rig_ = std::make_unique<Rig>(database(), SimSettings{.companies = 2, .jobs = 60});
    company_ = rig_->FirstOn("greenhouse");
    rig_->Follow(company_);
  }
  void TearDown() override { rig_.reset(); }
  Rig& rig() { return *rig_; }

  PreviewedCompany PreviewIt(PreviewSource source = PreviewSource::kBoard) {
    return PreviewWith(rig().Tools(), source);
  }
  PreviewedCompany PreviewWith(const WorkTools& tools, PreviewSource source) {
    const auto followed = Must(LoadFollowings(*Must(database().Reader()), rig().user));
    return Must(PreviewCompanies(tools, {rig().user, followed, source}, {})).companies.at(0);
  }
  int Asked() { return rig().sim().CountRequests(company_).list; }

  std::string company_;

 private:
  std::unique_ptr<Rig> rig_;
};

// The counts of a run, but for what depends on contents.
CompanyCounts Planned(CompanyCounts counts) {
  counts.ready = counts.skipped = counts.failed = 0;
  return counts;
}

TEST_P(Previews, ShowAnUnchangedBoardAfterARunThatReadWhatAPreviewHadNot) {
  PreviewIt();
  rig().sim().Next();
  rig().Run();

  for (const PreviewSource source : {PreviewSource::kBoard, PreviewSource::kKept}) {
    const PreviewedCompany shown = PreviewIt(source);
    EXPECT_EQ(shown.reading, PreviewReading::kComplete);
    EXPECT_FALSE(shown.kept);
    EXPECT_EQ(shown.counts.unchanged, 60);
    EXPECT_EQ(shown.of_board.unchanged, 60);
    EXPECT_EQ(shown.jobs.size(), 60);
    EXPECT_TRUE(std::ranges::all_of(shown.jobs, &PreviewedJob::listed));
  }
  EXPECT_EQ(rig().Run().totals.unchanged, 60);
}

TEST_P(Previews, ShowABoardThatFailsByNowAsFailed) {
  PreviewIt();
  ASSERT_TRUE(rig().sim().SetFault(company_, "http_403"));

  EXPECT_EQ(PreviewIt().reading, PreviewReading::kFailed);
  EXPECT_EQ(PreviewIt(PreviewSource::kKept).reading, PreviewReading::kFailed);
}

TEST_P(Previews, KeepNoListingOfSomeJobs) {
  const std::string paged = rig().FirstOn("workday");
  rig().Write([&](Transaction& tx) { return Unfollow(tx, rig().user, company_); });
  rig().Follow(paged);
  ASSERT_TRUE(rig().sim().SetFault(paged, "page_3_fails"));
  EXPECT_EQ(PreviewIt().reading, PreviewReading::kPartial);
  ASSERT_TRUE(rig().sim().SetFault(paged, "none"));

  const PreviewedCompany shown = PreviewIt(PreviewSource::kKept);

  EXPECT_EQ(shown.reading, PreviewReading::kComplete);
  EXPECT_EQ(shown.counts.new_jobs, 60);
}

TEST_P(Previews, ReadAgainWhereARunReadInBetween) {
  rig().Run();
  rig().sim().Next();
  InterruptedReading fetcher(rig().fetcher(), [&] {
    rig().sim().Next();
    rig().Run();
  });
  const WorkTools tools{.database = database(),
                        .kinds = *rig().kinds,
                        .fetcher = fetcher,
                        .clock = rig().clock.AsClock(),
                        .leases = {.worker = rig().worker, .beat = rig().beat},
                        .settings = rig().settings,
                        .progress = {},
                        .each_beat = {}};

  const PreviewedCompany shown = PreviewWith(tools, PreviewSource::kBoard);

  EXPECT_EQ(shown.trouble, "");
  EXPECT_EQ(shown.counts.unchanged, 60);
}

TEST_P(Previews, ShowWhatWasKeptWhereThatIsAskedFor) {
  PreviewIt();
  rig().sim().Next();
  rig().clock.Advance(KeptListingPolicy{}.kept);
  const int asked = Asked();

  const PreviewedCompany shown = PreviewIt(PreviewSource::kKept);
  rig().clock.Advance(std::chrono::milliseconds(1));
  const PreviewedCompany later = PreviewIt(PreviewSource::kKept);

  EXPECT_TRUE(shown.kept);
  EXPECT_EQ(shown.read_at, kTestNow);
  EXPECT_EQ(shown.counts.new_jobs, 60);
  EXPECT_FALSE(later.kept);
  EXPECT_EQ(later.read_at, rig().clock.Now());
  EXPECT_EQ(Asked(), asked + 1);
}

TEST_P(Previews, ShowWhatTheRunThenDoes) {
  rig().Run();
  rig().sim().Next();
  rig().clock.Advance(std::chrono::hours(1));

  for (int i = 0; i < 2; ++i) {
    const PreviewedCompany shown = PreviewIt();
    const RunRecord run = rig().Run();
    EXPECT_EQ(Planned(Of(run, company_).counts), Planned(shown.counts));
    EXPECT_EQ(shown.counts.new_jobs > 0, i == 0);
  }
}

TEST_P(Previews, WarnOfAFilterThatTakesAllAwayAsTheRunDoesOnce) {
  rig().Run();
  EXPECT_THAT(PreviewIt().warnings, testing::IsEmpty());
  rig().Filter(company_, {.include = {"zookeeper"}, .exclude = {}});
  const std::string sentence = fmt::format(
      "the changed filter takes away all 60 jobs of {}: no include term matches", company_);

  const PreviewedCompany shown = PreviewIt();
  const RunRecord run = rig().Run();
  const RunRecord next = rig().Run();

  EXPECT_THAT(shown.warnings, testing::ElementsAre(sentence));
  EXPECT_EQ(WarningsOf(run, company_), sentence + "\n");
  EXPECT_EQ(std::ranges::count(rig().Lines(run.id), company_ + ": " + sentence, &RunLine::message),
            1);
  EXPECT_EQ(WarningsOf(next, company_), "");
  EXPECT_THAT(PreviewIt().warnings, testing::IsEmpty());
}

TEST_P(Previews, DoNotWarnOfAFilterThatWasAppliedBefore) {
  rig().Run();
  rig().Filter(company_, {.include = {"zookeeper"}, .exclude = {}});
  rig().Write([](Transaction& tx) -> Result<void> {
    CHECK_OK(tx->Run("UPDATE user_company_settings SET projected_filters = title_filters"));
    return {};
  });

  const PreviewedCompany shown = PreviewIt();

  EXPECT_EQ(shown.counts.expired, 60);
  EXPECT_THAT(shown.warnings, testing::IsEmpty());
}

ROLECALL_ON_BOTH_DATABASES(Previews);

}  // namespace
}  // namespace rolecall
