// The one thread that serves all open streams.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "streams/catch_up_thread.h"
#include "streams/stream_inbox.h"
#include "streams/stream_state.h"
#include "streams/streams.h"
#include "streams/topic.h"

namespace rolecall {

// Written by the streams' thread, but for `open`, which whoever adds counts.
struct StreamCounts {
  std::atomic<std::size_t> open = 0;
  std::atomic<std::uint64_t> cut_off = 0;
  std::atomic<bool> drained = false;  // notified
};

// Sends what topics say as their sockets take it. Waits for its sockets and its inbox alone, and
// holds no lock while it sends.
class StreamLoop {
 public:
  // All of these outlive it. Throws std::system_error where the machine has no descriptor left.
  StreamLoop(const StreamSettings& settings, StreamInbox& inbox, CatchUpThread& catch_ups,
             StreamCounts& counts);
  StreamLoop(const StreamLoop&) = delete;
  StreamLoop& operator=(const StreamLoop&) = delete;
  ~StreamLoop();

  // Until the inbox stops; closes what is open then.
  void Run();

 private:
  using Time = std::chrono::steady_clock::time_point;
  enum class Why : std::uint8_t { kEnded, kGone, kTooSlow, kWithdrawn };

  void TakeMail();
  void Begin(StreamInbox::Newcomer newcomer);
  void FanOut(TopicState& topic);
  void TakeCaught(StreamInbox::Caught caught);
  void Serve(StreamState& stream, std::uint32_t events);

  void Advance(StreamState& stream);
  void Advance(StreamState& stream, Piece& piece);
  void SendText(StreamState& stream);
  bool SendTopic(StreamState& stream, Piece& piece);
  bool GoOn(StreamState& stream);
  static void Join(StreamState& stream);
  std::size_t Send(StreamState& stream, std::vector<iovec>& parts);

  bool ReadsNothing(StreamState& stream) const;
  void SendComments();
  void EndWithdrawn();
  void BeginToDrain(Time by);
  void EndDrain();
  static void TellToComeAgain(StreamState& stream);

  void Stamp(StreamState& stream);
  void Watch(StreamState& stream);
  void Close(StreamState& stream, Why why);
  void CloseAll();
  int Timeout() const;

  const std::chrono::milliseconds comment_every_;
  const std::chrono::milliseconds patience_;
  StreamInbox& inbox_;
  CatchUpThread& catch_ups_;
  StreamCounts& counts_;
  const int poll_;
  Time now_;         // of the present turn
  AllStreams open_;  // owned; those first that were sent nothing for the longest
  std::vector<std::unique_ptr<StreamState>> closed_;  // in this turn: events may still name them
  std::optional<Time> drain_by_;
  bool stops_ = false;
};

}  // namespace rolecall
