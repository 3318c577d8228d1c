// Boards whose listings are whole but for a few, reading after reading.
#include <gmock/gmock.h>

#include "store/boards/withheld.h"
#include "tests/work/rig.h"

namespace rolecall {
namespace {

using std::chrono::hours;
using testing::AllOf;
using testing::HasSubstr;

constexpr SimSettings kThirty{.companies = 2, .jobs = 30, .churn = 0};

class WholeButFor : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (!IsSkipped()) rig_ = std::make_unique<Rig>(database(), kThirty);
  }
  void TearDown() override { rig_.reset(); }
  Rig& rig() { return *rig_; }

  std::string Follow(const std::string& board, const std::string& fault) {
    company_ = rig().FirstOn(board);
    rig().Follow(company_);
    Must(rig().sim().SetFault(company_, fault));
    return company_;
  }

  CompanyOfRun Run() {
    last_ = rig().Run({.ingestion = Ingestion::kMock});
    return Of(last_, company_);
  }
  CompanyOfRun RunAfter(hours pause) {
    rig().clock.Advance(pause);
    return Run();
  }
  std::string Warnings() const { return WarningsOf(last_, company_); }
  std::vector<std::string> Expiries() {
    return rig().Texts("SELECT detail FROM job_events WHERE kind = 'expired' ORDER BY job_id");
  }

 private:
  std::unique_ptr<Rig> rig_;
  std::string company_;
  RunRecord last_;
};

TEST_P(WholeButFor, AreTakenAsCompleteOnesAndToldOnce) {
  Follow("greenhouse", "bare_entry");

  const CompanyOfRun first = Run();
  const std::string told = Warnings();
  const CompanyOfRun second = RunAfter(hours(24));

  EXPECT_EQ(first.stage, Stage::kDone);
  EXPECT_EQ(first.counts.new_jobs, 29);
  EXPECT_THAT(told, HasSubstr("whole but for 1: page 1, entry 30: an entry without id ({\"id\":"));
  EXPECT_EQ(second.stage, Stage::kDone);
  EXPECT_EQ(second.counts.unchanged, 29);
  EXPECT_EQ(Warnings(), "");
  EXPECT_EQ(rig().Number("SELECT count(*) FROM readings WHERE completeness = 'partial' AND "
                         "but_for = 1 AND unread LIKE '%\"page\":1,\"place\":30%'"),
            2);
  EXPECT_EQ(rig().Number("SELECT last_run_id FROM user_company_settings"), 2);
}

TEST_P(WholeButFor, AreToldAgainWhenTheyChange) {
  const std::string company = Follow("greenhouse", "one_short");
  Run();
  EXPECT_THAT(Warnings(), HasSubstr("whole but for 1: 30 of a stated 31"));
  Must(rig().sim().SetFault(company, "none"));
  RunAfter(hours(1));
  EXPECT_EQ(Warnings(), "");
  EXPECT_EQ(rig().Number("SELECT count(*) FROM boards WHERE but_for IS NOT NULL"), 0);
  Must(rig().sim().SetFault(company, "one_short"));
  RunAfter(hours(1));
  EXPECT_EQ(Warnings(), "") << "told before";
  Must(rig().sim().SetFault(company, "bare_entry"));

  RunAfter(hours(1));

  EXPECT_THAT(Warnings(), HasSubstr("whole but for 1: page 1, entry 30: an entry without id"));
}

TEST_P(WholeButFor, LetAJobGoThatIsLackedForADayAndGoneAtItsOwnAddress) {
  for (const std::string board : {"greenhouse", "workday"}) {
    const std::string company = Follow(board, "one_short");
    Run();
    Must(rig().sim().Keep(company, 20, UnlistedPages::kGone));

    const CompanyOfRun first = RunAfter(hours(24));
    const CompanyOfRun early = RunAfter(hours(23));
    const CompanyOfRun due = RunAfter(hours(1));

    EXPECT_EQ(first.counts.missing, 10);
    EXPECT_EQ(early.counts.missing, 10);
    EXPECT_EQ(due.counts.expired, 10);
    EXPECT_EQ(Warnings(), "");
    EXPECT_THAT(
        Expiries().back(),
        AllOf(HasSubstr("gone: absent from a listing of 20, whole but for 1, in reading"),
              HasSubstr(fmt::format("lacked since reading {}", first.reading_id)),
              HasSubstr("gone at its own address (HTTP 40"), HasSubstr("; two witnesses agree")));
  }
}

TEST_P(WholeButFor, StartNoClockOfACompleteListing) {
  const std::string company = Follow("greenhouse", "none");
  Run();
  Must(rig().sim().Keep(company, 29, UnlistedPages::kStand));
  Must(rig().sim().SetFault(company, "one_short"));
  const CompanyOfRun lacked = RunAfter(hours(24));
  const std::string since = rig().Texts(
      "SELECT CAST(missing_since AS text) FROM jobs WHERE missing_since IS NOT NULL")[0];
  EXPECT_EQ(lacked.counts.missing, 1);
  EXPECT_EQ(rig().Number("SELECT count(*) FROM board_jobs WHERE missing_reading IS NOT NULL"), 0);
  EXPECT_EQ(rig().Number("SELECT count(*) FROM boards WHERE etag IS NOT NULL AND complete_reading "
                         "= 1 AND whole_reading = 2"),
            1);
  Must(rig().sim().SetFault(company, "none"));

  RunAfter(hours(24));

  EXPECT_EQ(rig().Number("SELECT count(*) FROM board_jobs WHERE missing_reading = 3 AND "
                         "lacked_reading = 2"),
            1);
  EXPECT_EQ(
      rig().Texts("SELECT CAST(missing_since AS text) FROM jobs WHERE missing_since IS NOT NULL"),
      std::vector<std::string>{since});
  EXPECT_EQ(rig().Number("SELECT count(*) FROM job_events WHERE kind = 'missing'"), 1);
  Must(rig().sim().Keep(company, std::nullopt, UnlistedPages::kStand));
  RunAfter(hours(1));
  EXPECT_EQ(rig().Number("SELECT count(*) FROM board_jobs WHERE missing_reading IS NOT NULL OR "
                         "lacked_reading IS NOT NULL OR last_seen_reading IS NOT NULL"),
            0);
}

TEST_P(WholeButFor, ConfirmAJobByTheRequisitionOfItsEntry) {
  const std::string company = Follow("workday", "none");
  Run();
  Must(rig().sim().SetFault(company, "bare_entry"));

  const CompanyOfRun bare = RunAfter(hours(24));

  EXPECT_EQ(bare.counts.unchanged, 30);
  EXPECT_EQ(bare.counts.missing, 0);
  EXPECT_THAT(Warnings(), HasSubstr("whole but for 1: page 2, entry 10: an entry without id "
                                    "({\"bulletFields\":[\"R40000"));
}

TEST_P(WholeButFor, LeaveToAPersonWhatTheyLackForTwoWeeks) {
  const std::string company = Follow("greenhouse", "one_short");
  Run();
  Must(rig().sim().Keep(company, 29, UnlistedPages::kStand));
  for (int day = 0; day < 14; ++day) EXPECT_EQ(RunAfter(hours(24)).counts.missing, 1);

  EXPECT_EQ(RunAfter(hours(24)).counts.withheld, 1);

  const auto withheld =
      Must(LoadWithheld(*Must(database().Reader()), rig().user, rig().clock.Now()));
  ASSERT_EQ(withheld.size(), 1);
  EXPECT_THAT(withheld[0].why, AllOf(HasSubstr("whole but for 1"),
                                     HasSubstr("; withheld after 14 days, for a person to say")));
  const std::int64_t id = rig().Start({.ingestion = Ingestion::kMock});
  rig().Write([&](Transaction& tx) { return ApproveExpiries(tx, id, {withheld[0].job_id}); });
  Must(rig().Work(id));
  EXPECT_EQ(rig().Load(id).totals.expired, 1);
  EXPECT_THAT(Expiries().back(), HasSubstr("withheld before, and a person agreed"));
}

TEST_P(WholeButFor, HoldNothingBackOnceTheBoardIsComplete) {
  const std::string company = Follow("greenhouse", "one_short");
  Run();
  Must(rig().sim().Keep(company, 29, UnlistedPages::kStand));
  for (int day = 0; day < 15; ++day) RunAfter(hours(24));
  EXPECT_EQ(Of(rig().Load(16), company).counts.withheld, 1);
  EXPECT_THAT(Warnings(), HasSubstr("1 expiry is withheld: the job stays readable until a person "
                                    "or more evidence settles it"));
  Must(rig().sim().SetFault(company, "none"));

  for (int day = 0; day < 14; ++day) EXPECT_EQ(RunAfter(hours(24)).counts.withheld, 1);
  const CompanyOfRun due = RunAfter(hours(24));

  EXPECT_EQ(due.counts.expired, 1);
  EXPECT_EQ(Warnings(), "");
  EXPECT_THAT(Expiries().back(),
              AllOf(HasSubstr("delisted: absent from a complete listing of 29"),
                    HasSubstr("absent from five listings or more over 14 days")));
}

ROLECALL_ON_BOTH_DATABASES(WholeButFor);

}  // namespace
}  // namespace rolecall
