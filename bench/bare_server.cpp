// A request is over where what came ends with an empty line: nobody sends a body, or two at once.
#include "bench/bare_server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <span>
#include <string_view>

#include "bench/loopback.h"
#include "bench/program.h"

namespace rolecall {
namespace {

constexpr int kMostEvents = 64;

void Watch(int poll, int socket) {
  epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
  MustCall("epoll_ctl", epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event));
}

void Accept(int poll, int listening) {
  const int client = MustCall("accept", accept4(listening, nullptr, nullptr, SOCK_CLOEXEC));
  const int yes = 1;
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  Watch(poll, client);
}

void AnswerOn(int client, std::string_view answer) {
  std::array<char, 16'384> room;
  const ssize_t count = recv(client, room.data(), room.size(), 0);
  if (count <= 0) {
    close(client);
    return;
  }
  if (!std::string_view(room.data(), static_cast<std::size_t>(count)).ends_with("\r\n\r\n")) return;
  while (!answer.empty()) {
    const ssize_t sent = send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
    if (sent < 0) return;
    answer.remove_prefix(static_cast<std::size_t>(sent));
  }
}

[[noreturn]] void Serve(const Socket& listening, std::string_view answer) {
  const int poll = MustCall("epoll_create1", epoll_create1(EPOLL_CLOEXEC));
  Watch(poll, listening.get());
  std::array<epoll_event, kMostEvents> events;
  while (true) {
    const int count = MustCall("epoll_wait", epoll_wait(poll, events.data(), kMostEvents, -1));
    for (const epoll_event& event : std::span(events).first(static_cast<std::size_t>(count))) {
      if (event.data.fd == listening.get())
        Accept(poll, listening.get());
      else
        AnswerOn(event.data.fd, answer);
    }
  }
}

}  // namespace

BareServer::BareServer(const std::string& answer) {
  const Socket listening = ListenOnLoopback();
  port_ = PortOf(listening);
  process_ = MustCall("fork", fork());
  if (process_ > 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // nothing is left of a measurement that is killed
  try {
    Serve(listening, answer);
  } catch (...) {
    _exit(1);
  }
}

BareServer::~BareServer() {
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

double BareServer::CpuSeconds() const { return CpuSecondsOf(process_); }

}  // namespace rolecall
