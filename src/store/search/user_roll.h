// All jobs of one user in memory, by their ids: what of each decides whether a search shows it, and
// where, without its texts.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "db/db.h"
#include "search/index_file.h"
#include "search/place_table.h"
#include "store/search/roll_titles.h"
#include "store/users/marks.h"

namespace rolecall {

struct RolledJob {
  std::int64_t id = 0;
  std::int64_t first_seen_ms = 0;  // since 1970
  std::int64_t came_run = 0;
  std::uint32_t company = 0;  // in UserRoll::companies
  // Together as large as a number, since there are many.
  bool expired : 1 = false;
  std::uint32_t places : 31 = 0;  // in PlaceTable::texts
};
static_assert(sizeof(RolledJob) == 32);

struct OpenAndExpired {
  std::int64_t open = 0, expired = 0;
};

struct UserRoll {
  std::int64_t version = 0;            // of user_rolls
  std::vector<RolledJob> jobs;         // in the order of ids
  std::vector<std::uint32_t> newest;   // places in `jobs`, first seen last, then the greater id
  std::vector<std::string> companies;  // in their order
  // Of each company: its words, as IndexWords makes them, its jobs, and where their places begin in
  // of_companies, which ends with where the last of them end.
  std::vector<std::vector<std::string>> words_of_companies;
  std::vector<OpenAndExpired> counts;
  std::vector<std::uint32_t> begins;
  std::vector<std::uint32_t> of_companies;
  std::shared_ptr<const PlaceTable> places = std::make_shared<const PlaceTable>();
  std::vector<OpenAndExpired> counts_of_places;  // by PlaceTable::texts
  std::shared_ptr<RollTitles> titles = std::make_shared<RollTitles>();
  std::shared_ptr<const UserMarks> marks = std::make_shared<const UserMarks>();

  const RolledJob* Find(std::int64_t id) const;  // null where there is none
  using Places = std::vector<std::uint32_t>::const_iterator;
  std::pair<Places, Places> PlacesOf(std::uint32_t company) const {
    return {of_companies.begin() + begins[company], of_companies.begin() + begins[company + 1]};
  }
};

// Rolls of those users that asked last, for as long as nothing of theirs was written. Safe to use
// from several threads.
class KeptRolls {
 public:
  // As the database has it: read whole the first time, then by what was written since, of the
  // user's rows and of the boards.
  Result<std::shared_ptr<const UserRoll>> Load(Connection& db, std::int64_t user_id);

 private:
  struct Kept {
    std::int64_t user_id = 0;
    std::shared_ptr<const UserRoll> roll;
    // With which the roll agrees.
    BoardsSum sum;
    std::shared_ptr<const BoardVersions> boards;
  };

  std::optional<Kept> Find(std::int64_t user_id);
  void Keep(Kept kept);

  std::mutex mutex_;
  std::list<Kept> newest_first_;
};

}  // namespace rolecall
