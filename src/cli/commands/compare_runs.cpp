// Tells what differs between what two runs left.
#include "cli/commands/compare_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "store/users/run_comparison.h"

namespace rolecall {
namespace json = boost::json;
namespace {

struct CompareOptions {
  std::int64_t one = 0, other = 0;
  bool json = false;
};

std::string_view WordOf(JobChange change) { return kJobChanges[static_cast<std::size_t>(change)]; }

Tone ToneOf(JobChange change) {
  switch (change) {
    case JobChange::kNew:
    case JobChange::kBack:
      return Tone::kGood;
    case JobChange::kChanged:
      return Tone::kPlain;
    case JobChange::kGone:
      return Tone::kBad;
  }
  std::unreachable();
}

std::string Told(const std::vector<ComparedJob>& jobs, const Paint& paint) {
  std::string text, company;
  for (const ComparedJob& job : jobs) {
    if (job.company != company) {
      company = job.company;
      text += fmt::format("{}{}\n", text.empty() ? "" : "\n", paint(Tone::kBold, company));
    }
    text += fmt::format("  {}  {:>6}  {}\n",
                        paint(ToneOf(job.change), fmt::format("{:<7}", WordOf(job.change))), job.id,
                        Printable(job.title));
  }
  return text;
}

json::object ToldJson(std::int64_t earlier, std::int64_t later,
                      const std::vector<ComparedJob>& jobs) {
  json::object shown{{"earlier", earlier}, {"later", later}};
  const auto counts = CountChanges(jobs);
  for (std::size_t i = 0; i < counts.size(); ++i) shown[kJobChanges[i]] = counts[i];
  json::array list;
  for (const ComparedJob& job : jobs)
    list.push_back(json::object{{"id", job.id},
                                {"company", job.company},
                                {"title", job.title},
                                {"change", WordOf(job.change)}});
  shown["jobs"] = std::move(list);
  return shown;
}

Result<int> CompareRunsOf(const Invocation& invocation, const CompareOptions& options) {
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  const auto [earlier, later] = std::minmax(options.one, options.other);
  TRY(auto db, store.database->Reader());
  TRY(const auto jobs, LoadComparison(*db, store.user.id, earlier, later));
  if (options.json) {
    Print(json::serialize(ToldJson(earlier, later, jobs)) + "\n");
    return kExitDone;
  }
  Print(Told(jobs, PaintFor(invocation.config, Stream::kOut)));
  const auto counts = CountChanges(jobs);
  std::string sum;
  for (std::size_t i = 0; i < counts.size(); ++i)
    sum += fmt::format("{}{} {}", sum.empty() ? "" : ", ", counts[i], kJobChanges[i]);
  PrintNote(fmt::format("From run {} to run {}: {}.", earlier, later, sum));
  return kExitDone;
}

}  // namespace

void AddCompareRuns(CommandLine& line, CLI::App& runs) {
  const auto [command, options] =
      AddCommand<CompareOptions>(line, runs, "compare", "Tells what differs between two runs",
                                 "rolecall runs compare 12 14", CompareRunsOf);
  command->add_option("RUN", options->one, "a run that is over")->required()->check(IsId());
  command->add_option("OTHER", options->other, "another one, earlier or later")
      ->required()
      ->check(IsId());
  command->add_flag("--json", options->json, "print it as JSON");
}

}  // namespace rolecall
