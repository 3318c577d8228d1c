// What an idle stream costs in memory, and how long an event takes to reach thousands of sockets.
#include <malloc.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <future>
#include <system_error>
#include <thread>

#include "bench/must.h"
#include "streams/streams.h"

namespace rolecall {
namespace {

constexpr int kIdle = 10'000;
constexpr int kThreads = 500;
constexpr double kMostBytes = 1024;
constexpr int kUnread = 400;
constexpr int kPage = 1'000;
constexpr double kMostOfPage = 0.25;
constexpr int kTold = 5'000;
constexpr int kRounds = 41;
constexpr double kMostRatio = 1.5;

constexpr std::string_view kAboutMemory = R"(
Memory: resident bytes that the process grows by for each of {} streams over loopback TCP which came
all at once, caught up, joined one topic and were told one event; what catching up took for a moment
is in it, and their clients are another process. Beside it, for each of {} threads that each would
wait for the news of one stream.
)";

constexpr std::string_view kAboutUnread = R"(
Unread: resident bytes that the process grows by for each of {} streams over loopback TCP that are
behind with pages of {} events of {} bytes, and whose clients read nothing; beside it a page, which
a stream would hold that keeps what it was given. The kernel's room for what was sent is not in it.
)";

constexpr std::string_view kAboutTelling = R"(
Telling: milliseconds from Say() of an event of {} bytes until it lies in all of {} sockets over
loopback TCP, beside a bare loop of send over the same sockets; nobody reads meanwhile. Medians of {}
rounds in which both take turns.
)";

// The result of a system call.
int MustCall(std::string_view what, int result) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), std::string(what));
  return result;
}

double Median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.at(values.size() / 2);
}

std::string Said(bool met) { return met ? "met" : "MISSED"; }

// As many descriptors as the machine allows this process.
void AllowManyDescriptors() {
  rlimit limit{};
  MustCall("getrlimit", getrlimit(RLIMIT_NOFILE, &limit));
  limit.rlim_cur = limit.rlim_max;
  MustCall("setrlimit", setrlimit(RLIMIT_NOFILE, &limit));
}

class Listening {
 public:
  Listening() : socket_(MustCall("socket", socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address_);
    auto* address = reinterpret_cast<sockaddr*>(&address_);
    MustCall("bind", bind(socket_, address, size));
    MustCall("listen", listen(socket_, 128));
    MustCall("getsockname", getsockname(socket_, address, &size));
  }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;
  ~Listening() { close(socket_); }

  int Connect() const {
    const int client = MustCall("socket", socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto* address = reinterpret_cast<const sockaddr*>(&address_);
    MustCall("connect", connect(client, address, sizeof(address_)));
    return client;
  }
  int Accept() const {
    return MustCall("accept", accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC));
  }

 private:
  int socket_;
  sockaddr_in address_{};
};

double ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  double size = 0, resident = 0;
  if (!(file >> size >> resident)) throw std::runtime_error("/proc/self/statm cannot be read");
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

// Reads one event on each connection, says so, and holds them all until it is killed.
[[noreturn]] void BeClients(const Listening& listening, int tell) {
  std::vector<int> clients;
  for (int i = 0; i < kIdle; ++i) clients.push_back(listening.Connect());
  for (const int client : clients) {
    std::string text;
    while (!text.ends_with("data: told\n\n")) {
      char byte = 0;
      if (recv(client, &byte, 1, 0) != 1) _exit(1);
      text += byte;
    }
  }
  if (write(tell, "!", 1) != 1) _exit(1);
  while (true) pause();
}

class Clients {
 public:
  explicit Clients(const Listening& listening) {
    std::array<int, 2> ends{};
    MustCall("pipe", pipe(ends.data()));
    child_ = MustCall("fork", fork());
    if (child_ == 0) BeClients(listening, ends[1]);
    told_ = ends[0];
    close(ends[1]);
  }
  Clients(const Clients&) = delete;
  Clients& operator=(const Clients&) = delete;
  ~Clients() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
    close(told_);
  }

  void AwaitTold() const {
    char byte = 0;
    if (read(told_, &byte, 1) != 1) throw std::runtime_error("a client was not told");
  }

 private:
  pid_t child_ = -1;
  int told_ = -1;
};

double BytesOfStream() {
  const Listening listening;
  const Clients clients(listening);
  std::vector<int> sockets;
  for (int i = 0; i < kIdle; ++i) sockets.push_back(listening.Accept());
  Streams streams({});
  const auto topic = streams.MakeTopic();
  malloc_trim(0);
  const double before = ResidentBytes();
  for (const int socket : sockets) {
    auto held = std::make_shared<int>(socket);
    streams.Add(socket,
                {.first = "retry: 1000\n\n",
                 .topic = topic,
                 .catch_up = [held](std::size_t) -> Result<CatchUp> {
                   return CatchUp{.events = "", .joins = 0};
                 }},
                [held]() mutable { held.reset(); });
  }
  topic->Say("data: told\n\n");
  clients.AwaitTold();
  MustEqual("open streams", std::size_t{kIdle}, streams.count());
  return (ResidentBytes() - before) / kIdle;
}

double BytesOfThread() {
  malloc_trim(0);
  const double before = ResidentBytes();
  std::promise<void> release;
  const auto released = release.get_future().share();
  std::vector<std::promise<void>> waits(kThreads);
  std::vector<std::jthread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([&, i] {
      waits[static_cast<std::size_t>(i)].set_value();
      released.wait();
    });
  for (std::promise<void>& wait : waits) wait.get_future().wait();
  const double bytes = (ResidentBytes() - before) / kThreads;
  release.set_value();
  return bytes;
}

// Until nobody has asked for a page for half a second.
void AwaitStill(const std::atomic<int>& asked) {
  int before = -1;
  while (before != asked) {
    before = asked;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
}

double BytesOfUnread(const std::string& event) {
  const Listening listening;
  std::vector<int> clients, sockets;
  for (int i = 0; i < kUnread; ++i) {
    clients.push_back(listening.Connect());
    sockets.push_back(listening.Accept());
  }
  Streams streams({});
  const auto topic = streams.MakeTopic();
  std::atomic<int> asked = 0;
  malloc_trim(0);
  const double before = ResidentBytes();
  for (const int socket : sockets)
    streams.Add(socket,
                {.first = "retry: 1000\n\n",
                 .topic = topic,
                 .catch_up = [&](std::size_t) -> Result<CatchUp> {
                   ++asked;
                   CatchUp page;
                   for (int i = 0; i < kPage; ++i) page.events += event;
                   return page;
                 }},
                {});
  AwaitStill(asked);
  malloc_trim(0);
  const double bytes = (ResidentBytes() - before) / kUnread;
  MustEqual("open streams", std::size_t{kUnread}, streams.count());
  for (const int client : clients) close(client);
  return bytes;
}

void MeasureUnread() {
  const std::string event = fmt::format("id: 1\ndata: {}\n\n", std::string(586, 'x'));
  const double page = kPage * static_cast<double>(event.size());
  fmt::print(kAboutUnread, kUnread, kPage, event.size());
  const double unread = BytesOfUnread(event);
  fmt::print("  a stream {:.0f} bytes, a page {:.0f} bytes: {:.2f}   at most {}: {}\n", unread,
             page, unread / page, kMostOfPage, Said(unread <= kMostOfPage * page));
  std::fflush(stdout);
}

void MeasureMemory() {
  fmt::print(kAboutMemory, kIdle, kThreads);
  const double stream = BytesOfStream();
  const double thread = BytesOfThread();
  fmt::print(
      "  a stream {:.0f} bytes, a thread {:.0f} bytes: 1/{:.0f}   at most {:.0f} bytes: {}\n",
      stream, thread, thread / stream, kMostBytes, Said(stream <= kMostBytes));
  std::fflush(stdout);
}

// Both ends of connections; the clients' ends are read between rounds only.
class Connections {
 public:
  Connections() {
    const Listening listening;
    for (int i = 0; i < kTold; ++i) {
      clients_.push_back(listening.Connect());
      servers_.push_back(listening.Accept());
    }
  }
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;
  ~Connections() {
    for (const int client : clients_) close(client);
  }
  const std::vector<int>& servers() const { return servers_; }

  // The streams go through their listeners in the order in which these came.
  void AwaitLast() const {
    pollfd last{.fd = clients_.back(), .events = POLLIN, .revents = 0};
    MustCall("poll", poll(&last, 1, 60'000));
  }
  // Those that have just been added may be told in another order.
  void AwaitAll() const {
    for (const int client : clients_) {
      pollfd one{.fd = client, .events = POLLIN, .revents = 0};
      MustCall("poll", poll(&one, 1, 60'000));
    }
  }
  void ReadAll(const std::string& event) const {
    std::string text(event.size() + 1, '\0');
    for (const int client : clients_) {
      const ssize_t count = recv(client, text.data(), text.size(), MSG_DONTWAIT);
      MustEqual("bytes in a socket", static_cast<ssize_t>(event.size()), count);
    }
  }

 private:
  std::vector<int> clients_, servers_;
};

template <typename Tell>
double Time(const Connections& connections, const std::string& event, const Tell& tell) {
  const auto began = std::chrono::steady_clock::now();
  tell();
  connections.AwaitLast();
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
  connections.ReadAll(event);
  return took.count();
}

void MeasureTelling() {
  const std::string event = fmt::format("id: 1\ndata: {}\n\n", std::string(180, 'x'));
  fmt::print(kAboutTelling, event.size(), kTold, kRounds);
  const Connections connections;
  Streams streams({.comment_every = std::chrono::hours(1)});
  const auto topic = streams.MakeTopic();
  for (const int socket : connections.servers())
    streams.Add(socket, {.first = {}, .topic = topic}, {});
  const auto say = [&] { topic->Say(event); };
  const auto loop = [&] {
    for (const int socket : connections.servers())
      send(socket, event.data(), event.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  };
  say();
  connections.AwaitAll();
  connections.ReadAll(event);
  std::vector<double> said, looped;
  for (int round = 0; round < kRounds; ++round) {
    if (round % 2 == 0) said.push_back(Time(connections, event, say));
    looped.push_back(Time(connections, event, loop));
    if (round % 2 == 1) said.push_back(Time(connections, event, say));
  }
  const double ratio = Median(said) / Median(looped);
  fmt::print("  said {:.2f} ms, bare loop {:.2f} ms: {:.2f}   at most {}: {}\n", Median(said),
             Median(looped), ratio, kMostRatio, Said(ratio <= kMostRatio));
  std::fflush(stdout);
}

}  // namespace
}  // namespace rolecall

int main() {
  try {
    rolecall::AllowManyDescriptors();
    rolecall::MeasureMemory();
    rolecall::MeasureUnread();
    rolecall::MeasureTelling();
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench_streams: {}\n", failure.what());
    return 1;
  }
  return 0;
}
