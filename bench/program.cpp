// fork, exec, wait4, and /proc.
#include "bench/program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace rolecall {
namespace {

constexpr std::chrono::seconds kPatience{60};

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

std::string Contents(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// proc(5): fields 4 and 14 to 17 of /proc/PID/stat.
struct ProcessStat {
  pid_t parent = 0;
  double own = 0;       // processor seconds
  double children = 0;  // of those that ended and were waited for
};

ProcessStat StatOf(const std::string& process) {
  const std::string text = Contents("/proc/" + process + "/stat");
  // The name, the second field, may hold anything.
  std::istringstream rest(text.substr(std::min(text.rfind(')') + 1, text.size())));
  std::string skipped;
  ProcessStat stat;
  std::array<double, 4> ticks{};
  rest >> skipped >> stat.parent;
  for (int field = 5; field <= 13; ++field) rest >> skipped;
  for (double& one : ticks) rest >> one;
  if (!rest) throw std::runtime_error(fmt::format("there is no process {}", process));
  const auto per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  stat.own = (ticks[0] + ticks[1]) / per_second;
  stat.children = (ticks[2] + ticks[3]) / per_second;
  return stat;
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments,
                 const std::map<std::string, std::string>& environment,
                 const std::filesystem::path& folder) {
  static int count = 0;
  said_ = folder / fmt::format("program_{}.log", ++count);
  std::vector<std::string> command{ROLECALL_PROGRAM}, variables;
  command.insert(command.end(), arguments.begin(), arguments.end());
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  const std::vector<char*> words = Pointers(command), settings = Pointers(variables);
  process_ = fork();
  if (process_ < 0) throw std::runtime_error("no process can be started");
  if (process_ > 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // nothing is left of a measurement that is killed
  const int nothing = open("/dev/null", O_RDWR);
  const int said = open(said_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
  dup2(said, STDERR_FILENO);
  execve(words[0], words.data(), settings.data());
  _exit(127);
}

Program::~Program() {
  if (process_ <= 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

double Program::CpuSeconds() const { return CpuSecondsOf(process_); }

Program::Used Program::Stop() {
  kill(process_, SIGTERM);
  int status = 0;
  rusage used{};
  wait4(std::exchange(process_, -1), &status, 0, &used);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw std::runtime_error(
        fmt::format("{} ended with status {}: {}", ROLECALL_PROGRAM, status, Contents(said_)));
  return {.cpu_seconds = Seconds(used.ru_utime) + Seconds(used.ru_stime),
          .peak_megabytes = static_cast<double>(used.ru_maxrss) / 1024};
}

int AwaitPort(const std::filesystem::path& file) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  int port = 0;
  while (!(std::ifstream(file) >> port)) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error(fmt::format("no port was written to {}", file.string()));
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return port;
}

double CpuSecondsOf(pid_t process) { return StatOf(std::to_string(process)).own; }

double CpuSecondsOfCluster(pid_t backend) {
  const pid_t postmaster = StatOf(std::to_string(backend)).parent;
  const ProcessStat whole = StatOf(std::to_string(postmaster));
  double seconds = whole.own + whole.children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    try {
      const ProcessStat one = StatOf(name);
      if (one.parent == postmaster) seconds += one.own;
    } catch (const std::runtime_error&) {
      // It ended meanwhile.
    }
  }
  return seconds;
}

}  // namespace rolecall
