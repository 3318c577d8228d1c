// Hears NOTIFY. One poll() over the session's socket and an eventfd that a stop writes to.
#include "db/postgres/postgres_listener.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "db/postgres/postgres_session.h"

namespace rolecall {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::seconds kBetweenAttempts{1};

// An event that poll() sees. May be rung by any thread.
class Bell {
 public:
  Bell() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;
  ~Bell() {
    if (descriptor_ >= 0) close(descriptor_);
  }

  int descriptor() const { return descriptor_; }  // negative where the process has none left
  void Ring() const { eventfd_write(descriptor_, 1); }
  void Silence() const {
    eventfd_t rung = 0;
    eventfd_read(descriptor_, &rung);
  }

 private:
  const int descriptor_;
};

Result<void> Subscribe(PostgresSession& session, const std::vector<Sql>& channels) {
  for (const Sql channel : channels)
    CHECK_OK(session.Script(fmt::format("LISTEN \"{}\"", channel.text())));
  return {};
}

class PostgresListener : public Listener {
 public:
  PostgresListener(std::string url, std::vector<Sql> channels, PostgresSession session)
      : url_(std::move(url)), channels_(std::move(channels)), session_(std::move(session)) {}

  bool CanBeStopped() const { return bell_.descriptor() >= 0; }

  Result<std::vector<Notice>> Wait(std::chrono::milliseconds most, std::stop_token stop) override {
    // Bounded, so that the sum is a time.
    const Steady::time_point end =
        Steady::now() + std::min<std::chrono::milliseconds>(most, std::chrono::hours(24));
    bell_.Silence();
    const std::stop_callback ring(stop, [this] { bell_.Ring(); });
    if (!session_) return OpenAgain(end, stop);
    while (true) {
      if (PQconsumeInput(session_->get()) == 0) return Lost();
      auto notices = Told();
      if (!notices.empty() || stop.stop_requested() || !Rest(end)) return notices;
    }
  }

 private:
  std::vector<Notice> Told() {
    std::vector<Notice> notices;
    using Notification = std::unique_ptr<PGnotify, CloseWith<PQfreemem>>;
    while (const Notification one{PQnotifies(session_->get())})
      notices.push_back({one->relname, one->extra});
    return notices;
  }

  std::unexpected<Error> Lost() {
    const Error lost = session_->Refused(nullptr).error();
    session_.reset();
    return Fail(Errc::kUnavailable, fmt::format("listening: {}", lost.message));
  }

  Result<void> Open() {
    TRY(auto session, PostgresSession::Open(url_));
    CHECK_OK(Subscribe(session, channels_));
    session_ = std::move(session);
    return {};
  }

  Result<std::vector<Notice>> OpenAgain(Steady::time_point end, const std::stop_token& stop) {
    std::vector<Notice> notices;
    while (!stop.stop_requested()) {
      auto opened = Open();
      if (opened) {
        for (const Sql channel : channels_) notices.push_back({std::string(channel.text()), ""});
        break;
      }
      // To the end, so that whoever asks in a loop does not spin.
      Rest(std::min(end, Steady::now() + kBetweenAttempts));
      if (Steady::now() >= end) return std::unexpected(std::move(opened).error());
    }
    return notices;
  }

  // Until the server says something, the bell rings, or `end`: then false.
  bool Rest(Steady::time_point end) const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Steady::now());
    if (left.count() <= 0) return false;
    std::array<pollfd, 2> sources{pollfd{session_ ? PQsocket(session_->get()) : -1, POLLIN, 0},
                                  pollfd{bell_.descriptor(), POLLIN, 0}};
    return poll(sources.data(), sources.size(), static_cast<int>(left.count())) != 0;
  }

  const std::string url_;
  const std::vector<Sql> channels_;
  const Bell bell_;
  std::optional<PostgresSession> session_;  // none once it was lost
};

}  // namespace

Result<std::unique_ptr<Listener>> ListenOnPostgres(const std::string& url,
                                                   std::vector<Sql> channels) {
  TRY(auto session, PostgresSession::Open(url));
  // There LISTEN would succeed, on a session that is then lent to somebody else.
  if (session.has_pooler()) return nullptr;
  CHECK_OK(Subscribe(session, channels));
  auto listener = std::make_unique<PostgresListener>(url, std::move(channels), std::move(session));
  if (!listener->CanBeStopped())
    return Fail(Errc::kUnavailable, "listening: the process has too many files open");
  return listener;
}

}  // namespace rolecall
