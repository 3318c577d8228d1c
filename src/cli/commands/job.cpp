// rolecall job: one opening and its life.
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/local_time.h"
#include "cli/terminal/terminal.h"
#include "forms/job_forms.h"

namespace rolecall {
namespace {

struct JobOptions {
  std::int64_t job = 0;
  bool json = false;
};

Tone ToneOf(std::string_view kind) {
  if (kind == "new" || kind == "reopened" || kind == "back") return Tone::kGood;
  if (kind == "missing" || kind == "withheld") return Tone::kWarn;
  return kind == "expired" ? Tone::kBad : Tone::kPlain;
}

std::string WorkplaceWord(std::string_view workplace) {
  return workplace == "on_site" ? "on site" : std::string(workplace);
}

// Line by line, so that a description keeps its shape and nothing in it steers the terminal.
std::string Indented(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines += "  " + Printable(text.substr(0, end)) + "\n";
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string ChangeText(const TextChange& change, const Paint& paint) {
  std::string text = fmt::format("\nWhat changed in its words at {}\n", LocalSecond(change.at));
  for (const auto& [kind, line] : change.lines)
    text += kind == LineChange::kRemoved ? paint(Tone::kBad, "  - " + Printable(line)) + "\n"
                                         : paint(Tone::kGood, "  + " + Printable(line)) + "\n";
  return text;
}

std::string LifeText(const JobLife& life, const Paint& paint) {
  const JobRow& job = life.job;
  std::string text = paint(Tone::kBold, Printable(job.title)) + "\n";
  const auto line = [&](std::string_view label, std::string_view value) {
    if (!value.empty()) text += fmt::format("  {:<11} {}\n", label, Printable(value));
  };
  line("company", job.company);
  line("place", job.location);
  line("workplace", WorkplaceWord(job.workplace));
  line("department", job.department);
  line("pay", job.salary);
  line("address", job.url);
  line("board's id", job.external_id);
  line("status", job.status + (job.expired_reason.empty() ? "" : ", " + job.expired_reason));
  if (job.posted_at) line("posted", ToIso(*job.posted_at).substr(0, 10) + ", as the board says");
  if (job.back_after_days)
    line("came back", fmt::format("after {}", Counted(*job.back_after_days, "day", "days")));
  if (job.times_posted > 1)
    line("reposted", fmt::format("posted {} times, with this title and place", job.times_posted));
  line("first seen", LocalMinute(job.first_seen_at));
  line("last seen", LocalMinute(job.last_seen_at));
  if (job.missing_since) line("missing", "since " + LocalMinute(*job.missing_since));
  if (job.withheld_since) line("withheld", "since " + LocalMinute(*job.withheld_since));
  if (job.applied_at) line("applied", LocalMinute(*job.applied_at));
  if (job.hidden_at)
    line("hidden", "since " + LocalMinute(*job.hidden_at) +
                       (job.changed_since_hidden ? ", and changed since" : ""));
  if (job.company_hidden_at) line("hidden", "with its company");
  line("trouble", job.error_message);
  text += "\nIts life\n";
  for (const JobEvent& event : life.events)
    text += fmt::format("  {}  {}  {}\n", LocalSecond(event.at),
                        paint(ToneOf(event.kind), fmt::format("{:<8}", event.kind)),
                        event.detail.empty() ? fmt::format("in reading {}, of {} jobs",
                                                           event.reading_id, event.listed)
                                             : Printable(event.detail));
  if (!life.description.empty()) text += "\n" + Indented(life.description);
  if (!life.requirements.empty()) text += "\nRequirements\n" + Indented(life.requirements);
  for (const TextChange& change : life.changes) text += ChangeText(change, paint);
  return text;
}

Result<int> Job(const Invocation& invocation, const JobOptions& options) {
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  TRY(auto db, store.database->Reader());
  TRY(const JobLife life, LoadJobLife(*db, store.user.id, options.job));
  Print(options.json ? boost::json::serialize(JobLifeJson(life)) + "\n"
                     : LifeText(life, PaintFor(invocation.config, Stream::kOut)));
  return kExitDone;
}

}  // namespace

void AddJob(CommandLine& line) {
  const auto [command, options] = AddCommand<JobOptions>(
      line, line.app, "job", "Shows one job: what it says, and its life", "rolecall job 4711", Job);
  command->add_option("ID", options->job, "as `rolecall jobs` shows it")->required()->check(IsId());
  command->add_flag("--json", options->json, "print it as JSON");
}

}  // namespace rolecall
