// Serves all open streams, by a reactor beside the server's: a coroutine there would keep a frame,
// a timer and a buffer for each, and of 10,000 idle ones each costs 651 bytes here.
// Level-triggered: each socket is watched for what its client does, and for room only while it has
// none.
#include "streams/stream_loop.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <span>
#include <system_error>
#include <utility>

namespace rolecall {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::string_view kComment = ": \n\n";
constexpr std::string_view kComeAgain = "retry: 1000\n\n";
constexpr int kMostEvents = 256;  // a turn
constexpr int kMostReads = 16;    // of one stream in a turn

int MakePoll(int bell) {
  const int poll = epoll_create1(EPOLL_CLOEXEC);
  if (poll < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  epoll_event event{.events = EPOLLIN, .data = {.ptr = nullptr}};
  epoll_ctl(poll, EPOLL_CTL_ADD, bell, &event);
  return poll;
}

bool WatchSocket(int poll, int operation, StreamState& stream) {
  const std::uint32_t room = stream.blocked ? std::uint32_t{EPOLLOUT} : 0;
  epoll_event event{.events = EPOLLIN | EPOLLRDHUP | room, .data = {.ptr = &stream}};
  return epoll_ctl(poll, operation, stream.socket, &event) == 0;
}

// Reads away what a client sends, which nobody asked it to; false once the client is gone.
bool DropInput(int socket) {
  std::array<char, 4096> bytes;
  for (int reads = 0; reads < kMostReads; ++reads) {
    const ssize_t count = recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count == 0) return false;
    if (count < 0) return errno == EAGAIN || errno == EINTR;
  }
  return true;
}

// Negative where the socket takes nothing: errno says why.
ssize_t SendOnce(int socket, std::vector<iovec>& parts) {
  constexpr int kFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
  if (parts.size() == 1) return send(socket, parts[0].iov_base, parts[0].iov_len, kFlags);
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  return sendmsg(socket, &message, kFlags);
}

void ForgetCatchUp(std::shared_ptr<CatchUpCall>& catch_up) {
  if (!catch_up) return;
  catch_up->stream = nullptr;
  catch_up->wanted = false;
  catch_up.reset();
}

}  // namespace

StreamLoop::StreamLoop(const StreamSettings& settings, StreamInbox& inbox, CatchUpThread& catch_ups,
                       StreamCounts& counts)
    : comment_every_(std::max(settings.comment_every, milliseconds(1))),
      patience_(settings.patience),
      inbox_(inbox),
      catch_ups_(catch_ups),
      counts_(counts),
      poll_(MakePoll(inbox.bell())),
      now_(steady_clock::now()) {}

StreamLoop::~StreamLoop() { close(poll_); }

void StreamLoop::Run() {
  std::array<epoll_event, kMostEvents> events;
  while (!stops_) {
    const int count = epoll_wait(poll_, events.data(), kMostEvents, Timeout());
    now_ = steady_clock::now();
    bool rung = false;
    for (const epoll_event& event : std::span(events).first(std::max(count, 0))) {
      if (event.data.ptr == nullptr) {
        rung = true;
      } else {
        Serve(*static_cast<StreamState*>(event.data.ptr), event.events);
      }
    }
    if (rung) TakeMail();
    SendComments();
    EndDrain();
    closed_.clear();
  }
  CloseAll();
}

// Until the next comment, or the end of a drain.
int StreamLoop::Timeout() const {
  if (open_.empty()) return -1;
  Time next = open_.front().last_sent + comment_every_;
  if (drain_by_) next = std::min(next, *drain_by_);
  const auto wait = std::chrono::ceil<milliseconds>(next - steady_clock::now()).count();
  return static_cast<int>(std::clamp<milliseconds::rep>(wait, 0, std::numeric_limits<int>::max()));
}

void StreamLoop::TakeMail() {
  StreamInbox::Mail mail = inbox_.Take();
  stops_ = mail.stops;
  for (StreamInbox::Newcomer& newcomer : mail.added) Begin(std::move(newcomer));
  for (const auto& topic : mail.told) FanOut(*topic);
  for (StreamInbox::Caught& caught : mail.caught) TakeCaught(std::move(caught));
  if (mail.rights_withdrawn) EndWithdrawn();
  if (mail.drain_by) BeginToDrain(*mail.drain_by);
}

void StreamLoop::Begin(StreamInbox::Newcomer newcomer) {
  Subscription& subscription = newcomer.subscription;
  auto owned = std::make_unique<StreamState>();
  StreamState& stream = *owned;
  stream.socket = newcomer.socket;
  stream.topic = std::move(newcomer.topic);
  stream.closed = std::move(newcomer.closed);
  stream.right = std::move(subscription.right);
  stream.last_sent = now_;
  stream.pending = std::make_unique<Pending>(Pending{.text = std::move(subscription.first)});
  if (subscription.catch_up) {
    stream.pending->catch_up =
        std::make_shared<CatchUpCall>(std::move(subscription.catch_up), &stream);
  } else if (stream.topic) {
    stream.pending->joins = subscription.from;
  } else {
    stream.pending->ends = true;
  }
  open_.push_back(*owned.release());
  // An event must not wait for the acknowledgement of the one before; on other sockets it fails.
  const int yes = 1;
  setsockopt(stream.socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  if (!WatchSocket(poll_, EPOLL_CTL_ADD, stream)) return Close(stream, Why::kGone);
  Advance(stream);
}

void StreamLoop::FanOut(TopicState& topic) {
  const std::uint64_t oldest = topic.Hear();
  Piece piece;
  for (auto next = topic.joined.begin(); next != topic.joined.end();) {
    StreamState& stream = *next++;
    if (!stream.blocked) {
      Advance(stream, piece);
    } else if (stream.offset < oldest) {
      Close(stream, Why::kTooSlow);
    }
  }
}

void StreamLoop::TakeCaught(StreamInbox::Caught caught) {
  if (caught.catch_up->stream == nullptr) return;
  StreamState& stream = *caught.catch_up->stream;
  Pending& pending = *stream.pending;
  pending.asked = false;
  pending.caught = true;
  if (!caught.more) return Close(stream, Why::kEnded);
  // What is left is a comment at most.
  pending.text =
      std::string(pending.text.view().substr(std::exchange(pending.sent, 0))) + caught.more->events;
  pending.ends = caught.more->ends || (caught.more->joins && !stream.topic);
  if (!pending.ends) pending.joins = caught.more->joins;
  Advance(stream);
}

void StreamLoop::Serve(StreamState& stream, std::uint32_t events) {
  if (stream.socket < 0) return;
  const bool gone = (events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0;
  if (gone || ((events & EPOLLIN) != 0 && !DropInput(stream.socket)))
    return Close(stream, Why::kGone);
  if ((events & EPOLLOUT) == 0) return;
  stream.blocked = false;
  Advance(stream);
  if (stream.socket >= 0 && !stream.blocked) Watch(stream);
}

void StreamLoop::Advance(StreamState& stream) {
  Piece piece;
  Advance(stream, piece);
}

// As far as the socket takes it. `piece` is of the stream's topic, and saves reading it again.
void StreamLoop::Advance(StreamState& stream, Piece& piece) {
  bool goes_on = true;
  while (goes_on && stream.socket >= 0 && !stream.blocked) {
    if (!stream.may_go_on()) return Close(stream, Why::kWithdrawn);
    if (stream.pending && !stream.pending->all_sent()) {
      SendText(stream);
    } else if (stream.joined()) {
      stream.pending.reset();
      goes_on = SendTopic(stream, piece);
    } else {
      goes_on = GoOn(stream);
    }
  }
}

void StreamLoop::SendText(StreamState& stream) {
  Pending& pending = *stream.pending;
  const std::string_view left = pending.text.view().substr(pending.sent);
  // sendmsg changes nothing of what it is given.
  std::vector<iovec> parts{{const_cast<char*>(left.data()), left.size()}};
  pending.sent += Send(stream, parts);
  if (pending.all_sent()) {
    pending.text = {};
    pending.sent = 0;
    pending.caught = false;
  } else if (pending.caught) {
    pending.DropUnsent();
  }
}

// False where the topic has no more for the stream now.
bool StreamLoop::SendTopic(StreamState& stream, Piece& piece) {
  if (piece.parts.empty() || piece.from != stream.offset) piece = stream.topic->Read(stream.offset);
  if (piece.forgotten) {
    Close(stream, Why::kTooSlow);
    return false;
  }
  if (!piece.parts.empty()) stream.offset += Send(stream, piece.parts);
  if (stream.offset < piece.to) return false;
  if (!piece.reaches_end) return true;
  if (piece.ended) {
    Close(stream, Why::kEnded);
    return false;
  }
  if (drain_by_) TellToComeAgain(stream);
  return drain_by_.has_value();
}

// What follows once all is sent by a stream that has not joined. False where it has to wait.
bool StreamLoop::GoOn(StreamState& stream) {
  Pending& pending = *stream.pending;
  if (pending.ends) {
    Close(stream, Why::kEnded);
    return false;
  }
  if (pending.joins) {
    Join(stream);
    return true;
  }
  if (drain_by_) {
    TellToComeAgain(stream);
    return true;
  }
  if (std::exchange(pending.asked, true)) return false;
  pending.catch_up->unsent = std::exchange(pending.unsent, 0);
  catch_ups_.Ask(pending.catch_up);
  return false;
}

void StreamLoop::Join(StreamState& stream) {
  stream.offset = std::min(*stream.pending->joins, stream.topic->said());
  stream.topic->joined.push_back(stream);
}

// How many bytes the socket took. Where that is not all, the stream is blocked or closed.
std::size_t StreamLoop::Send(StreamState& stream, std::vector<iovec>& parts) {
  std::size_t all = 0;
  for (const iovec& part : parts) all += part.iov_len;
  const ssize_t result = SendOnce(stream.socket, parts);
  if (result < 0 && errno != EAGAIN && errno != EINTR) {
    Close(stream, Why::kGone);
    return 0;
  }
  const std::size_t sent = static_cast<std::size_t>(std::max<ssize_t>(result, 0));
  if (sent > 0) Stamp(stream);
  if (sent < all) {
    stream.blocked = true;
    if (!stream.awaits_room) Watch(stream);
  }
  return sent;
}

// Of one that has not joined its topic yet, which would cut it off. Asked once every comment's
// time.
bool StreamLoop::ReadsNothing(StreamState& stream) const {
  if (!stream.pending || !stream.blocked) return false;
  Pending& pending = *stream.pending;
  const bool read = std::exchange(pending.sent_before, pending.sent) != pending.sent;
  if (read || !pending.reads_nothing_since) pending.reads_nothing_since = now_;
  return now_ - *pending.reads_nothing_since >= patience_;
}

void StreamLoop::SendComments() {
  while (!open_.empty() && open_.front().last_sent + comment_every_ <= now_) {
    StreamState& stream = open_.front();
    Stamp(stream);
    if (ReadsNothing(stream)) {
      Close(stream, Why::kTooSlow);
      continue;
    }
    if (!stream.at_boundary()) continue;
    if (!stream.pending) stream.pending = std::make_unique<Pending>();
    stream.pending->text = std::string(kComment);
    Advance(stream);
  }
}

void StreamLoop::EndWithdrawn() {
  for (auto next = open_.begin(); next != open_.end();) {
    StreamState& stream = *next++;
    if (!stream.may_go_on()) Close(stream, Why::kWithdrawn);
  }
}

void StreamLoop::BeginToDrain(Time by) {
  drain_by_ = drain_by_ ? std::min(*drain_by_, by) : by;
  // Sending changes the order of the list.
  std::vector<StreamState*> streams;
  for (StreamState& stream : open_) streams.push_back(&stream);
  for (StreamState* stream : streams) Advance(*stream);
}

void StreamLoop::EndDrain() {
  if (!drain_by_) return;
  if (now_ >= *drain_by_) CloseAll();
  if (!open_.empty() || counts_.drained.exchange(true)) return;
  counts_.drained.notify_all();
}

// For a stream that has sent all it has.
void StreamLoop::TellToComeAgain(StreamState& stream) {
  if (stream.joined()) stream.topic->joined.erase(stream.topic->joined.iterator_to(stream));
  if (!stream.pending) stream.pending = std::make_unique<Pending>();
  ForgetCatchUp(stream.pending->catch_up);
  stream.pending->text = std::string(kComeAgain);
  stream.pending->ends = true;
}

void StreamLoop::Stamp(StreamState& stream) {
  stream.last_sent = now_;
  open_.splice(open_.end(), open_, open_.iterator_to(stream));
}

void StreamLoop::Watch(StreamState& stream) {
  stream.awaits_room = stream.blocked;
  WatchSocket(poll_, EPOLL_CTL_MOD, stream);
}

void StreamLoop::Close(StreamState& stream, Why why) {
  const int socket = std::exchange(stream.socket, -1);
  epoll_ctl(poll_, EPOLL_CTL_DEL, socket, nullptr);
  if (why == Why::kEnded) {
    // Unread bytes would reset the connection, and what is on its way with it.
    shutdown(socket, SHUT_WR);
    DropInput(socket);
  } else if (why == Why::kTooSlow || why == Why::kWithdrawn) {
    // By a reset: the kernel would keep what nobody reads, and hand out what nobody may read.
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    if (why == Why::kTooSlow) ++counts_.cut_off;
  }
  if (socket >= 0) close(socket);
  if (stream.pending) ForgetCatchUp(stream.pending->catch_up);
  if (stream.joined()) stream.topic->joined.erase(stream.topic->joined.iterator_to(stream));
  if (stream.topic) stream.topic->ForgetListener();
  open_.erase(open_.iterator_to(stream));
  closed_.emplace_back(&stream);
  --counts_.open;
  stream.right.reset();
  if (stream.closed) std::exchange(stream.closed, nullptr)();
}

void StreamLoop::CloseAll() {
  while (!open_.empty()) Close(open_.front(), Why::kGone);
}

}  // namespace rolecall
