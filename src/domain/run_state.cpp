// Which status may follow which, and the equations of a run's numbers.
#include "domain/run_state.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace rolecall {
namespace {

constexpr std::array kRunStatuses{RunStatus::kPending,   RunStatus::kInitializing,
                                  RunStatus::kIngesting, RunStatus::kFinished,
                                  RunStatus::kError,     RunStatus::kAborted};
constexpr std::array kStages{Stage::kWaiting, Stage::kReading,       Stage::kIngesting,
                             Stage::kDone,    Stage::kNotReconciled, Stage::kError,
                             Stage::kRemoved};

template <typename All>
auto Find(const All& all, std::string_view name) -> std::optional<typename All::value_type> {
  for (const auto one : all)
    if (Name(one) == name) return one;
  return std::nullopt;
}

}  // namespace

std::string_view Name(RunStatus status) {
  switch (status) {
    case RunStatus::kPending:
      return "pending";
    case RunStatus::kInitializing:
      return "initializing";
    case RunStatus::kIngesting:
      return "ingesting";
    case RunStatus::kFinished:
      return "finished";
    case RunStatus::kError:
      return "error";
    case RunStatus::kAborted:
      return "aborted";
  }
  std::unreachable();
}

std::string_view Name(Stage stage) {
  switch (stage) {
    case Stage::kWaiting:
      return "waiting";
    case Stage::kReading:
      return "reading";
    case Stage::kIngesting:
      return "ingesting";
    case Stage::kDone:
      return "done";
    case Stage::kNotReconciled:
      return "not_reconciled";
    case Stage::kError:
      return "error";
    case Stage::kRemoved:
      return "removed";
  }
  std::unreachable();
}

std::optional<RunStatus> RunStatusOf(std::string_view name) { return Find(kRunStatuses, name); }
std::optional<Stage> StageOf(std::string_view name) { return Find(kStages, name); }

bool IsFinal(RunStatus status) {
  switch (status) {
    case RunStatus::kPending:
    case RunStatus::kInitializing:
    case RunStatus::kIngesting:
      return false;
    case RunStatus::kFinished:
    case RunStatus::kError:
    case RunStatus::kAborted:
      return true;
  }
  std::unreachable();
}

bool IsFinal(Stage stage) {
  switch (stage) {
    case Stage::kWaiting:
    case Stage::kReading:
    case Stage::kIngesting:
      return false;
    case Stage::kDone:
    case Stage::kNotReconciled:
    case Stage::kError:
    case Stage::kRemoved:
      return true;
  }
  std::unreachable();
}

bool MayFollow(RunStatus from, RunStatus to) {
  if (IsFinal(from)) return false;
  if (to == RunStatus::kError || to == RunStatus::kAborted) return true;
  switch (from) {
    case RunStatus::kPending:
      return to == RunStatus::kInitializing;
    case RunStatus::kInitializing:
      return to == RunStatus::kIngesting;
    case RunStatus::kIngesting:
      return to == RunStatus::kFinished;
    case RunStatus::kFinished:
    case RunStatus::kError:
    case RunStatus::kAborted:
      return false;
  }
  std::unreachable();
}

CompanyCounts& CompanyCounts::operator+=(const CompanyCounts& other) {
  for (const CountName& name : kCountNames) this->*name.number += other.*name.number;
  return *this;
}

std::optional<std::string> WhyNotAddingUp(const CompanyCounts& c, Contents contents) {
  if (c.listed != c.included + c.excluded)
    return fmt::format("listed {} is not included {} + excluded {}", c.listed, c.included,
                       c.excluded);
  if (c.included != c.new_jobs + c.changed + c.unchanged + c.reopened)
    return fmt::format("included {} is not new {} + changed {} + unchanged {} + reopened {}",
                       c.included, c.new_jobs, c.changed, c.unchanged, c.reopened);
  if (c.active_before !=
      c.unchanged + c.changed + c.missing + c.withheld + c.expired + c.not_reconciled)
    return fmt::format(
        "active before {} is not unchanged {} + changed {} + missing {} + withheld {} + expired {} "
        "+ "
        "not reconciled {}",
        c.active_before, c.unchanged, c.changed, c.missing, c.withheld, c.expired,
        c.not_reconciled);
  const int settled = c.ready + c.skipped + c.failed;
  if (contents == Contents::kEnded ? c.included != settled : c.included < settled)
    return fmt::format("included {} is not ready {} + skipped {} + failed {}", c.included, c.ready,
                       c.skipped, c.failed);
  return std::nullopt;
}

}  // namespace rolecall
