// Two fetchers over one database, as two processes have them.
#include "fetch/shared_pacing.h"

#include <thread>

#include "base/guarded.h"
#include "store/boards/pacing.h"
#include "tests/support/databases.h"
#include "tests/support/manual_clock.h"
#include "tests/support/raw_server.h"
#include "tests/support/web.h"

namespace rolecall {
namespace {
using std::chrono::seconds;

class SharedFetch : public testing::Test {
 protected:
  std::unique_ptr<Fetcher> MakeWorker(std::string name) {
    FetchSettings settings = QuickSettings();
    settings.tries = 1;
    auto shared = std::make_shared<SharedPacing>(store_.database(), clock_.AsClock(),
                                                 std::move(name), settings.pacing);
    return *MakeHttpFetcher(std::move(settings), std::move(shared));
  }
  // Every request is answered so.
  void Answers(std::string answer) {
    answer_.With([&](auto& now) { now = std::move(answer); });
  }
  std::string Ask(Fetcher& fetcher, std::stop_token stop = {}) {
    return Outcome(fetcher.Fetch({.url = server_.Url("/"), .pacing_key = "acme"}, stop));
  }
  void HideTables() {
    auto tx = store_.database().Write();
    ASSERT_TRUE((*tx)->Run("ALTER TABLE pacing RENAME TO gone"));
    ASSERT_TRUE(tx->Commit());
  }
  Wait ToldOf(const std::string& key) {
    const auto db = store_.database().Reader();
    return LoadWaits(**db, clock_.Now()).value()[key];
  }
  std::size_t asked() { return server_.requests().size(); }

  ManualClock clock_{kTestNow};

 private:
  TestDatabase store_{Dialect::kSqlite};
  Guarded<std::string> answer_{Answer(200, "soup")};
  RawServer server_{[this](const std::string&) {
    return Script{answer_.With([](const auto& now) { return now; })};
  }};
};

TEST_F(SharedFetch, LeavesAVendorAloneThatAskedAnotherProcessForIt) {
  const auto one = MakeWorker("one"), two = MakeWorker("two");
  Answers(Answer(429, "", "Retry-After: 120\r\n"));
  const std::string asked_to = Ask(*one);
  ASSERT_TRUE(asked_to.starts_with("upstream: localhost answers 429 and asks to wait 120 s"));

  const std::string refused = Ask(*two);

  EXPECT_EQ(refused, fmt::format("upstream: acme is left alone until {} as it asked",
                                 ToMoment(kTestNow + seconds(120))));
  EXPECT_EQ(asked(), 1);
  EXPECT_EQ(ToldOf("acme"), (Wait{kTestNow + seconds(120), "asked us to wait (429, Retry-After)"}));
  // From now on it knows by itself.
  HideTables();
  const std::string again = Ask(*two);
  EXPECT_TRUE(again.starts_with("upstream: acme is left alone until 20")) << again;
  EXPECT_TRUE(again.ends_with(" UTC as it asked")) << again;
  EXPECT_TRUE(two->IsFree("acme"));
}

TEST_F(SharedFetch, LearnsWhichKeysAreHeld) {
  const auto one = MakeWorker("one"), two = MakeWorker("two");
  Answers(Answer(503, "", "Retry-After: 30\r\n"));
  EXPECT_EQ(Ask(*one), "503 ");
  EXPECT_EQ(ToldOf("acme"), (Wait{kTestNow + seconds(30), "asked us to wait (503, Retry-After)"}));
  ASSERT_TRUE(two->IsFree("acme"));

  two->LearnHeld();

  EXPECT_FALSE(two->IsFree("acme"));
  EXPECT_TRUE(two->IsFree("other"));
}

TEST_F(SharedFetch, IsCancelledWhileItWaitsForTheHoldOfAnother) {
  const auto one = MakeWorker("one"), two = MakeWorker("two");
  Answers(Answer(429, "", "Retry-After: 30\r\n"));
  Ask(*one);
  std::stop_source stop;

  auto waiting = std::async(std::launch::async, [&] { return Ask(*two, stop.get_token()); });
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  while (two->IsFree("acme") && std::chrono::steady_clock::now() < deadline)
    std::this_thread::yield();
  EXPECT_FALSE(two->IsFree("acme"));
  stop.request_stop();

  EXPECT_EQ(waiting.get(), "cancelled: stopped before asking acme");
  EXPECT_EQ(asked(), 1);
}

TEST_F(SharedFetch, CountsTheFailuresOfAll) {
  const auto one = MakeWorker("one"), two = MakeWorker("two");
  Answers(Answer(500, "no"));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Ask(*one), "500 no");
  Answers(Answer(200, "soup"));
  EXPECT_EQ(Ask(*two), "200 soup");
  Answers(Answer(500, "no"));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Ask(*one), "500 no");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Ask(*two), "500 no");

  EXPECT_EQ(Ask(*one),
            fmt::format("upstream: acme is left alone until {} after 5 failures in a row",
                        ToMoment(kTestNow + seconds(60))));
  EXPECT_EQ(asked(), 8);
}

TEST_F(SharedFetch, AsksNobodyWhileTheDatabaseIsInTrouble) {
  const auto one = MakeWorker("one");
  HideTables();

  const std::string outcome = Ask(*one);

  EXPECT_TRUE(outcome.starts_with("cancelled: the database ")) << outcome;
  EXPECT_EQ(asked(), 0);
}

}  // namespace
}  // namespace rolecall
