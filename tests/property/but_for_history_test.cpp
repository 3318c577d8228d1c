// What holds in every history where a listing is whole but for a few.
#include <map>

#include "tests/property/every_history.h"
#include "tests/property/evidence.h"

namespace rolecall {
namespace {

using std::chrono::hours;

TEST(EveryHistoryButForAFew, StartsNoClockOfCompleteListings) {
  InEveryStep([](const Step& step) {
    if (!std::holds_alternative<ListingButFor>(step.listing)) return;
    EXPECT_EQ(step.after.complete.size(), step.before.complete.size());
    for (const PlannedJob& job : step.plan.jobs) {
      if (job.fate != BoardFate::kMissing && job.fate != BoardFate::kWithheld) continue;
      EXPECT_EQ(step.after.jobs.at(job.known).missing_reading,
                step.before.jobs.at(job.known).missing_reading);
    }
  });
}

TEST(EveryHistoryButForAFew, KeepsNoJobForEightDaysThatIsLackedAndGoneAtItsOwnAddress) {
  int let_go = 0;
  for (std::uint32_t seed = 1; seed <= kHistories; ++seed) {
    History history(seed, History::Pace::kDaily);
    std::map<std::string, Timestamp> since;
    for (int i = 0; i < kSteps; ++i) {
      const Step& step = history.Next();
      SCOPED_TRACE(step.where);
      const bool but_for = std::holds_alternative<ListingButFor>(step.listing);
      std::map<std::string, Timestamp> still;
      for (const PlannedJob& job : step.plan.jobs) {
        const std::string& id = step.IdOf(job);
        const bool gone = but_for && step.testimony.control == Control::kHeld &&
                          step.testimony.Of(id) == Witness::kGone;
        if (!gone) continue;
        still[id] = since.contains(id) ? since.at(id) : step.now;
        const bool eight_days = step.now - still[id] >= hours(8 * 24);
        EXPECT_FALSE(eight_days && job.fate != BoardFate::kExpired) << id;
        let_go += job.fate == BoardFate::kExpired;
      }
      since = std::move(still);
    }
  }
  EXPECT_GE(let_go, 100);
}

// What they leave to a person leaves by complete ones as if it had only been missing.
TEST(EveryHistoryButForAFew, HoldsNoJobBackThatCompleteListingsLetGo) {
  int let_go = 0;
  for (std::uint32_t seed = 1; seed <= kHistories; ++seed) {
    History history(seed, History::Pace::kDaily);
    Evidence evidence;
    for (int i = 0; i < 2 * kSteps; ++i) {
      const Step& step = history.Next();
      SCOPED_TRACE(step.where);
      evidence.Note(step);
      if (!std::holds_alternative<CompleteListing>(step.listing)) continue;
      if (evidence.guarded() || evidence.empty_is_doubted()) continue;
      for (const PlannedJob& job : step.plan.jobs) {
        if (job.known == PlannedJob::kNone || job.listed != PlannedJob::kNone) continue;
        const std::string& id = step.IdOf(job);
        if (evidence.WasHeldByGuard(id) || !evidence.IsDueOnOne(id)) continue;
        EXPECT_EQ(job.fate, BoardFate::kExpired) << id;
        const KnownJob& before = step.before.jobs.at(job.known);
        let_go += before.withheld_since && !IsOffered(step.before, before);
      }
    }
  }
  EXPECT_GE(let_go, 20);
}

}  // namespace
}  // namespace rolecall
