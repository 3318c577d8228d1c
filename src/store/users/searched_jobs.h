// What of a user's jobs decides whether they are found, and where: little more than their titles.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "db/sql_text.h"
#include "search/sought_words.h"
#include "store/users/job_search.h"
#include "store/users/marks.h"

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

// A job, as a row of kSearchedOf its id, whether it is expired, and what else is asked of it; what
// is not in the row reads as 0 or "". Each is read when it is asked for, without a copy. Valid as
// long as the row.
class SearchedJob {
 public:
  enum Field : std::uint8_t {
    kId,
    kIsExpired,
    kFirstSeenAt,
    kCompany,
    kTitle,
    kLocation,
    kIsMissing,
    kIsWithheld,
    kWorkplace,
    kCameRun,
    kPostedAt,
  };
  // By Field, of user_jobs u and board_jobs j.
  static constexpr std::array<std::string_view, kPostedAt + 1> kSql{
      "u.job_id",
      "u.expired_at IS NOT NULL",
      "j.first_seen_at",
      "u.company",
      "j.title",
      "coalesce(j.detail_location, j.location)",
      "coalesce(j.missing_reading, j.lacked_reading) IS NOT NULL AND j.expired_at IS NULL",
      "j.withheld_at IS NOT NULL",
      "coalesce(j.workplace, j.detail_workplace)",
      "u.came_run_id",
      "coalesce(j.posted_at, j.detail_posted_at, j.first_seen_at)"};

  SearchedJob(const Row& row, const std::vector<UnreadyJob>& unready);

  std::int64_t id() const { return row_.Int(kId); }
  JobStatus status() const { return status_; }
  Timestamp first_seen_at() const { return row_.Time(kFirstSeenAt); }
  std::string_view company() const { return row_.Text(kCompany); }
  std::string_view title() const { return row_.Text(kTitle); }
  std::string_view location() const { return row_.Text(kLocation); }
  bool missing() const { return row_.Bool(kIsMissing); }
  bool withheld() const { return row_.Bool(kIsWithheld); }
  std::string_view workplace() const { return row_.Text(kWorkplace); }
  Timestamp posted_at() const { return row_.Time(kPostedAt); }  // else when it was first seen
  std::int64_t came_run() const { return row_.Int(kCameRun); }

 private:
  const Row& row_;
  JobStatus status_ = JobStatus::kReady;
};

// The list of a SELECT that asks for these fields, in their order: of the id and the company it is
// "u.job_id, NULL, NULL, u.company", where NULL holds the place of what is not asked for.
template <SearchedJob::Field... asked>
inline constexpr auto kSearchedOf = JoinSql<[] {
  SqlList list;
  int place = 0;
  const auto add = [&](SearchedJob::Field field) {
    for (; place < field; ++place) list.Next("NULL");
    list.Next(SearchedJob::kSql.at(field));
    ++place;
  };
  (add(asked), ...);
  return list;
}>();

// Shows `read` the next 5,000 jobs of the user that are not older than the filter's `since`, of
// those that an index found where it was asked, in the order of ids behind `after`, which becomes
// the last one's. False where no more follow.
Result<bool> ReadSearchedJobs(Connection& db, std::int64_t user_id, const JobFilter& filter,
                              const std::vector<UnreadyJob>& unready, std::int64_t& after,
                              const std::function<void(const SearchedJob&)>& read);

// Must not outlive its filter, whose `since` is not its concern.
class JobMatcher {
 public:
  // Reads which run was the user's last, where new jobs are sought, and the user's marks, but for
  // those of a roll.
  static Result<JobMatcher> Make(Connection& db, std::int64_t user_id, const JobFilter& filter);

  bool TakesCompany(std::string_view company) const;
  bool TakesStatus(JobStatus status) const;  // some job of this status, whatever its marks
  bool TakesStatusAndMarks(const SearchedJob& job) const;
  bool TakesText(const SearchedJob& job) const;
  // Whatever its places are.
  bool TakesTextBesidesPlaces(const SearchedJob& job) const;
  TextFit FitOf(const SearchedJob& job) const;  // of one whose text it takes
  // What is hidden where that is sought, and of some jobs alone; else what is not.
  bool TakesMarks(std::int64_t job_id, bool is_of_hidden_company) const;
  bool TakesMarks(const SearchedJob& job) const {
    return TakesMarks(job.id(), marks_->HidesCompany(job.company()));
  }
  const UserMarks& marks() const { return *marks_; }
  const SoughtWords& words() const { return words_; }

  // Whether TakesCompany and TakesStatus say all, and the filter has no `since` either.
  bool IsPlain() const;

  // Whether those, Takes, what texts of places fit and, of words, the hits of an index say all.
  bool TakesByRoll() const;
  // What else the roll tells: `since`, and whether it is new. TakesAnyOfRoll: neither is asked
  // for, nor a place.
  bool Takes(const RolledJob& job) const;
  bool TakesAnyOfRoll() const {
    return !filter_.since && !filter_.jobs && !words_.wants_new() && !words_.WantPlaces();
  }
  // Whether all that is not hidden is sought, whatever its other marks.
  bool TakesAllShown() const { return !words_.wants_hidden() && !words_.wants_applied(); }

 private:
  explicit JobMatcher(const JobFilter& filter) : filter_(filter), words_(filter.text) {}
  SoughtJob SoughtOf(const SearchedJob& job) const;

  const JobFilter& filter_;
  SoughtWords words_;
  std::int64_t last_run_ = 0;
  std::shared_ptr<const UserMarks> marks_;
};

}  // namespace rolecall
