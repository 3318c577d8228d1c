// All jobs of one user in memory, by their ids: what of each decides whether a search shows it, and
// where, without its texts.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "db/db.h"

namespace rolecall {

struct RolledJob {
  std::int64_t id = 0;
  std::int64_t first_seen_ms = 0;  // since 1970
  std::int64_t came_run = 0;
  std::uint32_t company = 0;  // in UserRoll::companies
  bool expired = false;
};

struct UserRoll {
  std::int64_t version = 0;     // of user_rolls
  std::vector<RolledJob> jobs;  // in the order of ids
  std::vector<std::string> companies;
  std::vector<std::vector<std::string>> words_of_companies;  // of each, as IndexWords makes them
};

// Rolls of those users that asked last, for as long as nothing of theirs was written. Safe to use
// from several threads.
class KeptRolls {
 public:
  // As the database has it: read whole the first time, then by what was written since.
  Result<std::shared_ptr<const UserRoll>> Load(Connection& db, std::int64_t user_id);

 private:
  struct Kept {
    std::int64_t user_id;
    std::shared_ptr<const UserRoll> roll;
  };

  std::shared_ptr<const UserRoll> Find(std::int64_t user_id);
  void Keep(std::int64_t user_id, std::shared_ptr<const UserRoll> roll);

  std::mutex mutex_;
  std::list<Kept> newest_first_;
};

}  // namespace rolecall
