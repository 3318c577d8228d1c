// What a reader of the access log sees of requests, on a pipe in the place of stderr.
#include "app/access_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace rolecall {
namespace {

using std::chrono::microseconds;

class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close(ends_[0]);
    EndWriting();
  }

  int into() const { return ends_[1]; }
  void EndWriting() {
    if (ends_[1] >= 0) close(std::exchange(ends_[1], -1));
  }

  // The next one without its end; nothing at the end of all.
  std::optional<std::string> Line() {
    while (!came_.contains('\n')) {
      std::array<char, 65'536> room;
      pollfd coming{ends_[0], POLLIN, 0};
      if (poll(&coming, 1, 10'000) != 1) throw std::runtime_error("no line came");
      const ssize_t got = read(ends_[0], room.data(), room.size());
      if (got <= 0) return std::nullopt;
      came_.append(room.data(), static_cast<std::size_t>(got));
    }
    std::string line = came_.substr(0, came_.find('\n'));
    came_.erase(0, line.size() + 1);
    return line;
  }

  std::vector<std::string> Rest() {
    std::vector<std::string> lines;
    while (auto line = Line()) lines.push_back(*std::move(line));
    return lines;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
  std::string came_;
};

Exchange Asked(std::string path) {
  return {.method = "GET",
          .path = std::move(path),
          .status = 200,
          .bytes = 17,
          .took = microseconds(1'250),
          .peer = "10.1.2.3"};
}

// What stands behind the time.
std::string Told(const std::string& line) { return line.substr(line.find(' ') + 1); }

TEST(AccessLog, WritesALineOfEachRequestWithItsTime) {
  Pipe pipe;
  AccessLog log(pipe.into());

  log.Note(Asked("/health"));

  const std::string line = pipe.Line().value();
  EXPECT_EQ(Told(line), "10.1.2.3 GET /health 200 17 bytes 1.2 ms");
  EXPECT_TRUE(FromIso(line.substr(0, line.find(' ')))) << line;
}

TEST(AccessLog, SaysWhyAHandlerFailedOnTheSameLine) {
  Pipe pipe;
  AccessLog log(pipe.into());
  Exchange failed = Asked("/api/jobs");
  failed.failure = "the database\nwent away";

  log.Note(failed);

  EXPECT_TRUE(pipe.Line().value().ends_with("ms: the database went away"));
}

TEST(AccessLog, MakesHarmlessWhatAClientWrote) {
  Pipe pipe;
  AccessLog log(pipe.into());

  log.Note(Asked("/\x1b[2J\n" + std::string(500, 'a')));

  EXPECT_EQ(Told(pipe.Line().value()),
            "10.1.2.3 GET /?[2J?" + std::string(194, 'a') + " 200 17 bytes 1.2 ms");
}

TEST(AccessLog, KeepsTheOrderOfManyAndWritesWhatWaitsAtItsEnd) {
  Pipe pipe;
  std::vector<std::string> lines;
  std::thread reader([&] { lines = pipe.Rest(); });

  {
    AccessLog log(pipe.into());
    for (int i = 0; i < 4'000; ++i) log.Note(Asked(fmt::format("/{}", i)));
  }
  pipe.EndWriting();
  reader.join();

  ASSERT_EQ(lines.size(), 4'000U);
  for (int i = 0; i < 4'000; ++i)
    ASSERT_EQ(Told(lines[static_cast<std::size_t>(i)]),
              fmt::format("10.1.2.3 GET /{} 200 17 bytes 1.2 ms", i));
}

TEST(AccessLog, TellsHowManyWereLostWhileNobodyRead) {
  constexpr int kAsked = 50'000;
  Pipe pipe;
  std::vector<std::string> lines;

  std::thread reader;
  {
    AccessLog log(pipe.into());
    for (int i = 0; i < kAsked; ++i) log.Note(Asked(fmt::format("/{}", i)));
    reader = std::thread([&] { lines = pipe.Rest(); });
  }
  pipe.EndWriting();
  reader.join();

  int lost = 0;
  std::size_t told = 0;
  for (const std::string& line : lines) {
    if (!line.ends_with("lines of requests were lost: nobody read")) continue;
    lost += std::stoi(Told(line));
    ++told;
  }
  EXPECT_GT(lost, 0);
  EXPECT_EQ(static_cast<int>(lines.size() - told) + lost, kAsked);
  EXPECT_EQ(Told(lines.back()), fmt::format("10.1.2.3 GET /{} 200 17 bytes 1.2 ms", kAsked - 1));
}

}  // namespace
}  // namespace rolecall
