// A stream writes into one end of a pair of sockets, as into any client, and is read at the other.
#include "aws/streamed_reply.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "http/encoding.h"
#include "http/reply_head.h"

namespace rolecall {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t kPieceOfStream = 64 << 10;

class StreamEnd {
 public:
  StreamEnd(int socket, Steady::time_point until) : socket_(socket), until_(until) {}
  StreamEnd(const StreamEnd&) = delete;
  StreamEnd& operator=(const StreamEnd&) = delete;
  ~StreamEnd() { close(socket_); }

  // "" at the end, or where its time is up.
  std::string Next() {
    while (true) {
      const auto left =
          std::max(std::chrono::milliseconds(0),
                   std::chrono::ceil<std::chrono::milliseconds>(until_ - Steady::now()));
      pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
      const int events = poll(&ready, 1, static_cast<int>(left.count()));
      if (events < 0 && errno == EINTR) continue;
      if (events <= 0) return "";
      std::string piece(kPieceOfStream, '\0');
      const ssize_t size = read(socket_, piece.data(), piece.size());
      if (size < 0 && errno == EINTR) continue;
      piece.resize(static_cast<std::size_t>(std::max<ssize_t>(0, size)));
      return piece;
    }
  }

 private:
  const int socket_;
  const Steady::time_point until_;
};

Result<std::function<Result<std::string>()>> FollowStream(Subscription subscription,
                                                          Streams& streams,
                                                          Steady::time_point until) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return Fail(Errc::kUnavailable, std::strerror(errno));
  auto reads = std::make_shared<StreamEnd>(ends[0], until);
  streams.Add(ends[1], std::move(subscription), [] {});
  return [reads] { return reads->Next(); };
}

std::function<Result<std::string>()> PiecesUntil(std::function<Result<std::string>()> more,
                                                 Steady::time_point until) {
  return [more = std::move(more), until]() -> Result<std::string> {
    if (Steady::now() < until) return more();
    return Fail(Errc::kUnavailable, "there was no time for the rest");
  };
}

std::function<Result<std::string>()> Once(std::string body) {
  return [body = std::move(body)]() mutable { return std::exchange(body, ""); };
}

}  // namespace

StreamedAnswer StreamedAnswerOf(const HttpEvent& event, Reply reply, Streams& streams,
                                std::chrono::milliseconds most) {
  const Steady::time_point until = Steady::now() + most;
  StreamedAnswer answer;
  if (reply.stream) {
    reply.headers.push_back({"Cache-Control", "no-cache"});
    auto more = FollowStream(*std::exchange(reply.stream, std::nullopt), streams, until);
    if (more)
      answer.more = *std::move(more);
    else
      reply = ReplyTo(more.error());
  } else if (reply.more) {
    answer.more = PiecesUntil(std::exchange(reply.more, nullptr), until);
  }
  if (!answer.more) {
    Encode(event.request, reply);
    answer.more = Once(reply.body);
  }
  answer.head = HttpHeadOf(reply);
  if (event.is_head || !HasBody(reply.status)) answer.more = Once("");
  return answer;
}

}  // namespace rolecall
