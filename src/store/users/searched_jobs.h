// What of a user's jobs decides whether they are found, and where: little more than their titles.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "store/users/job_search.h"

namespace rolecall {

// As the view jobs has it.
enum class JobStatus : std::uint8_t { kPending, kReady, kError, kExpired };
inline constexpr std::array<const char*, 4> kJobStatuses{"pending", "ready", "error", "expired"};

// An open job whose content is not there.
struct UnreadyJob {
  std::int64_t id = 0;
  std::string company;
  JobStatus status = JobStatus::kPending;
};

// All of the user, in the order of ids.
Result<std::vector<UnreadyJob>> LoadUnreadyJobs(Connection& db, std::int64_t user_id);

// A row that begins with a job's id and whether it is expired, and has what else is asked of the
// job: when it was first seen, company, title, location, whether it is missing, and withheld.
// Valid as long as the row.
class SearchedJob {
 public:
  SearchedJob(const Row& row, const std::vector<UnreadyJob>& unready);

  std::int64_t id() const { return row_.Int(0); }
  JobStatus status() const { return status_; }
  Timestamp first_seen_at() const { return row_.Time(2); }
  std::string_view company() const { return row_.Text(3); }
  std::string_view title() const { return row_.Text(4); }
  std::string_view location() const { return row_.Text(5); }
  bool missing() const { return row_.Bool(6); }
  bool withheld() const { return row_.Bool(7); }

 private:
  const Row& row_;
  JobStatus status_ = JobStatus::kReady;
};

// Shows `read` the next 5,000 jobs of the user that are not older than the filter's `since`, in the
// order of ids behind `after`, which becomes the last one's. False where no more follow.
Result<bool> ReadSearchedJobs(Connection& db, std::int64_t user_id, const JobFilter& filter,
                              const std::vector<UnreadyJob>& unready, std::int64_t& after,
                              const std::function<void(const SearchedJob&)>& read);

// Must not outlive its filter, whose `since` is not its concern.
class JobMatcher {
 public:
  explicit JobMatcher(const JobFilter& filter);

  bool TakesCompany(std::string_view company) const;
  bool TakesStatus(JobStatus status) const;  // some job of this status, whatever its marks
  bool TakesStatusAndMarks(const SearchedJob& job) const;
  bool TakesText(const SearchedJob& job) const;

  // Whether TakesCompany and TakesStatus say all, and the filter has no `since` either.
  bool IsPlain() const;

 private:
  const JobFilter& filter_;
  std::vector<std::string> words_;  // folded
};

}  // namespace rolecall
