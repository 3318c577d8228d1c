// Which processes count as dead, seen on real ones.
#include "run/worker_name.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace rolecall {
namespace {

// A process that told its name and ended; nobody has asked how yet.
struct Ended {
  pid_t process = -1;
  std::string name;
};

Ended EndedProcess() {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t process = fork();
  if (process == 0) {
    const std::string name = NewWorkerName();
    const auto written = write(ends[1], name.data(), name.size());
    _exit(written == static_cast<ssize_t>(name.size()) ? 0 : 1);
  }
  close(ends[1]);
  Ended ended{process, {}};
  char letter = 0;
  while (read(ends[0], &letter, 1) == 1) ended.name += letter;
  close(ends[0]);
  siginfo_t how{};
  EXPECT_EQ(waitid(P_PID, static_cast<id_t>(process), &how, WEXITED | WNOWAIT), 0);
  return ended;
}

TEST(WorkerName, IsAnotherAtEachCallAndOfALivingProcess) {
  const std::string one = NewWorkerName(), two = NewWorkerName();

  EXPECT_NE(one, two);
  EXPECT_FALSE(IsDead(one));
  EXPECT_FALSE(IsDead(two));
}

TEST(WorkerName, IsOfTheDeadOnceItsProcessEnded) {
  const Ended ended = EndedProcess();

  EXPECT_TRUE(IsDead(ended.name)) << "a zombie: " << ended.name;
  ASSERT_EQ(waitpid(ended.process, nullptr, 0), ended.process);
  EXPECT_TRUE(IsDead(ended.name)) << ended.name;
}

TEST(WorkerName, IsOfTheDeadWhereAnotherProcessHasItsNumber) {
  std::string name = NewWorkerName();
  const auto number = name.rfind('/');
  const auto started = name.rfind('/', number - 1);
  name.replace(started + 1, number - started - 1, "1");

  EXPECT_TRUE(IsDead(name)) << name;
}

TEST(WorkerName, OfElsewhereIsNeverKnownToBeDead) {
  const Ended ended = EndedProcess();
  waitpid(ended.process, nullptr, 0);

  EXPECT_FALSE(IsDead("elsewhere" + ended.name));
  EXPECT_FALSE(IsDead(""));
  EXPECT_FALSE(IsDead("unknown/1/2/3"));
}

}  // namespace
}  // namespace rolecall
