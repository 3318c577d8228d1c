// What boards state of their jobs, beside the jobs: written with them, and no change of them.
#include <gmock/gmock.h>

#include "store/boards/listings.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

class JobFactRows : public BothDatabases {
 protected:
  static std::vector<ListedJob> Stating(JobFacts facts) {
    auto jobs = MakeJobs(1, 2);
    jobs[0].facts = std::move(facts);
    return jobs;
  }

  // Of job 1: posted, workplace, department and pay.
  static std::string Held(BoardRig& rig) {
    return Needed(QueryOne(*Needed(rig.database.Reader()), R"(
        SELECT posted_at, coalesce(workplace, '-'), coalesce(department, '-'), coalesce(salary, '-')
        FROM board_jobs
        WHERE external_id = 'J1')",
                           {},
                           [](const Row& row) {
                             return fmt::format("{} {} {} {}",
                                                row.IsNull(0) ? "-" : ToIso(row.Time(0)),
                                                row.Text(1), row.Text(2), row.Text(3));
                           }))
        .value_or("none");
  }

  // Its life but for its beginning.
  static std::vector<std::string> Told(BoardRig& rig) {
    return Needed(QueryAll(
        *Needed(rig.database.Reader()), R"(
        SELECT kind, detail FROM job_events WHERE kind <> 'new' ORDER BY at, reading_id)",
        {}, [](const Row& row) { return fmt::format("{} {}", row.Text(0), row.Text(1)); }));
  }
};

TEST_P(JobFactRows, ComeWithTheJob) {
  BoardRig rig(database());

  Needed(rig.Read(WholeListing(Stating({.posted = "2026-01-02T05:00:00+02:00",
                                        .workplace = "remote",
                                        .department = "Kitchen",
                                        .salary = "EUR 50,000"}))));

  EXPECT_EQ(Held(rig), "2026-01-02T03:00:00.000Z remote Kitchen EUR 50,000");
  EXPECT_EQ(Told(rig), std::vector<std::string>{});
}

TEST_P(JobFactRows, ChangeWithoutAChangeOfTheJob) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(Stating({.salary = "EUR 50,000"}))));
  rig.now += std::chrono::hours(24);

  Needed(rig.Read(WholeListing(Stating({.workplace = "hybrid", .salary = "EUR 55,000"}))));

  EXPECT_EQ(rig.plan.Count(BoardFate::kUnchanged), 2);
  EXPECT_FALSE(rig.plan.ChangesNothing());
  EXPECT_EQ(Held(rig), "- hybrid - EUR 55,000");
  EXPECT_THAT(Told(rig),
              testing::ElementsAre("facts workplace:  → hybrid; pay: EUR 50,000 → EUR 55,000"));
}

TEST_P(JobFactRows, ThatCameAfterTheJobAreNews) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(MakeJobs(1, 2))));

  Needed(rig.Read(WholeListing(Stating({.posted = "2026-01-02", .department = "Kitchen"}))));

  EXPECT_EQ(Held(rig), "2026-01-02T00:00:00.000Z - Kitchen -");
  EXPECT_EQ(Told(rig), std::vector<std::string>{});
  EXPECT_EQ(rig.plan.Count(BoardFate::kUnchanged), 2);
}

TEST_P(JobFactRows, KeepTheFirstDayThatWasCountedBack) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(Stating({.posted = "Posted 2 Days Ago"}))));
  const std::string first = Held(rig);
  rig.now += std::chrono::hours(24 * 40);

  Needed(rig.Read(WholeListing(Stating({.posted = "Posted 30+ Days Ago", .salary = "a lot"}))));

  EXPECT_NE(first, "- - - -");
  EXPECT_EQ(Held(rig), first.substr(0, 24) + " - - a lot");
}

TEST_P(JobFactRows, AreKeptWithAListingForAPreview) {
  BoardRig rig(database());
  const Listing listing = WholeListing(Stating(
      {.posted = "1 day ago", .workplace = "remote", .department = "Food", .salary = "much"}));
  auto tx = Needed(database().Write());
  Needed(KeepListing(tx, rig.id, std::get<CompleteListing>(listing), 0, kTestNow));
  Needed(tx.Commit());

  const auto kept = Needed(LoadListing(*Needed(database().Reader()), rig.id, kTestNow));

  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->listing.jobs()[0].facts, JobsIn(listing)[0].facts);
  EXPECT_EQ(kept->listing.digest(), std::get<CompleteListing>(listing).digest());
}

ROLECALL_ON_BOTH_DATABASES(JobFactRows);

}  // namespace
}  // namespace rolecall
