// Shows a run once it ended. The table leaves out columns that would hold only zeros.
#include "cli/terminal/run_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rolecall {
namespace {

struct Number {
  std::string_view title;
  int CompanyCounts::* number;
  bool always;
};
constexpr std::array kNumbers{Number{"listed", &CompanyCounts::listed, true},
                              Number{"included", &CompanyCounts::included, true},
                              Number{"excluded", &CompanyCounts::excluded, false},
                              Number{"new", &CompanyCounts::new_jobs, true},
                              Number{"changed", &CompanyCounts::changed, true},
                              Number{"unchanged", &CompanyCounts::unchanged, true},
                              Number{"reopened", &CompanyCounts::reopened, false},
                              Number{"missing", &CompanyCounts::missing, false},
                              Number{"withheld", &CompanyCounts::withheld, false},
                              Number{"expired", &CompanyCounts::expired, true},
                              Number{"not reconciled", &CompanyCounts::not_reconciled, false},
                              Number{"ready", &CompanyCounts::ready, true},
                              Number{"skipped", &CompanyCounts::skipped, false},
                              Number{"failed", &CompanyCounts::failed, false}};

std::string Companies(const RunRecord& run, int width, const Paint& paint) {
  CompanyCounts sums;
  for (const CompanyOfRun& one : run.companies) sums += one.counts;
  std::vector<Number> shown;
  for (const Number& one : kNumbers)
    if (one.always || sums.*one.number != 0) shown.push_back(one);
  std::vector<TextTable::Column> columns{{"company", TextTable::Align::kLeft, true}};
  for (const Number& one : shown)
    columns.push_back({std::string(one.title), TextTable::Align::kRight});
  columns.push_back({"status"});
  TextTable table(std::move(columns));
  const auto add = [&](const std::string& name, const CompanyCounts& counts, std::string status) {
    std::vector<std::string> cells{name};
    for (const Number& one : shown) cells.push_back(std::to_string(counts.*one.number));
    cells.push_back(std::move(status));
    table.Add(std::move(cells));
  };
  for (const CompanyOfRun& one : run.companies)
    add(one.company, one.counts, std::string(Name(one.stage)));
  if (run.companies.size() > 1) add("total", sums, "");
  return table.Text(width, paint);
}

}  // namespace

Tone ToneOf(RunStatus status) {
  switch (status) {
    case RunStatus::kFinished:
      return Tone::kGood;
    case RunStatus::kError:
      return Tone::kBad;
    case RunStatus::kAborted:
      return Tone::kWarn;
    case RunStatus::kPending:
    case RunStatus::kInitializing:
    case RunStatus::kIngesting:
      return Tone::kPlain;
  }
  return Tone::kPlain;
}

std::string Duration(const RunRecord& run) {
  if (!run.started_at || !run.finished_at) return "";
  const auto took = *run.finished_at - *run.started_at;
  return fmt::format("{:.1f} s", static_cast<double>(took.count()) / 1000);
}

std::string RunSummary(const RunRecord& run, int width, const Paint& paint) {
  const std::string took = Duration(run);
  const std::string retry =
      run.parent_run_id == 0 ? "" : fmt::format(" (what failed in run {})", run.parent_run_id);
  std::string text =
      fmt::format("Run {}{} {}{}{}\n\n", run.id, retry, paint(ToneOf(run.status), Name(run.status)),
                  took.empty() ? "" : " in " + took,
                  run.error_message.empty() || run.status != RunStatus::kError
                      ? ""
                      : ": " + Printable(run.error_message));
  text += Companies(run, width, paint);
  if (!run.warnings.empty()) text += "\nWarnings\n";
  for (const RunWarning& warning : run.warnings)
    text += fmt::format("  {}{}\n", warning.company.empty() ? "" : warning.company + ": ",
                        paint(Tone::kWarn, Printable(warning.message)));
  return text;
}

}  // namespace rolecall
