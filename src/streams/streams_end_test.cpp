// How streams end: by themselves, by their clients, and with the server.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <list>
#include <stdexcept>
#include <thread>

#include "streams/stream_inbox.h"
#include "streams/stream_state.h"
#include "streams/streams.h"
#include "streams/topic.h"
#include "tests/support/stream_client.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::string_view kRetry = "retry: 1000\n\n";
const std::string kSaid = "data: said\n\n";

void FollowTopic(Streams& streams, StreamClient& client, const std::shared_ptr<Topic>& topic) {
  streams.Add(client.Release(), {.first = {}, .topic = topic}, client.Closed());
}

// A stream that is behind its topic.
void Trail(Streams& streams, StreamClient& client, const std::shared_ptr<Topic>& topic,
           std::function<Result<CatchUp>(std::size_t)> catch_up) {
  streams.Add(client.Release(), {.first = {}, .topic = topic, .catch_up = std::move(catch_up)},
              client.Closed());
}

std::string Large(std::size_t size) { return fmt::format("data: {}\n\n", std::string(size, 'x')); }

TEST(StreamEnds, ComeOnceAllIsSent) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient client(kNarrowRoom);
  FollowTopic(streams, client, topic);

  topic->Say(Large(500'000));
  topic->Say(kSaid);
  topic->End();
  topic->Say("data: not told\n\n");

  EXPECT_EQ(client.ReadToEnd(), Large(500'000) + kSaid);
  EXPECT_TRUE(client.AwaitClosed());
  EXPECT_EQ(streams.count(), 0);
  EXPECT_EQ(streams.cut_off(), 0);
  EXPECT_EQ(topic->listeners(), 0);
}

TEST(StreamEnds, LoseNothingToAResetOverTcp) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient client(kNarrowRoom, StreamClient::Over::kTcp);
  FollowTopic(streams, client, topic);
  EXPECT_TRUE(client.Send("what nobody asked for"));

  topic->Say(Large(500'000));
  topic->End();

  EXPECT_EQ(client.ReadToEnd(), Large(500'000));
  EXPECT_TRUE(client.AwaitClosed());
}

TEST(StreamEnds, ComeForWhoeverJoinsATopicThatHasEnded) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  topic->Say(kSaid);
  topic->End();
  StreamClient client;

  FollowTopic(streams, client, topic);

  EXPECT_EQ(client.ReadToEnd(), kSaid);
}

TEST(StreamEnds, ComeWithoutATopicAfterTheFirst) {
  Streams streams({});
  StreamClient client;

  streams.Add(client.Release(), {.first = Large(300'000)}, client.Closed());

  EXPECT_EQ(client.ReadToEnd(), Large(300'000));
  EXPECT_TRUE(client.AwaitClosed());
}

TEST(StreamEnds, ComeWithAFailureToCatchUp) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient failed, thrown;

  Trail(streams, failed, topic,
        [](std::size_t) -> Result<CatchUp> { return Fail(Errc::kUnavailable, "no database"); });
  Trail(streams, thrown, topic,
        [](std::size_t) -> Result<CatchUp> { throw std::runtime_error("a bug"); });

  EXPECT_EQ(failed.ReadToEnd(), "");
  EXPECT_EQ(thrown.ReadToEnd(), "");
  EXPECT_TRUE(failed.AwaitClosed());
  EXPECT_TRUE(thrown.AwaitClosed());
  EXPECT_EQ(topic->listeners(), 0);
}

TEST(StreamEnds, ComeWhenTheClientCloses) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient closes, ends, stays, blocked(kNarrowRoom);
  for (StreamClient* client : {&closes, &ends, &stays}) FollowTopic(streams, *client, topic);
  topic->Say(kSaid);
  stays.ReadUpTo("\n\n");

  closes.Close();
  ends.EndSending();

  EXPECT_TRUE(closes.AwaitClosed());
  EXPECT_TRUE(ends.AwaitClosed());
  EXPECT_EQ(streams.count(), 1);
  EXPECT_EQ(topic->listeners(), 1);
  FollowTopic(streams, blocked, topic);
  topic->Say(Large(500'000));
  blocked.Read(1'000);
  blocked.Close();
  EXPECT_TRUE(blocked.AwaitClosed());
}

TEST(StreamEnds, ComeForAClientThatClosesWhileItsPartIsRead) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient client, other;
  std::promise<void> begun, release;
  Trail(streams, client, topic,
        [&, held = release.get_future().share()](std::size_t) -> Result<CatchUp> {
          begun.set_value();
          held.wait();
          return CatchUp{.events = kSaid, .joins = 0};
        });
  begun.get_future().wait();

  client.Close();

  EXPECT_TRUE(client.AwaitClosed());
  release.set_value();
  FollowTopic(streams, other, topic);
  topic->Say(kSaid);
  EXPECT_EQ(other.ReadUpTo("\n\n"), kSaid);
}

TEST(StreamEnds, ComeAtOnceForASocketThatIsBrokenWhenAdded) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient gone, none;
  gone.Close();

  FollowTopic(streams, gone, topic);
  streams.Add(-1, {.first = {}, .topic = topic}, none.Closed());

  EXPECT_TRUE(gone.AwaitClosed());
  EXPECT_TRUE(none.AwaitClosed());
  EXPECT_EQ(streams.count(), 0);
  EXPECT_EQ(topic->listeners(), 0);
}

TEST(StreamEnds, ComeWithTheStreamsWhichATopicMayOutlive) {
  std::shared_ptr<Topic> topic;
  std::list<StreamClient> clients;
  {
    Streams streams({});
    topic = streams.MakeTopic();
    for (int i = 0; i < 100; ++i) FollowTopic(streams, clients.emplace_back(), topic);
    topic->Say(kSaid);
  }

  for (StreamClient& client : clients) {
    EXPECT_TRUE(client.AwaitClosed());
    EXPECT_EQ(client.ReadToEnd(), kSaid);
  }
  topic->Say(kSaid);
  topic->End();
  EXPECT_EQ(topic->said(), 2 * kSaid.size());
  EXPECT_EQ(topic->listeners(), 0);
}

TEST(StreamEnds, ComeOnceTheRightIsWithdrawn) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient idle, full(kNarrowRoom), other;
  const auto withdrawn = std::make_shared<StreamRight>();
  const auto good = std::make_shared<StreamRight>();
  for (const auto& [client, right] :
       {std::pair(&idle, withdrawn), std::pair(&full, withdrawn), std::pair(&other, good)})
    streams.Add(client->Release(), {.first = {}, .topic = topic, .right = right}, client->Closed());
  topic->Say(kSaid + Large(500'000));
  EXPECT_EQ(idle.Read(500'000).size(), 500'000);
  EXPECT_EQ(full.ReadUpTo("\n\n"), kSaid);

  withdrawn->Withdraw();
  streams.EndWithdrawn();

  EXPECT_TRUE(idle.AwaitClosed());
  EXPECT_TRUE(full.AwaitClosed());
  EXPECT_EQ(streams.count(), 1);
  EXPECT_EQ(withdrawn.use_count(), 1);
  other.Close();
  EXPECT_TRUE(other.AwaitClosed());
}

TEST(StreamEnds, SayNothingMoreOnceTheRightIsWithdrawn) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient client;
  const auto right = std::make_shared<StreamRight>();
  streams.Add(client.Release(), {.first = kSaid, .topic = topic, .right = right}, client.Closed());
  EXPECT_EQ(client.ReadUpTo("\n\n"), kSaid);

  right->Withdraw();
  topic->Say("data: a secret\n\n");

  EXPECT_EQ(client.ReadToEnd(), "");
  EXPECT_TRUE(client.AwaitClosed());
}

// Else the kernel would go on handing out what it has.
TEST(StreamEnds, ComeByAResetWhereTheRightIsWithdrawn) {
  Streams streams({});
  const auto topic = streams.MakeTopic(4 << 20);
  StreamClient client(kNarrowRoom, StreamClient::Over::kTcp);
  const auto right = std::make_shared<StreamRight>();
  streams.Add(client.Release(), {.first = {}, .topic = topic, .right = right}, client.Closed());
  topic->Say(Large(4 << 20));
  EXPECT_EQ(client.Read(100).size(), 100);

  right->Withdraw();
  streams.EndWithdrawn();

  EXPECT_TRUE(client.AwaitClosed());
  EXPECT_TRUE(client.ReadToReset());
  EXPECT_EQ(streams.cut_off(), 0);
}

TEST(Pending, DropsWhatCanBeHadAnewAndKnowsThatItsClientHasRead) {
  const std::string event = Large(993);  // 1,000 bytes and an end
  std::string page;
  for (int i = 0; i < 500; ++i) page += event;
  Pending pending{.text = page,
                  .sent = 10,
                  .sent_before = 10,
                  .reads_nothing_since = std::chrono::steady_clock::now(),
                  .caught = true,
                  .joins = 5};

  pending.DropUnsent();

  EXPECT_GT(pending.unsent, 400);
  EXPECT_EQ(pending.text.view(), page.substr(10, page.size() - 10 - pending.unsent * event.size()));
  EXPECT_EQ(pending.sent, 0);
  EXPECT_FALSE(pending.joins || pending.reads_nothing_since);
  const std::size_t unsent = pending.unsent;
  pending.DropUnsent();
  EXPECT_EQ(pending.unsent, unsent);
}

TEST(StreamInbox, KeepsNothingOnceItHasStopped) {
  const auto inbox = std::make_shared<StreamInbox>();
  auto topic = std::make_shared<TopicState>(inbox, 100);
  const std::weak_ptr<TopicState> watched = topic;
  topic->CountListener();

  inbox->Stop();
  EXPECT_TRUE(inbox->Take().stops);
  topic->Say(kSaid);
  topic.reset();

  EXPECT_TRUE(watched.expired());
  EXPECT_EQ(inbox.use_count(), 1);
}

TEST(Drain, TellsEveryStreamToComeAgainWhereverItStands) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient idle, slow(kNarrowRoom), behind, late;
  std::promise<void> begun, release;
  FollowTopic(streams, idle, topic);
  FollowTopic(streams, slow, topic);
  Trail(streams, behind, topic,
        [&, held = release.get_future().share()](std::size_t) -> Result<CatchUp> {
          begun.set_value();
          held.wait();
          return CatchUp{.events = kSaid};
        });
  begun.get_future().wait();
  topic->Say(Large(500'000));

  std::jthread reading([&] { EXPECT_EQ(slow.ReadToEnd(), Large(500'000) + std::string(kRetry)); });
  std::jthread idling([&] { EXPECT_EQ(idle.ReadToEnd(), Large(500'000) + std::string(kRetry)); });
  streams.Drain(minutes(1));

  EXPECT_EQ(streams.count(), 0);
  EXPECT_EQ(behind.ReadToEnd(), kRetry);
  release.set_value();
  FollowTopic(streams, late, topic);
  EXPECT_EQ(late.ReadToEnd(), Large(500'000) + std::string(kRetry));
  for (StreamClient* client : {&idle, &slow, &behind, &late}) EXPECT_TRUE(client->AwaitClosed());
  EXPECT_EQ(streams.cut_off(), 0);
}

TEST(Drain, EndsAtItsTimeThoughSomebodyDoesNotRead) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient client(kNarrowRoom);
  FollowTopic(streams, client, topic);
  topic->Say(Large(500'000));

  streams.Drain(milliseconds(50));

  EXPECT_EQ(streams.count(), 0);
  EXPECT_TRUE(client.AwaitClosed());
  EXPECT_LT(client.ReadToEnd().size(), 500'000);
}

TEST(Drain, ReturnsAtOnceWhereNothingIsOpen) {
  Streams streams({});

  streams.Drain(minutes(10));
  streams.Drain(minutes(10));

  EXPECT_EQ(streams.count(), 0);
}

}  // namespace
}  // namespace rolecall
