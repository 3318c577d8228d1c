// Jobs of a user that match, a page at a time, with what there is of each company, status and
// place.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "store/search/text_hits.h"
#include "store/users/jobs_view.h"

namespace rolecall {

enum class JobStatusFilter : std::uint8_t {
  kAll,
  kOpen,  // whatever is not expired
  kPending,
  kReady,
  kError,
  kExpired,
  kMissing,   // open, and marked so
  kWithheld,  // open, and marked so
};

// In their order.
inline constexpr std::array<std::string_view, 8> kJobStatusFilters{
    "all", "open", "pending", "ready", "error", "expired", "missing", "withheld"};

struct JobFilter {
  std::string text;                    // as search/sought_words reads it, but for its "since:"
  std::vector<std::string> companies;  // empty: all
  JobStatusFilter status = JobStatusFilter::kAll;
  std::optional<Timestamp> since;  // first seen at or after
  std::string since_as_written;    // of which it was read: "7d" is another time with each page
  // Only these, in the order of ids, also hidden ones; null: all.
  std::shared_ptr<const std::vector<std::int64_t>> jobs;
  std::string jobs_as_asked;  // of which they were found: "12 new"
  // All jobs of the user as they are now, where they are kept in memory, and which of them its
  // plain words fit, by an index; null: rows are looked at.
  std::shared_ptr<const UserRoll> roll;
  std::shared_ptr<const TextHits> hits;
};

enum class JobSort : std::uint8_t {
  kCompany,  // then title
  kNewest,   // first seen last
  kTitle,    // then company
  kPosted,   // by the board's own date, else when it was first seen; the latest first
  kBest,     // by how its plain words fit, then first seen last
  kCame      // by the run in which it came or came back; the latest first
};

// Where a job stands in an order: by each in turn. Two jobs never stand at the same place.
struct JobPlace {
  std::string first;   // folded
  std::string second;  // folded; of a title only the beginning
  // Negative, of kNewest, kPosted and kBest: milliseconds since 1970, and far above them the fit;
  // of kCame the run.
  std::int64_t number = 0;
  std::int64_t id = 0;  // of these negative
  auto operator<=>(const JobPlace&) const = default;
};

struct JobSearch {
  JobFilter filter;
  JobSort sort = JobSort::kCompany;
  std::optional<JobPlace> after;  // only what stands behind it
  int limit = 50;
  bool counts_places = false;  // also what there is of each place, and of remote work
};

struct JobsFound {
  std::vector<JobRow> jobs;
  std::optional<JobPlace> next;  // the place of the last of them, where more follow
  std::int64_t total = 0;        // of all that match
  // What there would be of each company whatever company is asked for, and of each status whatever
  // status is.
  std::vector<std::pair<std::string, std::int64_t>> by_company;  // in their order
  std::map<std::string, std::int64_t> by_status;
  // Where they are counted: of each name of a place whatever names are asked for, those that most
  // jobs have, and those that are asked for; most first, then by name. Of remote work whether it is
  // asked for or not.
  std::vector<std::pair<std::string, std::int64_t>> by_place;
  std::int64_t remote = 0, not_remote = 0;
};

// By a roll it takes what it shows. Without one, where there are 100,000 jobs, it takes some 30 ms,
// and up to 0.2 s where each of them has to be looked at: for words without an index, `since`, the
// two marks, and in the order of titles or of the boards' own dates. Several statements: what is
// written meanwhile may be counted and not shown, or shown and not counted.
Result<JobsFound> FindJobs(Connection& db, std::int64_t user_id, const JobSearch& search);

// Whoever has to see every job that matches, in the order of ids. Uses the database in Next alone.
class JobWalk {
 public:
  JobWalk(std::int64_t user_id, JobFilter filter) : user_id_(user_id), filter_(std::move(filter)) {}

  // The next up to 1,000 that match, whatever became of the others since; none at the end.
  Result<std::vector<JobRow>> Next(Connection& db);

 private:
  std::int64_t user_id_;
  JobFilter filter_;
  std::vector<std::int64_t> waiting_;  // ids that match, and were not given yet
  std::int64_t after_ = 0;             // the id of the last job that was looked at
  bool ended_ = false;
};

}  // namespace rolecall
