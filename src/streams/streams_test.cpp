// What streams are sent, in which order, and who is cut off.
#include "streams/streams.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <list>
#include <map>
#include <thread>
#include <vector>

#include "tests/support/stream_client.h"

namespace rolecall {
namespace {

constexpr std::chrono::milliseconds kOften{1};

// A stream that joins the topic at once.
void Follow(Streams& streams, StreamClient& client, std::shared_ptr<Topic> topic,
            std::uint64_t from = 0, std::string first = "") {
  streams.Add(client.Release(),
              {.first = std::move(first), .topic = std::move(topic), .from = from},
              client.Closed());
}

std::string Event(std::string_view data) { return fmt::format("data: {}\n\n", data); }

std::vector<std::string> EventsOf(std::string_view text) {
  std::vector<std::string> events;
  while (!text.empty()) {
    const std::size_t end = std::min(text.size(), text.find("\n\n") + 2);
    events.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return events;
}

// 600 bytes with its number.
std::string NumberedEvent(int number) {
  return fmt::format("id: {}\ndata: {:x>585}\n\n", number, number);
}

TEST(Streams, KeepLittleForAClientThatTakesNothingAndTellItEverythingOnce) {
  constexpr int kAll = 3'000, kPage = 1'000;
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient client(kNarrowRoom);
  std::size_t dropped = 0;
  streams.Add(client.Release(),
              {.first = {},
               .catch_up = [&, next = 0](std::size_t unsent) mutable -> Result<CatchUp> {
                 dropped += unsent;
                 next -= static_cast<int>(unsent);
                 CatchUp more;
                 for (const int end = std::min(kAll, next + kPage); next < end; ++next)
                   more.events += NumberedEvent(next);
                 more.ends = next == kAll;
                 return more;
               }},
              client.Closed());

  const std::vector<std::string> events = EventsOf(client.ReadToEnd());

  ASSERT_EQ(events.size(), kAll);
  for (int i = 0; i < kAll; ++i) ASSERT_EQ(events[static_cast<std::size_t>(i)], NumberedEvent(i));
  EXPECT_TRUE(client.AwaitClosed());
  // All of a page but what is held of it.
  EXPECT_GE(dropped, kPage - 2 * 65'536 / 600);
}

TEST(Streams, TellAllTheSameInOneOrderWhateverManyThreadsSay) {
  constexpr int kThreads = 4, kEach = 500;
  Streams streams({});
  const auto topic = streams.MakeTopic();
  std::array<StreamClient, 3> clients;
  for (StreamClient& client : clients) Follow(streams, client, topic);

  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread)
      threads.emplace_back([&, thread] {
        for (int i = 0; i < kEach; ++i) topic->Say(fmt::format("id: {}\ndata: {}\n\n", thread, i));
      });
  }
  topic->End();

  const std::string text = clients[0].ReadToEnd();
  EXPECT_EQ(clients[1].ReadToEnd(), text);
  EXPECT_EQ(clients[2].ReadToEnd(), text);
  std::map<int, int> next;
  for (const std::string& event : EventsOf(text)) {
    const int thread = event.at(4) - '0';
    EXPECT_EQ(event, fmt::format("id: {}\ndata: {}\n\n", thread, next[thread]++));
  }
  EXPECT_EQ(next, (std::map<int, int>{{0, kEach}, {1, kEach}, {2, kEach}, {3, kEach}}));
}

TEST(Streams, BeginWithTheFirstAndGoOnFromWhereTheyJoin) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  topic->Say(Event("before"));
  const std::uint64_t from = topic->said();
  topic->Say(Event("kept"));
  StreamClient client;

  Follow(streams, client, topic, from, Event("first"));
  EXPECT_EQ(client.ReadUpTo("kept\n\n"), Event("first") + Event("kept"));
  topic->Say(Event("later"));

  EXPECT_EQ(client.ReadUpTo("later\n\n"), Event("later"));
  EXPECT_EQ(topic->listeners(), 1);
  EXPECT_EQ(streams.count(), 1);
}

TEST(Streams, JoinWithoutGapOrRepetitionWhileTheTopicTalks) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient whole;
  Follow(streams, whole, topic);
  struct Joined {
    std::uint64_t from = 0;
    StreamClient client{};
  };
  std::list<Joined> joined;

  std::jthread talking([&] {
    for (int i = 0; i < 5'000; ++i) topic->Say(Event(std::to_string(i)));
    topic->End();
  });
  for (int i = 0; i < 50; ++i) {
    Joined& one = joined.emplace_back(topic->said());
    Follow(streams, one.client, topic, one.from);
  }

  const std::string text = whole.ReadToEnd();
  EXPECT_EQ(text.size(), topic->said());
  for (Joined& one : joined) EXPECT_EQ(one.client.ReadToEnd(), text.substr(one.from));
}

TEST(Streams, CatchUpInPartsAndThenJoin) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  topic->Say(Event("old"));
  const std::uint64_t joins = topic->said();
  topic->Say(Event("three"));
  StreamClient client;
  std::list<CatchUp> parts{
      {.events = Event("one")}, {.events = Event("two")}, {.events = "", .joins = joins}};

  streams.Add(client.Release(),
              {.first = Event("zero"),
               .topic = topic,
               .catch_up = [&](std::size_t) -> Result<CatchUp> {
                 CatchUp part = parts.front();
                 parts.pop_front();
                 return part;
               }},
              client.Closed());

  EXPECT_EQ(topic->listeners(), 1);
  EXPECT_EQ(client.ReadUpTo("three\n\n"),
            Event("zero") + Event("one") + Event("two") + Event("three"));
  topic->Say(Event("four"));
  topic->End();
  EXPECT_EQ(client.ReadToEnd(), Event("four"));
  ASSERT_TRUE(client.AwaitClosed());
  EXPECT_TRUE(parts.empty());
}

TEST(Streams, AskForMoreOnlyOnceTheSocketTookAll) {
  constexpr std::size_t kPart = 1 << 20;
  Streams streams({.comment_every = kOften});
  StreamClient client(kNarrowRoom);
  std::atomic<std::size_t> taken = 0;  // or about to be
  std::size_t taken_at_second = 0;
  int calls = 0;
  std::promise<void> release;
  const auto released = release.get_future().share();

  streams.Add(client.Release(),
              {.first = {},
               .topic = nullptr,
               .catch_up = [&](std::size_t) -> Result<CatchUp> {
                 if (++calls == 1) released.wait();
                 if (calls == 2) taken_at_second = taken;
                 return CatchUp{.events = Event(std::string(kPart, 'x')), .ends = calls == 2};
               }},
              client.Closed());
  // Comments meanwhile are no reason to ask again.
  EXPECT_EQ(client.Read(8), ": \n\n: \n\n");
  release.set_value();
  std::string text;
  do {
    taken += 1024;
  } while (text.size() < (text += client.ReadSome(1024)).size());

  ASSERT_TRUE(client.AwaitClosed());
  int parts = 0;
  for (const std::string& event : EventsOf(text)) parts += event != ": \n\n";
  EXPECT_EQ(parts, 2);
  EXPECT_EQ(calls, 2);
  EXPECT_GT(taken_at_second, kPart - 65'536);
}

TEST(Streams, ForgetWhatTheyCaughtUpWithOnceTheyHaveJoined) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient client;
  const auto gone = std::make_shared<std::promise<void>>();
  std::shared_ptr<int> held(new int(0), [gone](const int* value) {
    delete value;
    gone->set_value();
  });

  streams.Add(client.Release(),
              {.first = {},
               .topic = topic,
               .catch_up = [held = std::move(held)](std::size_t) -> Result<CatchUp> {
                 return CatchUp{.events = Event("caught up"), .joins = 0};
               }},
              client.Closed());

  EXPECT_EQ(gone->get_future().wait_for(kStreamPatience), std::future_status::ready);
  EXPECT_EQ(streams.count(), 1);
}

TEST(Streams, CutOffWhoFallsTooFarBehindAndNobodyElse) {
  const std::string event = Event(std::string(10'000, 'x'));
  constexpr int kEvents = 20;
  Streams streams({.most_waiting = 65'536});
  const auto topic = streams.MakeTopic();
  StreamClient slow(kNarrowRoom), quick;
  Follow(streams, slow, topic);
  Follow(streams, quick, topic);

  for (int i = 0; i < kEvents; ++i) {
    topic->Say(event);
    EXPECT_EQ(quick.Read(event.size()), event);
  }

  ASSERT_TRUE(slow.AwaitClosed());
  EXPECT_EQ(streams.cut_off(), 1);
  EXPECT_EQ(streams.count(), 1);
  EXPECT_EQ(topic->listeners(), 1);
  EXPECT_LT(slow.ReadToEnd().size(), 65'536);
}

TEST(Streams, CutOffWhoReadsNothingOfWhatComesFirst) {
  Streams streams({.comment_every = kOften, .patience = std::chrono::milliseconds(1)});
  StreamClient stuck(kNarrowRoom);

  Follow(streams, stuck, streams.MakeTopic(), 0, Event(std::string(500'000, 'x')));

  ASSERT_TRUE(stuck.AwaitClosed());
  EXPECT_EQ(streams.cut_off(), 1);
}

TEST(Streams, HoldUpNobodyForOneWhoDoesNotRead) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient slow(kNarrowRoom), quick;
  Follow(streams, slow, topic, 0, Event(std::string(500'000, 'x')));
  Follow(streams, quick, topic);

  topic->Say(Event("said"));

  EXPECT_EQ(quick.ReadUpTo("\n\n"), Event("said"));
  topic->End();
  EXPECT_EQ(EventsOf(slow.ReadToEnd()).back(), Event("said"));
}

TEST(Streams, CutOffWhoJoinsWhereTheTopicKeepsNothingAnyMore) {
  Streams streams({.most_waiting = 100});
  const auto topic = streams.MakeTopic();
  for (int i = 0; i < 10; ++i) topic->Say(Event(std::string(50, 'x')));
  StreamClient client;

  Follow(streams, client, topic, 1, Event("first"));

  EXPECT_EQ(client.ReadToEnd(), Event("first"));
  EXPECT_EQ(streams.cut_off(), 1);
}

TEST(Streams, SendCommentsWhereNothingIsSaid) {
  Streams streams({.comment_every = kOften});
  const auto topic = streams.MakeTopic();
  StreamClient follower, behind;
  std::promise<void> release;
  Follow(streams, follower, topic);
  streams.Add(behind.Release(),
              {.first = {},
               .topic = topic,
               .catch_up = [held = release.get_future().share()](std::size_t) -> Result<CatchUp> {
                 held.wait();
                 return CatchUp{.events = Event("caught up"), .ends = true};
               }},
              behind.Closed());

  EXPECT_EQ(follower.Read(8), ": \n\n: \n\n");
  EXPECT_EQ(behind.Read(8), ": \n\n: \n\n");
  release.set_value();
  topic->End();

  EXPECT_EQ(EventsOf(behind.ReadToEnd()).back(), Event("caught up"));
  EXPECT_EQ(EventsOf(": \n\n" + follower.ReadToEnd()).back(), ": \n\n");
}

TEST(Streams, NeverPutACommentIntoAnEvent) {
  const std::string event = Event(std::string(30'000, 'x'));
  Streams streams({.comment_every = kOften});
  const auto topic = streams.MakeTopic();
  StreamClient client(kNarrowRoom), idle;
  Follow(streams, client, topic);
  Follow(streams, idle, streams.MakeTopic());
  std::string text;

  for (int i = 0; i < 30; ++i) {
    topic->Say(event);
    text += client.Read(100);
    EXPECT_EQ(idle.Read(12), ": \n\n: \n\n: \n\n");
    while (text.size() < (i + 1) * event.size()) text += client.ReadSome(1'000);
  }
  topic->End();
  text += client.ReadToEnd();

  int events = 0;
  for (const std::string& one : EventsOf(text)) {
    if (one == ": \n\n") continue;
    EXPECT_EQ(one, event);
    ++events;
  }
  EXPECT_EQ(events, 30);
}

TEST(Streams, DropWhatClientsSend) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  StreamClient client;
  Follow(streams, client, topic);

  EXPECT_TRUE(client.Send(std::string(1 << 20, 'x')));
  topic->Say(Event("said"));

  EXPECT_EQ(client.ReadUpTo("\n\n"), Event("said"));
}

TEST(Streams, ServeAThousandOfManyTopicsAlike) {
  Streams streams({});
  std::vector<std::shared_ptr<Topic>> topics;
  std::list<StreamClient> clients;
  for (int i = 0; i < 50; ++i) topics.push_back(streams.MakeTopic());
  for (int i = 0; i < 1'000; ++i)
    Follow(streams, clients.emplace_back(), topics.at(i % topics.size()));

  for (std::size_t i = 0; i < topics.size(); ++i) topics[i]->Say(Event(std::to_string(i)));

  int wrong = 0, at = 0;
  for (StreamClient& client : clients)
    wrong += client.ReadUpTo("\n\n") != Event(std::to_string(at++ % topics.size()));
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(streams.count(), 1'000);
}

}  // namespace
}  // namespace rolecall
