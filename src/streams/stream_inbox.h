// What other threads hand to the streams' thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "streams/catch_up_thread.h"
#include "streams/streams.h"

namespace rolecall {

class TopicState;

// Safe to use from several threads; outlives the streams' thread as long as a topic does.
class StreamInbox {
 public:
  struct Newcomer {
    int socket;
    std::shared_ptr<TopicState> topic;  // which counts it as a listener already; may be null
    Subscription subscription;          // its topic is null
    std::function<void()> closed;
  };
  struct Caught {
    std::shared_ptr<CatchUpCall> catch_up;
    std::optional<CatchUp> more;  // nothing: it failed
  };
  struct Mail {
    std::vector<Newcomer> added{};
    std::vector<std::shared_ptr<TopicState>> told{};
    std::vector<Caught> caught{};
    std::optional<std::chrono::steady_clock::time_point> drain_by{};
    bool rights_withdrawn = false;
    bool stops = false;
  };

  // Throws std::system_error where the machine has no descriptor left.
  StreamInbox();
  StreamInbox(const StreamInbox&) = delete;
  StreamInbox& operator=(const StreamInbox&) = delete;
  ~StreamInbox();

  void Add(Newcomer newcomer);
  // The topic has news. Once for all that it says until it is heard.
  void Tell(std::shared_ptr<TopicState> topic);
  void TellCaught(Caught caught);
  void TellRightsWithdrawn();
  void Drain(std::chrono::steady_clock::time_point by);
  // Of what comes after this, nothing is kept.
  void Stop();

  // A descriptor that is readable while there is mail.
  int bell() const { return bell_; }
  Mail Take();

 private:
  template <typename Put>
  void Deliver(Put put);

  const int bell_;
  std::mutex mutex_;
  Mail mail_;
  bool rung_ = false;
};

}  // namespace rolecall
