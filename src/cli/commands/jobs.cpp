// rolecall jobs: what is open, new or gone.
#include <fmt/format.h>

#include "app/search_folder.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/commands/company_of_jobs.h"
#include "cli/exit_code.h"
#include "cli/terminal/local_time.h"
#include "cli/terminal/roles.h"
#include "cli/terminal/terminal.h"
#include "cli/terminal/told_apart.h"
#include "domain/since.h"
#include "forms/job_forms.h"
#include "search/sought_words.h"
#include "store/runs/runs.h"
#include "store/search/look_up_text.h"
#include "store/users/companies.h"
#include "store/users/job_search.h"

namespace rolecall {
namespace json = boost::json;
namespace {

// So long a search takes descriptions into the index: thousands, and the next search goes on.
constexpr std::chrono::milliseconds kPatienceWithTexts{2'000};

struct JobsOptions {
  std::vector<std::string> companies;
  std::string status = "open";
  std::string since, search;
  bool exact = false, only_new = false, json = false, csv = false, urls = false, expand = false;
};

Result<JobStatusFilter> ReadStatus(const std::string& written) {
  const auto found = std::ranges::find(kJobStatusFilters, written);
  if (found != kJobStatusFilters.end())
    return static_cast<JobStatusFilter>(found - kJobStatusFilters.begin());
  const std::vector<std::string> statuses(kJobStatusFilters.begin(), kJobStatusFilters.end());
  return Fail(Errc::kInvalidInput,
              fmt::format("there is no status \"{}\"; there are {}.{}", Printable(written),
                          fmt::join(statuses, ", "), DidYouMean(written, statuses)));
}

// Of --since, else of what is searched for.
Result<std::optional<Timestamp>> ReadSinceOf(const JobsOptions& options) {
  const auto within = SoughtWords(options.search).since();
  if (options.since.empty() && !within) return std::nullopt;
  const bool given = !options.since.empty();
  const std::string written = given ? options.since : *within;
  const auto since = ReadSince(written, SystemNow(), LocalMidnight);
  if (!since)
    return Fail(Errc::kInvalidInput,
                fmt::format("{} must be {}, and is {}", given ? "--since" : "since:", kSinceForms,
                            Quoted(written)));
  return since;
}

Result<JobFilter> ReadJobFilter(Connection& db, std::int64_t user_id, const JobsOptions& options) {
  JobFilter query{.text = options.search, .companies = options.companies};
  TRY(query.status, ReadStatus(options.status));
  TRY(query.since, ReadSinceOf(options));
  if (options.only_new) {
    TRY(const auto runs, ListRuns(db, user_id, 1, 0));
    if (runs.empty())
      return Fail(Errc::kNotFound, "there was no run yet: `rolecall run` makes the first");
    query.text = "is:new " + query.text;
  }
  TRY(const auto followed, LoadFollowings(db, user_id));
  for (std::string& company : query.companies) {
    TRY(company, CompanyOfJobs(db, user_id, company, followed));
  }
  return query;
}

// Has an index beside the database look the words up, and says what became of them.
Result<void> LookUpWords(const Invocation& invocation, const OpenedStore& store,
                         const JobsOptions& options, JobFilter& filter) {
  if (SoughtWords(filter.text).words().empty()) return {};
  const auto index = OpenIndex(invocation.config, *store.database);
  std::string why;
  // What is wrong with it is said by the look that follows.
  if (index && index->BringUp()) std::ignore = index->texts().BringUp(kPatienceWithTexts);
  TRY(auto db, store.database->Reader());
  CHECK_OK(LookUpText(*db, index.get(), store.user.id,
                      options.exact ? Slips::kKept : Slips::kForgiven, filter, why));
  if (!filter.hits)
    PrintNote(fmt::format("Words are looked for as they are, and not in descriptions: {}.", why));
  else if (const auto& corrected = filter.hits->corrected)
    PrintNote(fmt::format("Showing results for {} (--exact: for {})", Printable(corrected->to),
                          Printable(corrected->from)));
  if (filter.hits && filter.hits->lacks_texts)
    PrintNote("Not all descriptions are looked through yet: the next search takes more of them.");
  return {};
}

// By company, then title; what words were looked up for, by how well it fits them, then the newest.
Result<std::vector<JobRow>> LoadAllJobs(Connection& db, std::int64_t user_id, JobFilter filter) {
  const auto hits = filter.hits;
  JobWalk walk(user_id, std::move(filter));
  std::vector<JobRow> all;
  for (;;) {
    TRY(auto jobs, walk.Next(db));
    if (jobs.empty()) break;
    std::ranges::move(jobs, std::back_inserter(all));
  }
  if (hits)
    std::ranges::sort(all, {}, [&](const JobRow& job) {
      return std::tuple(-static_cast<int>(hits->FitOf(job.id)),
                        -job.first_seen_at.time_since_epoch().count(), -job.id);
    });
  else
    std::ranges::sort(all, {}, [](const JobRow& job) {
      return std::tie(job.company, job.title, job.external_id);
    });
  return all;
}

std::string StatusOf(const JobRow& job) {
  std::string told = job.status == "expired" ? "expired, " + job.expired_reason : job.status;
  if (job.status != "expired" && job.withheld_since)
    told += ", withheld";
  else if (job.status != "expired" && job.missing_since)
    told += ", missing";
  if (job.applied_at) told += ", applied";
  if (job.changed_since_hidden) told += ", changed since it was hidden";
  return told;
}

// What makes it older than it looks: "back after 12 days", "posted 3 times".
std::string AgeOf(const JobRow& job) {
  std::string told;
  if (job.back_after_days)
    told = fmt::format("back after {}", Counted(*job.back_after_days, "day", "days"));
  if (job.times_posted > 1)
    told += fmt::format("{}posted {} times", told.empty() ? "" : ", ", job.times_posted);
  return told;
}

// Each posting where addresses are shown: each has its own.
std::vector<Role<JobRow>> RolesIn(const std::vector<JobRow>& jobs, const JobsOptions& options) {
  std::vector<const JobRow*> all;
  for (const JobRow& job : jobs) all.push_back(&job);
  if (options.expand || options.urls) return EachPosting(all);
  return RolesOf(all, [](const JobRow& job) {
    return std::tuple(job.company, StatusOf(job), LocalDay(job.first_seen_at), AgeOf(job));
  });
}

std::string TableOf(const std::vector<JobRow>& jobs, const std::vector<Role<JobRow>>& roles,
                    const JobsOptions& options, const Paint& paint) {
  std::vector<TextTable::Column> columns{{"id", TextTable::Align::kRight},
                                         {"company", TextTable::Align::kLeft, true},
                                         {"title", TextTable::Align::kLeft, true},
                                         {"place", TextTable::Align::kLeft, true},
                                         {"status"},
                                         {"first seen"},
                                         {"age", TextTable::Align::kLeft, false, true}};
  if (options.urls) columns.push_back({"URL"});
  TextTable table(std::move(columns));
  ToldApart apart;
  for (const JobRow& job : jobs) apart.Add(job, job.company);
  for (const Role<JobRow>& role : roles) {
    const JobRow& job = *role.front();
    std::vector<std::string> cells{std::to_string(job.id),
                                   job.company,
                                   apart.TitleOf(job, job.company),
                                   PlacesOf(role),
                                   StatusOf(job),
                                   LocalDay(job.first_seen_at),
                                   AgeOf(job)};
    if (options.urls) cells.push_back(Printable(job.url));
    table.Add(std::move(cells));
  }
  return table.WithoutLacking().Text(WidthOf(Stream::kOut), paint);
}

Result<int> Jobs(const Invocation& invocation, const JobsOptions& options) {
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  JobFilter filter;
  {
    TRY(auto db, store.database->Reader());
    TRY(filter, ReadJobFilter(*db, store.user.id, options));
  }
  CHECK_OK(LookUpWords(invocation, store, options, filter));
  const JobFilter sought = filter;
  TRY(auto db, store.database->Reader());
  TRY(const auto jobs, LoadAllJobs(*db, store.user.id, std::move(filter)));
  if (options.json) {
    json::array list;
    for (const JobRow& job : jobs) list.push_back(JobJson(job));
    json::object shown{{"jobs", std::move(list)}, {"total", jobs.size()}};
    AddSearch(sought, shown);
    Print(json::serialize(shown) + "\n");
  } else if (options.csv) {
    Print(CsvHeader());
    for (const JobRow& job : jobs) Print(CsvLine(job));
  } else if (jobs.empty()) {
    PrintNote("No job matches.");
  } else {
    const auto roles = RolesIn(jobs, options);
    Print(TableOf(jobs, roles, options, PaintFor(invocation.config, Stream::kOut)));
    PrintNote(fmt::format("{} {}{}", jobs.size(), jobs.size() == 1 ? "job" : "jobs",
                          roles.size() == jobs.size()
                              ? ""
                              : fmt::format(" in {} lines: --expand shows each", roles.size())));
  }
  return kExitDone;
}

}  // namespace

void AddJobs(CommandLine& line) {
  const auto [command, options] = AddCommand<JobsOptions>(
      line, line.app, "jobs", "Lists jobs", "rolecall jobs --new --company acme --csv", Jobs);
  command->add_option("--company", options->companies, "only of this company; may be given again");
  command
      ->add_option(
          "--status", options->status,
          "open (whatever is not expired), pending, ready, error, expired, missing, withheld "
          "or all")
      ->capture_default_str();
  command->add_flag("--new", options->only_new,
                    "only those that came or came back in the last run");
  command->add_option(
      "--since", options->since,
      "only those first seen since: 7d, 36h, 2026-11-01 (as the day begins here), or a time");
  command->add_option("--search", options->search,
                      "words in title, company, place and description, slips forgiven: night "
                      "-senior \"data engineer\" "
                      "company:acme place:zurich in:switzerland remote is:new since:7d is:hidden "
                      "is:applied");
  command->add_flag("--exact", options->exact,
                    "with --search: forgive no slips, and take the words as they are");
  CLI::Option* as_json = command->add_flag("--json", options->json, "print them as JSON");
  command->add_flag("--csv", options->csv, "print them as CSV")->excludes(as_json);
  command->add_flag("--expand", options->expand,
                    "show each posting of a role that is posted in several cities");
  command->add_flag("--urls", options->urls, "show the address of each in the table");
}

}  // namespace rolecall
