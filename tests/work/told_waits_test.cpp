// What those who watch a run are told while it waits for a vendor.
#include <gmock/gmock.h>

#include "api/watching/feeds.h"
#include "api/watching/progress_feed.h"
#include "fetch/shared_pacing.h"
#include "run/close_run.h"
#include "tests/support/registry.h"
#include "tests/support/watcher.h"
#include "tests/work/rig.h"

namespace rolecall {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::string_view kWhy = "asked us to wait (429, Retry-After)";
constexpr std::string_view kTold =
    R"-("waits_why":"greenhouse asked us to wait (429, Retry-After)")-";
constexpr std::string_view kOver = R"("waits_until":null,"waits_why":null)";

// Those who watch, by this machine's clock.
struct Watching {
  Watching(Database& database, FeedSettings settings)
      : events(database),
        lines(database),
        feeds(database, *BuiltInRegistry(), lines, events, streams, SystemNow, settings) {}

  RunEvents events;
  Streams streams{StreamSettings{}};
  TableOfLines lines;
  Feeds feeds;
};

class ToldWaits : public BothDatabases {
 protected:
  // A run over one board, which nobody works on.
  std::int64_t Start(Rig& rig) {
    rig.Follow(rig.FirstOn("greenhouse"));
    return rig.Start();
  }
  // As another process does.
  void HoldBack(milliseconds wait) {
    const auto elsewhere = Must(OpenDatabase(test_database().url()));
    SharedPacing pacing(*elsewhere, SystemNow, "other", {});
    Must(pacing.Hold(BuiltInRegistry()->PacingKeyOf("greenhouse"), wait, kWhy));
  }
};

TEST_P(ToldWaits, AreNews) {
  Rig rig(database(), {.companies = 2, .jobs = 1});
  const std::int64_t id = Start(rig);
  Watching watching(database(), {.gather_for = milliseconds(5),
                                 .look_every = milliseconds(5),
                                 .look_anyway = hours(1),
                                 .patience = std::chrono::minutes(1)});
  Watcher watcher(watching.streams, Must(WatchProgress(watching.feeds, {rig.user, id})));
  ASSERT_TRUE(watcher.Sees(kOver));

  HoldBack(seconds(60));

  EXPECT_TRUE(watcher.Sees(kTold));
  Must(AbortRun(database(), {rig.user, id}, rig.clock.Now()));
  EXPECT_THAT(watcher.Events().back().data, "aborted");
}

TEST_P(ToldWaits, AreTakenBackOnceTheyAreOverThoughThereIsNoNews) {
  Rig rig(database(), {.companies = 2, .jobs = 1});
  const std::int64_t id = Start(rig);
  Watching watching(database(), {.gather_for = milliseconds(5),
                                 .look_every = hours(1),
                                 .look_anyway = hours(1),
                                 .patience = std::chrono::minutes(1)});
  HoldBack(seconds(3));

  Watcher watcher(watching.streams, Must(WatchProgress(watching.feeds, {rig.user, id})));

  ASSERT_TRUE(watcher.Sees(kTold)) << "or this machine held the test up for over a second";
  EXPECT_TRUE(watcher.Sees(kOver));
}

ROLECALL_ON_BOTH_DATABASES(ToldWaits);

}  // namespace
}  // namespace rolecall
