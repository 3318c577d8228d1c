// The tables job_marks and company_marks: what a user hid, and applied for.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "store/users/followings.h"

namespace rolecall {

enum class JobMark : std::uint8_t { kHidden, kApplied };
// In their order.
inline constexpr std::array<std::string_view, 2> kJobMarks{"hidden", "applied"};

struct MarkedJob {
  std::int64_t id = 0;
  bool hidden = false, applied = false;
};

// All marks of a user.
struct UserMarks {
  std::vector<MarkedJob> jobs;                // in the order of ids
  std::vector<std::string> hidden_companies;  // in their order

  bool empty() const { return jobs.empty() && hidden_companies.empty(); }
  MarkedJob Of(std::int64_t job_id) const;  // without any where there is none
  bool HidesCompany(std::string_view company) const;
};

Result<UserMarks> LoadMarks(Connection& db, std::int64_t user_id);

// The marks of one job, and when each was set.
struct JobMarkTimes {
  std::optional<Timestamp> hidden_at, applied_at;
};

struct JobOfUser {
  std::int64_t user_id = 0;
  std::int64_t job_id = 0;
};

// Sets it. Where it stands already, a job is hidden anew, as it says now; it was applied for when
// it first was. kNotFound where the user has no such job.
Result<JobMarkTimes> SetJobMark(Transaction& tx, const JobOfUser& job, JobMark mark, Timestamp now);
// Takes it back; nothing where it is not set. kNotFound as above.
Result<void> ClearJobMark(Transaction& tx, const JobOfUser& job, JobMark mark);

// Hides all jobs of the company, those too that come. Gives since when. kNotFound where the user
// neither follows it nor has jobs of it.
Result<Timestamp> HideCompany(Transaction& tx, const CompanyOfUser& company, Timestamp now);
// Nothing where it is not hidden. kNotFound as above.
Result<void> ShowCompany(Transaction& tx, const CompanyOfUser& company);

struct HiddenCompany {
  std::string company;
  Timestamp hidden_at;
  std::int64_t open_jobs = 0;
};

// By their names.
Result<std::vector<HiddenCompany>> ListHiddenCompanies(Connection& db, std::int64_t user_id);

// A company goes by another name of now on, and stays hidden.
Result<void> RenameMarkedCompany(Transaction& tx, const CompanyOfUser& before,
                                 std::string_view now);

}  // namespace rolecall
