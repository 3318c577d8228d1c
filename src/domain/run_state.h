// The states of a run and of a company's part in it, and the numbers that must add up.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall {

enum class RunStatus : std::uint8_t {
  kPending,
  kInitializing,
  kIngesting,
  kFinished,
  kError,
  kAborted
};

// A company's part of a run. The last four are final.
enum class Stage : std::uint8_t {
  kWaiting,
  kReading,
  kIngesting,
  kDone,
  kNotReconciled,
  kError,
  kRemoved
};

std::string_view Name(RunStatus status);
std::string_view Name(Stage stage);
std::optional<RunStatus> RunStatusOf(std::string_view name);
std::optional<Stage> StageOf(std::string_view name);

bool IsFinal(RunStatus status);
bool IsFinal(Stage stage);

// Whether a run may go from one status to the other in one step; nothing follows a final one.
bool MayFollow(RunStatus from, RunStatus to);

// A run by its user and its id: of another user's, nothing is found.
struct RunOfUser {
  std::int64_t user_id = 0;
  std::int64_t id = 0;
};

// How a run ends. `why`: of one that ends in error, or was aborted; else empty.
struct RunEnd {
  RunStatus status;
  std::string_view why = "";
};

// A company's part of a run in numbers, for one user.
struct CompanyCounts {
  int listed = 0, included = 0, excluded = 0;
  int new_jobs = 0, changed = 0, unchanged = 0, reopened = 0;
  int missing = 0, expired = 0, withheld = 0;
  int active_before = 0, not_reconciled = 0;
  int ready = 0, skipped = 0, failed = 0;

  CompanyCounts& operator+=(const CompanyCounts& other);
  bool operator==(const CompanyCounts&) const = default;
};

// One of these numbers, and its names.
struct CountName {
  std::string_view column;   // of run_companies, and the parameter of statements
  std::string_view in_json;  // of a company's part
  std::string_view of_run;   // of the run's sum, as column and in JSON; "": it has none
  int CompanyCounts::* number;
};

// Each of them once: what adds, stores, reads and shows them is made from this.
inline constexpr std::array kCountNames{
    CountName{"listed", "listed", "", &CompanyCounts::listed},
    CountName{"included", "included", "total_jobs", &CompanyCounts::included},
    CountName{"excluded", "excluded", "", &CompanyCounts::excluded},
    CountName{"new_jobs", "new", "jobs_new", &CompanyCounts::new_jobs},
    CountName{"changed", "changed", "jobs_changed", &CompanyCounts::changed},
    CountName{"unchanged", "unchanged", "jobs_unchanged", &CompanyCounts::unchanged},
    CountName{"reopened", "reopened", "jobs_reopened", &CompanyCounts::reopened},
    CountName{"missing", "missing", "jobs_missing", &CompanyCounts::missing},
    CountName{"expired", "expired", "jobs_expired", &CompanyCounts::expired},
    CountName{"withheld", "withheld", "jobs_withheld", &CompanyCounts::withheld},
    CountName{"active_before", "active_before", "", &CompanyCounts::active_before},
    CountName{"not_reconciled", "not_reconciled", "", &CompanyCounts::not_reconciled},
    CountName{"ready", "ready", "jobs_ready", &CompanyCounts::ready},
    CountName{"skipped", "skipped", "jobs_skipped", &CompanyCounts::skipped},
    CountName{"failed", "failed", "jobs_failed", &CompanyCounts::failed}};
static_assert(sizeof(CompanyCounts) == kCountNames.size() * sizeof(int), "a count has no name");

// The first equation that does not hold, in words, or nothing. `ended`: the contents were all asked
// for, so that included = ready + skipped + failed is to hold too.
enum class Contents : std::uint8_t { kOutstanding, kEnded };
std::optional<std::string> WhyNotAddingUp(const CompanyCounts& counts, Contents contents);

}  // namespace rolecall
