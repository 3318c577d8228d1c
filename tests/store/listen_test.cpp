// Messages between processes: what arrives, what must not, and how a listener waits.
#include <gmock/gmock.h>

#include <fstream>
#include <future>
#include <thread>

#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

MATCHER_P2(Says, channel, payload, "") { return arg.channel == channel && arg.payload == payload; }

class Listens : public BothDatabases {
 protected:
  std::unique_ptr<Listener> Listen() { return Needed(database().Listen({"Runs", "lines"})); }

  void Tell(Sql channel, std::string_view payload) {
    auto tx = Needed(database().Write());
    Needed(tx->Notify(channel, payload));
    Needed(tx.Commit());
  }

  void Do(Sql sql) {
    auto tx = Needed(database().Write());
    Needed(tx->Run(sql));
    Needed(tx.Commit());
  }

  void EndTheSessionThatListens() {
    Do("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
       "WHERE datname = current_database() AND query LIKE 'LISTEN %'");
  }

  // A listener that knows of its loss, and cannot connect until the server is back.
  std::unique_ptr<Listener> ListenToAServerThatIsAway() {
    auto listener = Listen();
    EndTheSessionThatListens();
    EXPECT_FALSE(listener->Wait(minutes(2), {}));
    Do("UPDATE pg_database SET datallowconn = false WHERE datname = current_database()");
    return listener;
  }
  void BringTheServerBack() {
    Do("UPDATE pg_database SET datallowconn = true WHERE datname = current_database()");
  }
};

std::ptrdiff_t OpenSockets() {
  return std::ranges::count_if(
      std::filesystem::directory_iterator("/proc/self/fd"), [](const auto& descriptor) {
        std::error_code closed_since;
        return std::filesystem::read_symlink(descriptor, closed_since).string().contains("socket");
      });
}

// A long Wait on a thread of its own.
class Waiter {
 public:
  explicit Waiter(Listener& listener)
      : heard_(std::async(std::launch::async, [this, &listener] {
          thread_.set_value(gettid());
          return listener.Wait(minutes(10), stop_.get_token());
        })) {}

  // Until the thread rests in a system call, and not because it connects.
  void AwaitRest() {
    const pid_t thread = thread_.get_future().get();
    const auto deadline = std::chrono::steady_clock::now() + minutes(2);
    std::string state;
    while (std::chrono::steady_clock::now() < deadline) {
      std::ifstream file(fmt::format("/proc/self/task/{}/stat", thread));
      std::getline(file, state);
      if (state.contains(") S ") && OpenSockets() == sockets_) return;
      std::this_thread::yield();
    }
    ADD_FAILURE() << "the thread does not rest: " << state;
  }

  void Stop() { stop_.request_stop(); }

  // Fails where that takes longer than `most`.
  std::vector<Notice> HeardWithin(seconds most) {
    EXPECT_EQ(heard_.wait_for(most), std::future_status::ready);
    return Needed(heard_.get());
  }

 private:
  const std::ptrdiff_t sockets_ = OpenSockets();
  std::stop_source stop_;
  std::promise<pid_t> thread_;
  std::future<Result<std::vector<Notice>>> heard_;
};

TEST_P(Listens, HearsWhatWasCommittedInOrder) {
  const auto listener = Listen();

  Tell("Runs", "1");
  const auto first = Needed(listener->Wait(minutes(2), {}));
  Tell("lines", "2, Zürich");
  const auto second = Needed(listener->Wait(minutes(2), {}));

  EXPECT_THAT(first, ElementsAre(Says("Runs", "1")));
  EXPECT_THAT(second, ElementsAre(Says("lines", "2, Zürich")));
}

TEST_P(Listens, KeepsWhatIsToldBetweenTwoWaits) {
  const auto listener = Listen();

  auto tx = Needed(database().Write());
  for (const char* payload : {"1", "2", "3"}) Needed(tx->Notify("Runs", payload));
  Needed(tx.Commit());

  EXPECT_THAT(Needed(listener->Wait(minutes(2), {})),
              ElementsAre(Says("Runs", "1"), Says("Runs", "2"), Says("Runs", "3")));
}

TEST_P(Listens, HearsNothingOfWhatWasRolledBack) {
  const auto listener = Listen();
  {
    auto tx = Needed(database().Write());
    Needed(tx->Notify("Runs", "never"));
  }

  Tell("Runs", "kept");

  EXPECT_THAT(Needed(listener->Wait(minutes(2), {})), ElementsAre(Says("Runs", "kept")));
}

TEST_P(Listens, HearsItsOwnChannelsAlone) {
  const auto listener = Listen();

  Tell("runs", "of another");
  Tell("Runs", "own");

  EXPECT_THAT(Needed(listener->Wait(minutes(2), {})), ElementsAre(Says("Runs", "own")));
}

TEST_P(Listens, WakesWhenItIsTold) {
  const auto listener = Listen();
  Waiter waiter(*listener);
  waiter.AwaitRest();

  Tell("lines", "7");

  EXPECT_THAT(waiter.HeardWithin(minutes(2)), ElementsAre(Says("lines", "7")));
}

TEST_P(Listens, EndsWithNothingAfterItsTime) {
  const auto listener = Listen();
  const auto begun = std::chrono::steady_clock::now();

  const auto heard = Needed(listener->Wait(milliseconds(20), {}));

  EXPECT_THAT(heard, IsEmpty());
  EXPECT_GE(std::chrono::steady_clock::now() - begun, milliseconds(20));
}

TEST_P(Listens, EndsAtOnceWhenItIsToStop) {
  const auto listener = Listen();
  Waiter waiter(*listener);
  waiter.AwaitRest();

  waiter.Stop();

  EXPECT_THAT(waiter.HeardWithin(minutes(2)), IsEmpty());
  Tell("Runs", "later");
  EXPECT_THAT(Needed(listener->Wait(minutes(2), {})), ElementsAre(Says("Runs", "later")));
}

TEST_P(Listens, TellsOfALossAndThenThatAnythingMayHaveHappened) {
  const auto listener = Listen();
  EndTheSessionThatListens();

  const auto noticed = listener->Wait(minutes(2), {});
  Tell("Runs", "missed");
  const auto again = Needed(listener->Wait(minutes(2), {}));
  Tell("Runs", "heard");
  const auto after = Needed(listener->Wait(minutes(2), {}));

  ASSERT_FALSE(noticed);
  EXPECT_EQ(noticed.error().code, Errc::kUnavailable);
  EXPECT_THAT(noticed.error().message, HasSubstr("listening: the database postgresql://"));
  EXPECT_THAT(again, ElementsAre(Says("Runs", ""), Says("lines", "")));
  EXPECT_THAT(after, ElementsAre(Says("Runs", "heard")));
}

TEST_P(Listens, FailsOnlyAfterItsTimeWhileTheServerIsAway) {
  const auto listener = ListenToAServerThatIsAway();
  const auto begun = std::chrono::steady_clock::now();

  const auto refused = listener->Wait(milliseconds(500), {});

  EXPECT_GE(std::chrono::steady_clock::now() - begun, milliseconds(500));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kUnavailable);
}

TEST_P(Listens, HearsAgainOnceTheServerIsBack) {
  const auto listener = ListenToAServerThatIsAway();
  Waiter waiter(*listener);
  waiter.AwaitRest();

  BringTheServerBack();

  EXPECT_THAT(waiter.HeardWithin(minutes(2)), ElementsAre(Says("Runs", ""), Says("lines", "")));
}

TEST_P(Listens, StopsWaitingForAServerThatIsAway) {
  const auto listener = ListenToAServerThatIsAway();
  Waiter waiter(*listener);
  waiter.AwaitRest();

  waiter.Stop();

  EXPECT_THAT(waiter.HeardWithin(minutes(2)), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Server, Listens, testing::Values(Dialect::kPostgres), DialectName);

TEST(ListeningOnSqlite, IsLeftToPolling) {
  TestDatabase kept(Dialect::kSqlite);
  auto tx = Needed(kept.database().Write());

  EXPECT_TRUE(tx->Notify("Runs", "nobody hears"));
  EXPECT_TRUE(tx.Commit());
  EXPECT_EQ(Needed(kept.database().Listen({"Runs"})), nullptr);
}

}  // namespace
}  // namespace rolecall
