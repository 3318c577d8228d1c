// The paths that jobs are asked for by, beside their ids.
#include "store/contents.h"
#include "store/listings.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

class JobPaths : public BothDatabases {
 protected:
  static std::vector<ListedJob> WithPath(std::string path) {
    auto jobs = MakeJobs(1, 2);
    jobs[0].path = std::move(path);
    return jobs;
  }
};

TEST_P(JobPaths, AreKeptBesideTheIds) {
  BoardRig rig(database());

  Needed(rig.Read(WholeListing(WithPath("/Bern/Cook_J1"))));

  EXPECT_EQ(rig.Job(1).path, "/Bern/Cook_J1");
  EXPECT_EQ(rig.Job(2).path, "");
}

TEST_P(JobPaths, FollowWhereNothingElseOfAJobChanged) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(WithPath("/Bern/Cook_J1"))));

  Needed(rig.Read(WholeListing(WithPath("/Bern/Chef_J1"))));

  EXPECT_EQ(rig.Job(1).path, "/Bern/Chef_J1");
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE kind <> 'new'"), 0);
  Needed(rig.Read(WholeListing(WithPath(""))));
  EXPECT_EQ(rig.Number("SELECT count(*) FROM board_jobs WHERE path IS NULL"), 2);
}

TEST_P(JobPaths, FollowAChangedTitle) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(WithPath("/Bern/Cook_J1"))));
  auto edited = WithPath("/Bern/Chef_J1");
  edited[0].title = "Chef";

  Needed(rig.Read(PartialListing{edited, "page 2 of 3 failed (HTTP 502)"}));

  EXPECT_EQ(rig.Job(1).path, "/Bern/Chef_J1");
  EXPECT_EQ(rig.plan.Count(BoardFate::kChanged), 1);
}

TEST_P(JobPaths, StandWithTheContentsThatAreWanted) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(WithPath("/Bern/Cook_J1"))));
  auto tx = Needed(database().Write());
  Needed(WantContents(tx, 7, "acme", {rig.Job(1).id, rig.Job(2).id}));

  const auto wanted = Needed(LoadWanted(tx.db(), 7, "acme", 10));

  ASSERT_EQ(wanted.size(), 2);
  EXPECT_EQ(wanted[0].path, "/Bern/Cook_J1");
  EXPECT_EQ(wanted[1].path, "");
}

TEST_P(JobPaths, StandInAListingThatIsKept) {
  BoardRig rig(database());
  const Listing listing = WholeListing(WithPath("/Bern/Cook_J1"));
  auto tx = Needed(database().Write());
  Needed(KeepListing(tx, rig.id, std::get<CompleteListing>(listing), 0, kTestNow));

  const auto kept = Needed(LoadListing(tx.db(), rig.id, kTestNow));

  EXPECT_EQ(kept->listing.jobs()[0].path, "/Bern/Cook_J1");
}

ROLECALL_ON_BOTH_DATABASES(JobPaths);

}  // namespace
}  // namespace rolecall
