// A new password, from a terminal and from a pipe.
#include "cli/terminal/password.h"

#include <gmock/gmock.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <future>
#include <thread>

namespace rolecall {
namespace {

using testing::HasSubstr;

class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_.data()), 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() { close(ends_[0]); }

  // What is read where this is all that comes.
  Result<std::string> Password(std::string_view text) {
    EXPECT_EQ(write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    close(ends_[1]);
    return ReadNewPassword(ends_[0], {});
  }

 private:
  std::array<int, 2> ends_{};
};

TEST(ReadNewPassword, TakesTheFirstLineOfAPipe) {
  EXPECT_EQ(Pipe().Password("correct horse\nmore\n").value(), "correct horse");
  EXPECT_EQ(Pipe().Password(" with blanks ").value(), " with blanks ");
  EXPECT_EQ(Pipe().Password("of Windows\r\n").value(), "of Windows");
  EXPECT_EQ(Pipe().Password("\n").value(), "");
  EXPECT_FALSE(Pipe().Password(""));
}

TEST(ReadNewPassword, ReadsNoMoreThanAnyPasswordHas) {
  EXPECT_EQ(Pipe().Password(std::string(50'000, 'a')).value().size(), 1025);
}

// A terminal, and somebody who types once it shows nothing any more.
class Typist {
 public:
  Typist() { EXPECT_EQ(openpty(&hand_, &terminal_, nullptr, nullptr, nullptr), 0); }
  Typist(const Typist&) = delete;
  Typist& operator=(const Typist&) = delete;
  ~Typist() {
    close(hand_);
    close(terminal_);
  }

  bool shows() const {
    termios now{};
    EXPECT_EQ(tcgetattr(terminal_, &now), 0);
    return (now.c_lflag & ECHO) != 0;
  }
  void AwaitHidden() const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (shows() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    EXPECT_FALSE(shows());
  }
  Result<std::string> Password(std::string_view typed) {
    auto reading =
        std::async(std::launch::async, [this] { return ReadNewPassword(terminal_, {}); });
    AwaitHidden();
    EXPECT_EQ(write(hand_, typed.data(), typed.size()), static_cast<ssize_t>(typed.size()));
    return reading.get();
  }
  // All that the terminal has shown.
  std::string Shown() const {
    std::array<char, 256> shown{};
    const ssize_t size = read(hand_, shown.data(), shown.size());
    return {shown.data(), static_cast<std::size_t>(size < 0 ? 0 : size)};
  }
  int terminal() const { return terminal_; }

 private:
  int hand_ = -1, terminal_ = -1;
};

TEST(ReadNewPassword, AsksATerminalTwiceWithoutShowingIt) {
  Typist typist;

  const auto password = typist.Password("correct horse\ncorrect horse\n");

  ASSERT_TRUE(password) << password.error().message;
  EXPECT_EQ(*password, "correct horse");
  EXPECT_TRUE(typist.shows());
  EXPECT_EQ(write(typist.terminal(), "end", 3), 3);
  EXPECT_EQ(typist.Shown(), "end");
}

TEST(ReadNewPassword, RefusesTwoThatDiffer) {
  Typist typist;

  const auto password = typist.Password("correct horse\ncorrect house\n");

  ASSERT_FALSE(password);
  EXPECT_THAT(password.error().message, HasSubstr("differ"));
  EXPECT_TRUE(typist.shows());
}

TEST(ReadNewPassword, ShowsAgainWhatIsTypedOnceItIsToStop) {
  Typist typist;
  std::stop_source interrupts;
  auto reading = std::async(std::launch::async, [&] {
    return ReadNewPassword(typist.terminal(), interrupts.get_token());
  });
  typist.AwaitHidden();

  interrupts.request_stop();
  const auto password = reading.get();

  ASSERT_FALSE(password);
  EXPECT_EQ(password.error().code, Errc::kCancelled);
  EXPECT_TRUE(typist.shows());
}

}  // namespace
}  // namespace rolecall
