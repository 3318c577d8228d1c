// The bytes that a topic keeps for those who are behind.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/guarded.h"
#include "streams/stream_inbox.h"
#include "streams/stream_state.h"

namespace rolecall {

// Bytes that a topic said from an offset on. They stand whatever the topic forgets.
struct Piece {
  std::uint64_t from = 0, to = 0;
  std::vector<iovec> parts{};                                // the bytes from `from` to `to`
  std::vector<std::shared_ptr<const std::string>> chunks{};  // that hold them
  bool forgotten = false;                                    // `from` is not kept any more
  bool reaches_end = false;                                  // no more was said
  bool ended = false;                                        // nor will be
};

// Safe to use from several threads, but for `joined`.
class TopicState : public std::enable_shared_from_this<TopicState> {
 public:
  // Keeps at least the last `most` bytes, and of what is older no more than one Say.
  TopicState(std::shared_ptr<StreamInbox> inbox, std::size_t most);

  void Say(std::string_view events);
  void End();
  std::uint64_t said() const;
  std::size_t listeners() const;

  void CountListener();
  void ForgetListener();

  // From now on news is told to the inbox again. Returns the oldest offset that is kept.
  std::uint64_t Hear();
  // What was said from `from` on, whole Says, not all of them where they are many.
  Piece Read(std::uint64_t from) const;

  StreamsOfTopic joined;  // for the streams' thread alone

 private:
  struct Chunk {
    std::uint64_t at;
    std::shared_ptr<const std::string> bytes;
  };
  struct Kept {
    std::deque<Chunk> chunks{};
    std::uint64_t said = 0;
    std::size_t listeners = 0;
    bool ended = false;
    bool told = false;  // the inbox knows that there is news

    std::uint64_t oldest() const { return chunks.empty() ? said : chunks.front().at; }
  };

  static bool MustTell(Kept& kept);
  void Tell();

  const std::shared_ptr<StreamInbox> inbox_;
  const std::size_t most_;
  mutable Guarded<Kept> kept_;
};

}  // namespace rolecall
