// Career sites pretended by the program's own simulator, as a process of its own, so that what it
// costs is told apart.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "bench/program.h"
#include "db/db.h"
#include "sim/world.h"

namespace rolecall {

struct BoardsSettings {
  int companies = 0;
  int jobs = 0;                        // of each
  double churn = 0;                    // the share of jobs that goes in a round
  std::chrono::milliseconds delay{0};  // before each answer
};

class SimulatedBoards {
 public:
  // Every round of the same settings, delay aside, answers the same. Files are kept in the folder.
  SimulatedBoards(const BoardsSettings& settings, const std::filesystem::path& folder);

  const std::string& address() const { return address_; }
  void Next();  // the next round

  // Has the local user follow all of them in a database that holds no board yet.
  void FollowAll(Database& database) const;

 private:
  SimWorld world_;
  std::string address_;
  std::unique_ptr<Program> simulator_;
};

}  // namespace rolecall
