// Open streams: each costs a socket and a few words, not a thread, a database connection or a
// coroutine.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "streams/shared_text.h"
#include "streams/stream_right.h"

namespace rolecall {

class Streams;
class TopicState;

// What everybody who listens is told, from where it joined: a sequence of bytes of which the last
// StreamSettings::most_waiting are kept. Safe to use from several threads; may outlive its Streams.
class Topic {
 public:
  // By Streams::MakeTopic.
  explicit Topic(std::shared_ptr<TopicState> state);
  // Whole events of text/event-stream, told together. Nothing after End.
  void Say(std::string_view events);
  // Streams end once they have sent what was said.
  void End();
  // How many bytes were said so far: where whoever joins now begins.
  std::uint64_t said() const;
  // Streams that were added with it and are open, those that catch up among them.
  std::size_t listeners() const;

 private:
  friend class Streams;
  std::shared_ptr<TopicState> state_;
};

// More for one stream that has not caught up with its topic.
struct CatchUp {
  std::string events;  // may be empty
  // Where the stream joins the topic after these events, as said() told it; nothing: ask again once
  // they are sent.
  std::optional<std::uint64_t> joins;
  bool ends = false;  // the stream ends after these events
};

// How a stream goes on once its header is sent.
struct Subscription {
  SharedText first;              // sent before anything else
  std::shared_ptr<Topic> topic;  // of the same Streams; null: it ends once it has caught up
  std::uint64_t from = 0;        // where it joins the topic, if `catch_up` is not set
  // Called on a thread of the streams, one at a time for a stream, whenever it has sent all it has,
  // until it joins or ends; an error ends the stream, as an exception does. May read the database.
  // What it gives are whole events. `unsent`: so many of the last were dropped, since nobody took
  // them, and are to be given anew, with where the stream joins; fewer at a time are wanted.
  std::function<Result<CatchUp>(std::size_t unsent)> catch_up;
  std::shared_ptr<const StreamRight> right{};  // null: nobody takes it away
};

struct StreamSettings {
  std::chrono::milliseconds comment_every{15'000};  // keeps proxies awake
  // For one that takes nothing of what comes before its topic.
  std::chrono::milliseconds patience{30'000};
  std::size_t most_waiting = 1 << 20;  // bytes; a reader further behind its topic is cut off
};

// Serves all streams from one thread, and catches up from another. Safe to use from several
// threads.
class Streams {
 public:
  // Throws std::system_error where the machine has no descriptor or thread left.
  explicit Streams(StreamSettings settings);
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;
  // Closes what is open.
  ~Streams();

  // Of which so many bytes are kept for those behind; 0: as the settings say.
  std::shared_ptr<Topic> MakeTopic(std::size_t most_waiting = 0);

  // Takes over a connected socket whose header was sent, and calls `closed` on a thread of the
  // streams once it is closed; which must not wait for anything. What the client sends is dropped,
  // and where it ends its side, the stream is closed.
  void Add(int socket, Subscription subscription, std::function<void()> closed);

  // What a stream would have been sent by now, for whoever can be given whole answers alone: whole
  // events, none once there are `most` bytes. Fails as its catching up does, and with kUnavailable
  // where the topic forgot what comes next.
  static Result<std::string> ReadSoFar(const Subscription& subscription, std::size_t most);

  // Streams that are open.
  std::size_t count() const;
  // Those that were cut off because they did not read, since the start.
  std::uint64_t cut_off() const;

  // Ends those whose right was withdrawn, which say nothing more in any case.
  void EndWithdrawn();

  // Tells every stream to come again, and ends it once that is sent, at the latest after `most`.
  // Returns when none is open; those that are added later fare alike.
  void Drain(std::chrono::milliseconds most);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rolecall
