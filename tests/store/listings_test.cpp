// The table listings: what a preview read, for as long as it is the latest that is known.
#include "store/boards/listings.h"

#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

constexpr std::chrono::minutes kListingKept = KeptListingPolicy{}.kept;

class Listings : public BothDatabases {
 protected:
  void Keep(BoardRig& rig, std::vector<ListedJob> jobs, Timestamp read_at = kTestNow) {
    const std::int64_t after = rig.Row().latest_reading;
    auto tx = Needed(database().Write());
    Needed(KeepListing(tx, rig.id, std::get<CompleteListing>(WholeListing(std::move(jobs))), after,
                       read_at));
    Needed(tx.Commit());
  }
  std::optional<KeptListing> Kept(BoardRig& rig, Timestamp now = kTestNow) {
    return Needed(LoadListing(*Needed(database().Reader()), rig.id, now - kListingKept));
  }
};

TEST_P(Listings, AreKeptForAQuarterOfAnHour) {
  BoardRig rig(database());
  std::vector<ListedJob> jobs = MakeJobs(1, 50);
  jobs[7].title = "line\n\"quote\" 👩‍🍳";
  jobs[8].content.reset();

  Keep(rig, jobs);

  const auto kept = Kept(rig, kTestNow + kListingKept);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->read_at, kTestNow);
  EXPECT_EQ(kept->listing.digest(), std::get<CompleteListing>(WholeListing(jobs)).digest());
  EXPECT_EQ(kept->listing.jobs()[7].title, jobs[7].title);
  EXPECT_FALSE(Kept(rig, kTestNow + kListingKept + std::chrono::milliseconds(1)));
}

TEST_P(Listings, AreThePastOnceTheBoardWasReadAgain) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(MakeJobs(1, 3))));
  Keep(rig, MakeJobs(1, 4));
  ASSERT_TRUE(Kept(rig));

  Needed(rig.Read(FailedListing{"HTTP 502"}));

  EXPECT_FALSE(Kept(rig));
}

TEST_P(Listings, GiveWayToLaterOnesAlone) {
  BoardRig rig(database());
  Keep(rig, MakeJobs(1, 4));

  Keep(rig, MakeJobs(1, 3), kTestNow - std::chrono::seconds(1));
  EXPECT_EQ(Kept(rig)->listing.jobs().size(), 4);
  Keep(rig, MakeJobs(1, 5), kTestNow + std::chrono::seconds(1));
  EXPECT_EQ(Kept(rig)->listing.jobs().size(), 5);
}

TEST_P(Listings, AreForgottenWithWhatWasReadBefore) {
  BoardRig rig(database());
  const auto forget = [&](Timestamp read_at) {
    auto tx = Needed(database().Write());
    Needed(ForgetListing(tx, rig.id, read_at));
    Needed(tx.Commit());
    return !Needed(HasListing(*Needed(database().Reader()), rig.id));
  };
  Keep(rig, MakeJobs(1, 4));

  EXPECT_FALSE(forget(kTestNow - std::chrono::milliseconds(1)));
  EXPECT_TRUE(forget(kTestNow));
}

ROLECALL_ON_BOTH_DATABASES(Listings);

}  // namespace
}  // namespace rolecall
