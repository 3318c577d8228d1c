// Names a worker so that its death can be seen. A process id alone is given again; with its start
// time (proc(5), stat, field 22) it is not.
#include "run/worker_name.h"

#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

namespace rolecall {
namespace {

std::string FirstWord(const std::string& path) {
  std::ifstream file(path);
  std::string word;
  file >> word;
  return word;
}

struct Process {
  char state = '?';
  std::string started;  // clock ticks after boot
};

std::optional<Process> LookAtProcess(std::string_view pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  // The name of the program, in parentheses, may hold anything.
  const auto name_ends = line.rfind(')');
  if (name_ends == std::string::npos) return std::nullopt;
  std::vector<std::string> fields;
  std::string_view rest = std::string_view(line).substr(name_ends + 1);
  while (!rest.empty()) {
    const auto blank = std::min(rest.find(' '), rest.size());
    if (blank > 0) fields.emplace_back(rest.substr(0, blank));
    rest.remove_prefix(std::min(blank + 1, rest.size()));
  }
  constexpr std::size_t kStarted = 22 - 3;  // the fields before are pid, name and state
  if (fields.size() <= kStarted) return std::nullopt;
  return Process{fields[0][0], fields[kStarted]};
}

// Whether there is no such process; one that /proc hides from us is somebody.
bool IsNobody(std::string_view pid) {
  pid_t number = 0;
  const auto [end, failure] = std::from_chars(pid.data(), pid.data() + pid.size(), number);
  return failure == std::errc{} && end == pid.data() + pid.size() && number > 0 &&
         kill(number, 0) != 0 && errno == ESRCH;
}

// What this process and those that it can see have in common; empty where that is not known.
std::string Surroundings() {
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  const std::string boot = FirstWord("/proc/sys/kernel/random/boot_id");
  std::error_code failure;
  const auto pids = std::filesystem::read_symlink("/proc/self/ns/pid", failure);
  if (boot.empty() || failure) return "";
  return fmt::format("{}/{}/{}", host.data(), boot, pids.string());
}

}  // namespace

std::string NewRemoteWorkerName() {
  constexpr std::size_t kRandom = 8;
  std::array<unsigned char, kRandom> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 2 * kRandom + 1> hex;
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  return fmt::format("remote/{}", hex.data());
}

std::string NewWorkerName() {
  static std::atomic<int> count = 0;
  const std::string surroundings = Surroundings();
  const std::string pid = fmt::format("{}", getpid());
  const auto self = LookAtProcess(pid);
  return fmt::format("{}/{}/{}/{}", surroundings.empty() ? "unknown" : surroundings, pid,
                     self ? self->started : "0", ++count);
}

bool IsDead(std::string_view worker) {
  const std::string surroundings = Surroundings();
  if (surroundings.empty() || !worker.starts_with(surroundings + "/")) return false;
  worker.remove_prefix(surroundings.size() + 1);
  const auto pid_ends = worker.find('/');
  const auto start_ends = worker.rfind('/');
  if (pid_ends == std::string_view::npos || start_ends <= pid_ends) return false;
  const auto process = LookAtProcess(worker.substr(0, pid_ends));
  if (!process) return IsNobody(worker.substr(0, pid_ends));
  // A zombie has ended, whoever has yet to hear of it.
  return process->state == 'Z' || process->state == 'X' ||
         process->started != worker.substr(pid_ends + 1, start_ends - pid_ends - 1);
}

}  // namespace rolecall
