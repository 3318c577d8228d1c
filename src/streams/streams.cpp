// Starts what streams are made of. Two threads, and an inbox before them.
#include "streams/streams.h"

#include <thread>
#include <utility>

#include "streams/catch_up_thread.h"
#include "streams/stream_inbox.h"
#include "streams/stream_loop.h"
#include "streams/topic.h"

namespace rolecall {

class Streams::Impl {
 public:
  explicit Impl(StreamSettings settings)
      : settings_(settings),
        inbox_(std::make_shared<StreamInbox>()),
        catch_ups_(*inbox_),
        loop_(settings, *inbox_, catch_ups_, counts_),
        thread_([this] { loop_.Run(); }) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    inbox_->Stop();
    thread_.join();
  }

  std::shared_ptr<Topic> MakeTopic(std::size_t most_waiting) const {
    return std::make_shared<Topic>(std::make_shared<TopicState>(
        inbox_, most_waiting == 0 ? settings_.most_waiting : most_waiting));
  }

  void Add(StreamInbox::Newcomer newcomer) {
    ++counts_.open;
    inbox_->Add(std::move(newcomer));
  }

  void EndWithdrawn() { inbox_->TellRightsWithdrawn(); }

  void Drain(std::chrono::milliseconds most) {
    inbox_->Drain(std::chrono::steady_clock::now() + most);
    counts_.drained.wait(false);
  }

  const StreamCounts& counts() const { return counts_; }

 private:
  const StreamSettings settings_;
  const std::shared_ptr<StreamInbox> inbox_;
  StreamCounts counts_;
  CatchUpThread catch_ups_;
  StreamLoop loop_;
  std::thread thread_;
};

Streams::Streams(StreamSettings settings) : impl_(std::make_unique<Impl>(settings)) {}

Streams::~Streams() = default;

std::shared_ptr<Topic> Streams::MakeTopic(std::size_t most_waiting) {
  return impl_->MakeTopic(most_waiting);
}

void Streams::Add(int socket, Subscription subscription, std::function<void()> closed) {
  std::shared_ptr<TopicState> topic;
  // Counted before the subscription lets go: nobody finds the topic without a listener meanwhile.
  if (subscription.topic) {
    topic = subscription.topic->state_;
    topic->CountListener();
    subscription.topic.reset();
  }
  impl_->Add({.socket = socket,
              .topic = std::move(topic),
              .subscription = std::move(subscription),
              .closed = std::move(closed)});
}

Result<std::string> Streams::ReadSoFar(const Subscription& subscription, std::size_t most) {
  std::string text(subscription.first.view());
  std::optional<std::uint64_t> next;
  if (!subscription.catch_up) next = subscription.from;
  for (bool ends = false; !next && !ends && text.size() < most;) {
    TRY(const CatchUp more, subscription.catch_up(0));
    text += more.events;
    next = more.joins;
    ends = more.ends;
  }
  if (!next || !subscription.topic) return text;
  const TopicState& topic = *subscription.topic->state_;
  for (const std::uint64_t end = topic.said(); *next < end && text.size() < most;) {
    const Piece piece = topic.Read(*next);
    if (piece.forgotten) return Fail(Errc::kUnavailable, "the topic went on too fast");
    for (const iovec& part : piece.parts)
      text.append(static_cast<const char*>(part.iov_base), part.iov_len);
    next = piece.to;
  }
  return text;
}

std::size_t Streams::count() const { return impl_->counts().open; }

std::uint64_t Streams::cut_off() const { return impl_->counts().cut_off; }

void Streams::EndWithdrawn() { impl_->EndWithdrawn(); }

void Streams::Drain(std::chrono::milliseconds most) { impl_->Drain(most); }

}  // namespace rolecall
