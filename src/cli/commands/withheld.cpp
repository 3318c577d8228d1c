// rolecall withheld: expiries that wait for a person, and the person's word.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "cli/watched_run.h"
#include "forms/run_json.h"
#include "run/withheld_of_run.h"

namespace rolecall {
namespace json = boost::json;
namespace {

struct WithheldOptions {
  std::int64_t run = 0;
  std::string expire, keep;
  bool json = false;
};

std::string Listed(const std::vector<WithheldJob>& jobs, const WithheldOptions& options,
                   const Paint& paint) {
  std::string text, company;
  for (const WithheldJob& job : jobs) {
    if (job.company != company) {
      company = job.company;
      const auto count = std::ranges::count(jobs, company, &WithheldJob::company);
      text += fmt::format("{}{}: {} would leave, and wait\n", text.empty() ? "" : "\n",
                          paint(Tone::kBold, company), count);
      text += fmt::format("  {}\n", paint(Tone::kWarn, Printable(job.why)));
    }
    text += fmt::format("  {:>6}  {}{}\n", job.job_id, Printable(job.title),
                        job.location.empty() ? "" : " · " + Printable(job.location));
  }
  return text +
         fmt::format("\nrolecall withheld {0} --expire COMPANY, or --keep COMPANY\n", options.run);
}

json::array ListedJson(const std::vector<WithheldJob>& jobs) {
  json::array list;
  for (const WithheldJob& job : jobs) {
    json::object shown = WithheldJobJson(job);
    shown["company"] = job.company;
    list.push_back(std::move(shown));
  }
  return list;
}

Result<int> ExpireWithheld(const Invocation& invocation, OpenedStore& store,
                           const std::vector<WithheldJob>& jobs, const WithheldOptions& options,
                           std::stop_token stop) {
  std::vector<std::int64_t> approved;
  for (const WithheldJob& job : jobs) approved.push_back(job.job_id);
  PrintNote(fmt::format("Reading the board of {} again: at most these {} expire.", options.expire,
                        approved.size()));
  return RunAndWatch(invocation.config, store,
                     {.ingestion = invocation.config.ingestion,
                      .companies = {options.expire},
                      .approved = std::move(approved)},
                     options.json ? RunOutput::kJson : RunOutput::kSummary, stop);
}

Result<int> KeepAndTell(OpenedStore& store, const std::vector<WithheldJob>& jobs,
                        const WithheldOptions& options) {
  TRY(auto tx, store.database->Write());
  CHECK_OK(KeepWithheld(tx, jobs, SystemNow()));
  CHECK_OK(tx.Commit());
  PrintNote(
      fmt::format("{} of {} {} kept.", jobs.size(), options.keep, jobs.size() == 1 ? "is" : "are"));
  return kExitDone;
}

Result<int> Withheld(const Invocation& invocation, const WithheldOptions& options,
                     const std::stop_token& stop) {
  if (!options.expire.empty()) CHECK_OK(CheckGateway(invocation.config.fetch));
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  if (stop.stop_requested()) return Fail(Errc::kCancelled, "stopped before anything was settled");
  std::vector<WithheldJob> jobs;
  {
    TRY(auto db, store.database->Reader());
    TRY(jobs, WithheldOfRun(*db, store.user.id, options.run,
                            options.expire.empty() ? options.keep : options.expire));
  }
  if (!options.expire.empty()) return ExpireWithheld(invocation, store, jobs, options, stop);
  if (!options.keep.empty()) return KeepAndTell(store, jobs, options);
  if (options.json) {
    Print(json::serialize(ListedJson(jobs)) + "\n");
  } else if (jobs.empty()) {
    PrintNote(fmt::format("Nothing that run {} showed is withheld.", options.run));
  } else {
    Print(Listed(jobs, options, PaintFor(invocation.config, Stream::kOut)));
  }
  return kExitDone;
}

}  // namespace

void AddWithheld(CommandLine& line) {
  const auto [command, options] = AddCommand<WithheldOptions>(
      line, line.app, "withheld", "Lists expiries that are withheld, and settles them",
      "rolecall withheld 12\n  rolecall withheld 12 --expire acme", Withheld);
  command->add_option("RUN", options->run, "the run that showed them")->required()->check(IsId());
  CLI::Option* expire =
      command
          ->add_option(
              "--expire", options->expire,
              "reads the company's board again, and expires those that it still does not list, or "
              "all that were shown where it still cannot be read after 14 days")
          ->check(IsGiven());
  command->add_option("--keep", options->keep, "keeps those of the company, as not missing")
      ->check(IsGiven())
      ->excludes(expire);
  command->add_flag("--json", options->json, "print them, or the run, as JSON");
}

}  // namespace rolecall
