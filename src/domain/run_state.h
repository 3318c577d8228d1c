// The states of a run and of a company's part in it, and the numbers that must add up.
#pragma once

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

// The first equation that does not hold, in words, or nothing. `ended`: the contents were all asked
// for, so that included = ready + skipped + failed is to hold too.
enum class Contents : std::uint8_t { kOutstanding, kEnded };
std::optional<std::string> WhyNotAddingUp(const CompanyCounts& counts, Contents contents);

}  // namespace rolecall
