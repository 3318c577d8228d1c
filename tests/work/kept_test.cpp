// Withheld jobs that a person keeps while boards are read, and between runs that share a reading.
#include <utility>

#include "store/boards/withheld.h"
#include "tests/support/registry.h"
#include "tests/work/rig.h"
#include "work/reconcile_board.h"

namespace rolecall {
namespace {

using std::chrono::hours;

constexpr SimSettings kBoards{.companies = 1, .jobs = 200, .churn = 0};

// The simulator's answers. Does something once, before the first question for a job's own page.
class InterruptedFetcher : public Fetcher {
 public:
  InterruptedFetcher()
      : sim_(Must(BoardSim::Start(kBoards))),
        inner_(Must(MakeHttpFetcher({.gateway = sim_->address(),
                                     .pacing = {.pause = std::chrono::milliseconds(0)},
                                     .allowed_hosts = {},
                                     .contact = {}}))) {}
  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override {
    if (meanwhile && request.url.contains("/jobs/")) std::exchange(meanwhile, nullptr)();
    return inner_->Fetch(request, stop);
  }
  bool IsFree(const std::string&) override { return true; }

  BoardSim& sim() { return *sim_; }

  std::function<void()> meanwhile;

 private:
  std::unique_ptr<BoardSim> sim_;
  std::unique_ptr<Fetcher> inner_;
};

class Kept : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    rig_ = std::make_unique<Rig>(database(), kBoards, &fetcher_);
    company_ = rig().FirstOn("greenhouse");
  }
  void TearDown() override { rig_.reset(); }
  Rig& rig() { return *rig_; }

  RunRecord RunOnce() { return rig().Run({.ingestion = Ingestion::kMock}); }
  const CompanyCounts& CountsOf(const RunRecord& run) { return Of(run, company_).counts; }

  // 80 of the company's 200 jobs are withheld, and have been so for an hour.
  void Withhold() {
    rig().Follow(company_);
    for (int i = 0; i < 3; ++i) {
      RunOnce();
      rig().clock.Advance(hours(24));
    }
    Must(fetcher_.sim().Keep(company_, 120, UnlistedPages::kStand));
    for (int i = 0; i < 4; ++i) {
      RunOnce();
      rig().clock.Advance(hours(24 * 4));
    }
    ASSERT_EQ(RunOnce().totals.withheld, 80);
    rig().clock.Advance(hours(1));
  }

  void Keep() {
    rig().Write([&](Transaction& tx) -> Result<void> {
      TRY(const auto jobs, LoadWithheld(tx.db(), rig().user, rig().clock.Now()));
      EXPECT_EQ(jobs.size(), 80);
      return KeepWithheld(tx, jobs, rig().clock.Now());
    });
  }

  // The user who runs from now on.
  void Become(std::string_view email) {
    rig().user = Must(FindUser(*Must(database().Reader()), email)).id;
  }

  InterruptedFetcher fetcher_;
  std::string company_;

 private:
  std::unique_ptr<Rig> rig_;
};

TEST_P(Kept, DoNotExpireByAReadingThatWasUnderWay) {
  Withhold();
  fetcher_.meanwhile = [&] { Keep(); };

  const RunRecord run = RunOnce();

  EXPECT_EQ(fetcher_.meanwhile, nullptr);
  EXPECT_EQ(CountsOf(run).expired, 0);
  EXPECT_EQ(CountsOf(run).missing, 80);
  EXPECT_EQ(rig().Jobs(company_).size(), 200);
  EXPECT_EQ(rig().Number("SELECT count(*) FROM job_events WHERE kind = 'expired'"), 0);
}

TEST_P(Kept, AreLookedForAnewAfterAReadingThatWasUnderWay) {
  rig().settings.expiry.confirm_readings = 10;
  Withhold();
  fetcher_.meanwhile = [&] { Keep(); };

  const RunRecord run = RunOnce();
  const RunRecord next = RunOnce();

  EXPECT_EQ(CountsOf(run).withheld, 0);
  for (const RunRecord& one : {run, next}) {
    EXPECT_EQ(CountsOf(one).listed, 120);
    EXPECT_EQ(CountsOf(one).missing, 80);
  }
}

TEST_P(Kept, AreNotCountedAsListedByTheRunOfWhoSharedTheReadingBefore) {
  rig().settings.expiry.confirm_readings = 10;
  rig().Write([](Transaction& tx) -> Result<void> {
    CHECK_OK(AddUser(tx, {.email = "ann@example.org"}, kTestNow));
    return {};
  });
  Become("ann@example.org");
  rig().Follow(company_);
  RunOnce();
  Become(kLocalUser);
  Withhold();
  const RunRecord read = RunOnce();
  Become("ann@example.org");
  const RunRecord shared = RunOnce();
  ASSERT_EQ(Of(shared, company_).reading_id, Of(read, company_).reading_id);
  ASSERT_EQ(CountsOf(shared).withheld, 80);
  Keep();

  const RunRecord run = RunOnce();

  EXPECT_EQ(CountsOf(run).listed, 120);
  EXPECT_EQ(CountsOf(run).missing, 80);
}

TEST_P(Kept, AreNotProjectedFromABoardThatWasLoadedBefore) {
  Withhold();
  const auto reading = Of(rig().Load(8), company_).reading_id;
  const auto row =
      Must(LoadBoard(*Must(database().Reader()), Of(rig().Load(8), company_).board_id));
  const BoardToRead board{.address = Must(FindBoard(row.kind, row.token)), .row = row};
  ReconciledBoard standing{
      .reading_id = reading, .confirmed = true, .known = {}, .plan = {}, .warnings = {}};
  Must(LoadConfirmed(rig().Tools(), board, standing));
  Keep();

  const auto loaded = LoadConfirmed(rig().Tools(), board, standing);

  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, Errc::kConflict);
}

ROLECALL_ON_BOTH_DATABASES(Kept);

}  // namespace
}  // namespace rolecall
