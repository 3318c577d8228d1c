// rolecall preview: what a run would do now.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/worker.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/roles.h"
#include "cli/terminal/terminal.h"
#include "cli/terminal/told_apart.h"
#include "forms/preview_json.h"
#include "run/start_run.h"

namespace rolecall {
namespace {

struct PreviewOptions {
  std::vector<std::string> companies;
  bool json = false;
  bool all = false;
  bool kept = false;
  bool expand = false;
};

struct Shown {
  std::string_view sign;
  std::string what;
  Tone tone;
};

Shown ShownOf(const PreviewedJob& job) {
  switch (job.fate) {
    case UserFate::kNew:
      return {"+", "new", Tone::kGood};
    case UserFate::kChanged:
      return {"~", "changed", Tone::kPlain};
    case UserFate::kUnchanged:
      return {"=", "unchanged", Tone::kDim};
    case UserFate::kReopened:
      return {"+", "reopened", Tone::kGood};
    case UserFate::kMissing:
      return {"?", "missing", Tone::kWarn};
    case UserFate::kWithheld:
      return {"!", "withheld", Tone::kWarn};
    case UserFate::kExcluded:
      return {"x", "excluded, " + job.rule, Tone::kDim};
    case UserFate::kNotReconciled:
      return {"?", job.rule.empty() ? "not reconciled" : "not reconciled, " + job.rule,
              Tone::kWarn};
    case UserFate::kExpired:
      return {"-",
              fmt::format("would expire, {}{}", Name(job.reason),
                          job.rule.empty() ? "" : ", " + job.rule),
              Tone::kBad};
  }
  return {};
}

// What comes first is what a person looks for; what does not concern the person comes last.
constexpr std::array kOrder{UserFate::kNew,           UserFate::kReopened,  UserFate::kChanged,
                            UserFate::kExpired,       UserFate::kWithheld,  UserFate::kMissing,
                            UserFate::kNotReconciled, UserFate::kUnchanged, UserFate::kExcluded};

std::string Counts(std::string_view label, const CompanyCounts& c) {
  return fmt::format(
      "  {}: {} new, {} changed, {} unchanged, {} reopened, {} missing, {} withheld, {} would "
      "expire{}\n",
      label, c.new_jobs, c.changed, c.unchanged, c.reopened, c.missing, c.withheld, c.expired,
      c.not_reconciled > 0 ? fmt::format(", {} not reconciled", c.not_reconciled) : "");
}

std::string RoleLine(const Role<PreviewedJob>& role, const ToldApart& apart, const Paint& paint) {
  const PreviewedJob& job = *role.front();
  const Shown shown = ShownOf(job);
  return paint(shown.tone, fmt::format("  {} {}{}  [{}]", shown.sign, apart.TitleOf(job),
                                       job.location.empty() ? "" : " · " + PlacesOf(role),
                                       Printable(shown.what))) +
         "\n";
}

// Of a kept listing, which is a quarter of an hour old at most.
std::string ReadAgo(Timestamp read_at, Timestamp now) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(now - read_at).count();
  return minutes < 1 ? "read less than a minute ago" : fmt::format("read {} min ago", minutes);
}

std::string CompanyText(const PreviewedCompany& one, const PreviewOptions& options, Timestamp now,
                        const Paint& paint) {
  std::string text = paint(Tone::kBold, one.company) +
                     fmt::format(": {} listed, {} included, {} excluded", one.counts.listed,
                                 one.counts.included, one.counts.excluded);
  if (one.kept && one.read_at) text += fmt::format(" (kept: {})", ReadAgo(*one.read_at, now));
  text += "\n";
  const bool whole =
      one.reading == PreviewReading::kComplete || one.reading == PreviewReading::kButFor;
  if (!one.trouble.empty())
    text += "  " +
            paint(whole ? Tone::kWarn : Tone::kBad,
                  (whole ? "" : "not reconciled: ") + Printable(one.trouble)) +
            "\n";
  for (const std::string& warning : one.warnings)
    text += "  " + paint(Tone::kWarn, Printable(warning)) + "\n";
  text += Counts("the board", one.of_board) + Counts("for you", one.counts);
  ToldApart apart;
  for (const PreviewedJob& job : one.jobs) apart.Add(job);
  for (const UserFate fate : kOrder) {
    if (fate == UserFate::kUnchanged && !options.all) continue;
    std::vector<const PreviewedJob*> jobs;
    for (const PreviewedJob& job : one.jobs)
      if (job.fate == fate) jobs.push_back(&job);
    const auto what = [](const PreviewedJob& job) { return std::string(ShownOf(job).what); };
    for (const auto& role : options.expand ? EachPosting(jobs) : RolesOf(jobs, what))
      text += RoleLine(role, apart, paint);
  }
  return text;
}

Result<int> RunPreview(const Invocation& invocation, const PreviewOptions& options,
                       const std::stop_token& stop) {
  CHECK_OK(CheckGateway(invocation.config.fetch));
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  TRY(const auto worker, Worker::Make(invocation.config, *store.database));
  std::vector<Following> companies;
  {
    TRY(auto db, store.database->Reader());
    TRY(companies, ChooseCompanies(*db, store.user.id, options.companies));
  }
  const WorkTools tools = worker->Tools({});
  TRY(const Preview preview,
      PreviewCompanies(tools,
                       {.user_id = store.user.id,
                        .followings = std::move(companies),
                        .source = options.kept ? PreviewSource::kKept : PreviewSource::kBoard,
                        .only_named = !options.companies.empty()},
                       stop));
  bool doubtful = false;
  for (const PreviewedCompany& one : preview.companies)
    doubtful = doubtful || !one.trouble.empty() || !one.warnings.empty() || one.counts.withheld > 0;
  const bool failed = !preview.companies.empty() && preview.departing.empty() &&
                      std::ranges::all_of(preview.companies, [](const PreviewedCompany& one) {
                        return one.reading == PreviewReading::kFailed;
                      });
  if (options.json) {
    Print(boost::json::serialize(PreviewJson(preview)) + "\n");
  } else {
    const Paint paint = PaintFor(invocation.config, Stream::kOut);
    for (const PreviewedCompany& one : preview.companies)
      Print(CompanyText(one, options, tools.clock(), paint) + "\n");
    for (const Departing& one : preview.departing)
      Print(fmt::format("{}: {}; {} would expire, company_removed\n", one.company,
                        one.moved ? "moved from another board" : "removed",
                        Counted(one.active, "job", "jobs")));
    Print(failed ? "Nothing was changed, and no board could be read.\n"
                 : "Nothing was changed: `rolecall run` carries this out.\n");
  }
  if (failed) return kExitFailed;
  return doubtful ? kExitWarnings : kExitDone;
}

}  // namespace

void AddPreview(CommandLine& line) {
  const auto [command, options] = AddCommand<PreviewOptions>(
      line, line.app, "preview", "Shows what a run would do now, and changes nothing",
      "rolecall preview --company acme", RunPreview);
  command->add_option("--company", options->companies, "only this company; may be given again");
  command->add_flag("--json", options->json, "print the preview as JSON");
  command->add_flag("--all", options->all, "show unchanged jobs too");
  command->add_flag("--expand", options->expand,
                    "show each posting of a role that is posted in several cities");
  command->add_flag("--kept", options->kept,
                    "show what a preview read in the last 15 minutes, where no run read since, "
                    "instead of asking the board again");
}

}  // namespace rolecall
