// The paths that jobs are asked for by, beside their ids.
#include "store/boards/contents.h"
#include "store/boards/listings.h"
#include "store/boards/withheld.h"
#include "store/users/job_search.h"
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

class DetailLocations : public BothDatabases {
 protected:
  static std::vector<ListedJob> At(std::string location) {
    auto jobs = MakeJobs(1, 1);
    jobs[0].location = std::move(location);
    return jobs;
  }
  static void Answer(BoardRig& rig, std::string location, std::string trouble = "") {
    auto tx = Needed(rig.database.Write());
    ContentOutcome outcome{.job_id = rig.Job(1).id,
                           .description = "Soup",
                           .trouble = std::move(trouble),
                           .location = std::move(location)};
    Needed(WriteContents(
        tx,
        {.run_id = 7, .user_id = kUser, .reading_id = 1, .outcomes = {outcome}, .now = kTestNow}));
    Needed(tx.Commit());
  }
  static void GiveToUser(BoardRig& rig) {
    auto tx = Needed(rig.database.Write());
    Needed(
        tx->Run("INSERT INTO user_jobs (user_id, job_id, company, came_run_id, wrote_run_id) "
                "VALUES (:user, :job, 'acme', 1, 1)",
                {{"user", kUser}, {"job", rig.Job(1).id}}));
    Needed(tx.Commit());
  }
  // What the user finds by a word.
  static std::string ShownBy(BoardRig& rig, std::string_view word) {
    auto db = Needed(rig.database.Reader());
    const auto found = Needed(FindJobs(*db, kUser, {.filter = {.text = std::string(word)}}));
    return found.jobs.empty() ? "nothing" : found.jobs[0].location;
  }
};

TEST_P(DetailLocations, AreShownAndFoundInPlaceOfTheListings) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(At("3 Locations"))));
  GiveToUser(rig);
  EXPECT_EQ(ShownBy(rig, "3 locations"), "3 Locations");

  Answer(rig, "Bern; Basel; Ulm");

  EXPECT_EQ(ShownBy(rig, "basel"), "Bern; Basel; Ulm");
  EXPECT_EQ(ShownBy(rig, "locations"), "nothing");
  EXPECT_EQ(rig.Job(1).location, "3 Locations");
  {
    auto tx = Needed(database().Write());
    Needed(tx->Run("UPDATE board_jobs SET withheld_at = :now", {{"now", kTestNow}}));
    EXPECT_EQ(Needed(LoadWithheld(tx.db(), kUser, kTestNow)).at(0).location, "Bern; Basel; Ulm");
  }
  Answer(rig, "", "HTTP 502");
  EXPECT_EQ(ShownBy(rig, "basel"), "Bern; Basel; Ulm") << "trouble says nothing";
  Answer(rig, "");
  EXPECT_EQ(ShownBy(rig, "locations"), "3 Locations");
}

TEST_P(DetailLocations, StayWhereTheListingSaysTheSameOfThem) {
  BoardRig rig(database());
  rig.content_by_request = true;
  Needed(rig.Read(WholeListing(At("3 Locations"))));
  GiveToUser(rig);
  Answer(rig, "Bern; Basel; Ulm");
  auto renamed = At("3 Locations");
  renamed[0].title = "Head Cook";

  Needed(rig.Read(WholeListing(std::move(renamed))));

  EXPECT_EQ(rig.Job(1).title, "Head Cook");
  EXPECT_EQ(ShownBy(rig, "basel"), "Bern; Basel; Ulm");
}

TEST_P(DetailLocations, AreDroppedWhereTheListingChanges) {
  BoardRig rig(database());
  rig.content_by_request = true;
  Needed(rig.Read(WholeListing(At("3 Locations"))));
  GiveToUser(rig);
  Answer(rig, "Bern; Basel; Ulm");
  Needed(rig.Read(WholeListing(At("3 Locations"))));
  EXPECT_EQ(ShownBy(rig, ""), "Bern; Basel; Ulm");

  Needed(rig.Read(WholeListing(At("2 Locations"))));

  EXPECT_EQ(ShownBy(rig, ""), "2 Locations");
}

TEST_P(DetailLocations, OfOnePathAreNotShownForThePlacesOfSeveral) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(At("Bern; Rome"))));
  GiveToUser(rig);

  Answer(rig, "Bern");

  EXPECT_EQ(ShownBy(rig, ""), "Bern; Rome");
}

ROLECALL_ON_BOTH_DATABASES(DetailLocations);
ROLECALL_ON_BOTH_DATABASES(JobPaths);

}  // namespace
}  // namespace rolecall
