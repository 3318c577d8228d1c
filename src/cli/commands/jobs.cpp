// rolecall jobs: what is open, new or gone.
#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "forms/job_forms.h"
#include "store/runs/runs.h"
#include "store/users/companies.h"

namespace rolecall {
namespace json = boost::json;
namespace {

struct JobsOptions {
  std::vector<std::string> companies;
  std::string status = "open";
  std::string since;
  bool only_new = false, json = false, csv = false, urls = false;
};

const std::vector<std::string> kStatuses{"open", "pending", "ready", "error", "expired", "all"};

// "7d", "36h", "2w", or a day such as 2026-11-01.
Result<Timestamp> ReadSince(std::string_view text, Timestamp now) {
  if (const auto day = FromIso(std::string(text) + "T00:00:00Z")) return *day;
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  const int hours = unit == "h" ? 1 : unit == "d" ? 24 : unit == "w" ? 7 * 24 : 0;
  if (failure != std::errc{} || hours == 0 || number < 0 || number > 100'000)
    return Fail(Errc::kInvalidInput,
                fmt::format("--since must be a time such as 7d, 36h or 2w, or a day such as "
                            "2026-11-01, and is \"{}\"",
                            Printable(text)));
  return now - std::chrono::hours(hours * number);
}

Result<JobQuery> ReadQuery(Connection& db, std::int64_t user_id, const JobsOptions& options) {
  JobQuery query{.companies = options.companies, .status = options.status, .since = {}};
  if (std::ranges::find(kStatuses, options.status) == kStatuses.end())
    return Fail(Errc::kInvalidInput,
                fmt::format("there is no status \"{}\"; there are {}.{}", Printable(options.status),
                            fmt::join(kStatuses, ", "), DidYouMean(options.status, kStatuses)));
  if (!options.since.empty()) {
    TRY(query.since, ReadSince(options.since, SystemNow()));
  }
  if (options.only_new) {
    TRY(const auto runs, ListRuns(db, user_id, 1, 0));
    if (runs.empty())
      return Fail(Errc::kNotFound, "there was no run yet: `rolecall run` makes the first");
    query.new_in_run = runs.front().id;
  }
  // A company that is followed no more may still have jobs.
  TRY(const auto followed, LoadFollowings(db, user_id));
  for (std::string& company : query.companies) {
    company = FollowedName(company, followed);
    if (std::ranges::find(followed, company, &Following::company) != followed.end()) continue;
    TRY(const auto former,
        LoadJobs(db, user_id, {.companies = {company}, .status = "all", .since = {}}));
    if (former.empty()) return std::unexpected(UnknownCompany(company, followed));
  }
  return query;
}

std::string StatusOf(const JobRow& job) {
  if (job.status == "expired") return "expired, " + job.expired_reason;
  return job.status + (job.withheld_since ? ", withheld" : job.missing_since ? ", missing" : "");
}

std::string TableOf(const std::vector<JobRow>& jobs, const JobsOptions& options,
                    const Paint& paint) {
  std::vector<TextTable::Column> columns{{"id", TextTable::Align::kRight},
                                         {"company", TextTable::Align::kLeft, true},
                                         {"title", TextTable::Align::kLeft, true},
                                         {"place", TextTable::Align::kLeft, true},
                                         {"status"},
                                         {"first seen"}};
  if (options.urls) columns.push_back({"URL"});
  TextTable table(std::move(columns));
  for (const JobRow& job : jobs) {
    std::vector<std::string> cells{std::to_string(job.id), job.company,
                                   Printable(job.title),   Printable(job.location),
                                   StatusOf(job),          ToIso(job.first_seen_at).substr(0, 10)};
    if (options.urls) cells.push_back(Printable(job.url));
    table.Add(std::move(cells));
  }
  return table.Text(WidthOf(Stream::kOut), paint);
}

Result<int> Jobs(const Invocation& invocation, const JobsOptions& options) {
  TRY(auto store, OpenFor(invocation));
  TRY(auto db, store.database->Reader());
  TRY(const JobQuery query, ReadQuery(*db, store.user.id, options));
  TRY(const auto jobs, LoadJobs(*db, store.user.id, query));
  if (options.json) {
    json::array list;
    for (const JobRow& job : jobs) list.push_back(JobJson(job));
    const json::object shown{{"jobs", std::move(list)}, {"total", jobs.size()}};
    Print(json::serialize(shown) + "\n");
  } else if (options.csv) {
    Print(CsvHeader());
    for (const JobRow& job : jobs) Print(CsvLine(job));
  } else if (jobs.empty()) {
    PrintNote("No job matches.");
  } else {
    Print(TableOf(jobs, options, PaintFor(invocation.config, Stream::kOut)));
    PrintNote(fmt::format("{} {}", jobs.size(), jobs.size() == 1 ? "job" : "jobs"));
  }
  return kExitDone;
}

}  // namespace

void AddJobs(CommandLine& line) {
  const auto [command, options] = AddCommand<JobsOptions>(
      line, line.app, "jobs", "Lists jobs", "rolecall jobs --new --company acme --csv", Jobs);
  command->add_option("--company", options->companies, "only of this company; may be given again");
  command
      ->add_option("--status", options->status,
                   "open (whatever is not expired), pending, ready, error, expired or all")
      ->capture_default_str();
  command->add_flag("--new", options->only_new,
                    "only those that came or came back in the last run");
  command->add_option("--since", options->since,
                      "only those first seen since: 7d, 36h, 2026-11-01");
  CLI::Option* as_json = command->add_flag("--json", options->json, "print them as JSON");
  command->add_flag("--csv", options->csv, "print them as CSV")->excludes(as_json);
  command->add_flag("--urls", options->urls, "show the address of each in the table");
}

}  // namespace rolecall
