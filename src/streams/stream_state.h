// The state of one open stream, as small as it can be, and what it has besides while it does not
// follow its topic.
#pragma once

#include <boost/intrusive/list.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "streams/catch_up_thread.h"
#include "streams/shared_text.h"
#include "streams/stream_right.h"

namespace rolecall {

class TopicState;

// What a stream sends before its topic, and how it goes on then.
struct Pending {
  SharedText text;              // ends with an event's end
  std::size_t sent = 0;         // bytes of the text
  std::size_t sent_before = 0;  // at the last look at who reads nothing
  std::optional<std::chrono::steady_clock::time_point> reads_nothing_since{};
  std::shared_ptr<CatchUpCall> catch_up{};
  bool asked = false;      // a call is under way
  bool caught = false;     // the text is what a call gave
  std::size_t unsent = 0;  // events at the end of what it gave that were dropped
  std::optional<std::uint64_t> joins{};
  bool ends = false;

  // Of a long text that a call gave and the socket does not take, the events at its end: whoever
  // gave them gives them anew, and nothing is kept for a client that never reads.
  void DropUnsent();

  bool all_sent() const { return sent == text.view().size(); }
};

// For the streams' thread alone.
struct StreamState {
  using Hook = boost::intrusive::list_member_hook<>;

  Hook of_all{};
  Hook of_topic{};                    // linked once it has joined
  std::shared_ptr<TopicState> topic;  // null: it ends without one
  std::uint64_t offset = 0;           // in the topic: the next byte to send
  std::unique_ptr<Pending> pending;   // null: it sends what its topic says and no more
  std::function<void()> closed;
  std::shared_ptr<const StreamRight> right;
  std::chrono::steady_clock::time_point last_sent{};
  int socket = -1;           // -1: closed
  bool blocked = false;      // the socket takes nothing for now
  bool awaits_room = false;  // and is watched for that

  bool may_go_on() const { return !right || right->holds(); }
  bool joined() const { return of_topic.is_linked(); }
  bool at_boundary() const { return !blocked && (!pending || pending->all_sent()); }
};

using AllStreams = boost::intrusive::list<
    StreamState,
    boost::intrusive::member_hook<StreamState, StreamState::Hook, &StreamState::of_all>,
    boost::intrusive::constant_time_size<false>>;
using StreamsOfTopic = boost::intrusive::list<
    StreamState,
    boost::intrusive::member_hook<StreamState, StreamState::Hook, &StreamState::of_topic>,
    boost::intrusive::constant_time_size<false>>;

}  // namespace rolecall
