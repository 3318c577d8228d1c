// The program as a child process, and what that costs.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace rolecall {

class Program {
 public:
  // Starts `rolecall ARGUMENT...` with these variables alone. What it says goes to a file in the
  // folder, and is shown where it fails.
  Program(const std::vector<std::string>& arguments,
          const std::map<std::string, std::string>& environment,
          const std::filesystem::path& folder);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();  // kills it where it was not stopped

  // Processor seconds so far, to a hundredth. Throws where it has ended.
  double CpuSeconds() const;

  // Tells it to end, and waits. Throws where it fails.
  struct Used {
    double cpu_seconds = 0;
    double peak_megabytes = 0;
  };
  Used Stop();

 private:
  std::filesystem::path said_;
  pid_t process_ = -1;
};

// The port that a program which was told --port-file wrote there. Throws where none comes in a
// minute.
int AwaitPort(const std::filesystem::path& file);

// Processor seconds so far of a process, to a hundredth. Throws where it has ended.
double CpuSecondsOf(pid_t process);

// Processor seconds so far of the cluster that `backend`, a process of it, belongs to: of all its
// processes, those that ended too.
double CpuSecondsOfCluster(pid_t backend);

}  // namespace rolecall
