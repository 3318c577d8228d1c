// rolecall mark: hides jobs and companies, and notes what was applied for.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/command.h"
#include "cli/commands/company_of_jobs.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "store/users/followings.h"
#include "store/users/marks.h"

namespace rolecall {
namespace {

struct MarkOptions {
  std::string mark;
  std::vector<std::int64_t> jobs;
  std::vector<std::string> companies;
  bool undo = false;
};

Result<void> CheckOptions(const MarkOptions& options) {
  if (options.jobs.empty() && options.companies.empty())
    return Fail(Errc::kInvalidInput,
                "name the jobs by their ids, as `rolecall jobs` shows them, or a --company");
  if (!options.companies.empty() && options.mark != "hidden")
    return Fail(Errc::kInvalidInput, "a company can be hidden, and nothing else: mark its jobs");
  return {};
}

Result<void> MarkJob(Transaction& tx, const JobOfUser& job, const MarkOptions& options) {
  const auto mark =
      static_cast<JobMark>(std::ranges::find(kJobMarks, options.mark) - kJobMarks.begin());
  if (options.undo) return ClearJobMark(tx, job, mark);
  CHECK_OK(SetJobMark(tx, job, mark, SystemNow()));
  return {};
}

Result<void> MarkCompany(Transaction& tx, const CompanyOfUser& company,
                         const MarkOptions& options) {
  if (options.undo) return ShowCompany(tx, company);
  CHECK_OK(HideCompany(tx, company, SystemNow()));
  return {};
}

// All of them, or none.
Result<int> Mark(const Invocation& invocation, const MarkOptions& options) {
  CHECK_OK(CheckOptions(options));
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  TRY(auto tx, store.database->Write());
  for (const std::int64_t job : options.jobs) CHECK_OK(MarkJob(tx, {store.user.id, job}, options));
  TRY(const auto followed, LoadFollowings(tx.db(), store.user.id));
  std::vector<std::string> companies;
  for (const std::string& written : options.companies) {
    TRY(const std::string company, CompanyOfJobs(tx.db(), store.user.id, written, followed));
    CHECK_OK(MarkCompany(tx, {store.user.id, company}, options));
    companies.push_back(company);
  }
  CHECK_OK(tx.Commit());
  std::string told = options.jobs.empty() ? "" : Counted(std::ssize(options.jobs), "job", "jobs");
  for (const std::string& company : companies)
    told += fmt::format("{}{}", told.empty() ? "" : ", ", Printable(company));
  PrintNote(fmt::format("{}: {}{}.", told, options.undo ? "no longer " : "", options.mark));
  return kExitDone;
}

}  // namespace

void AddMark(CommandLine& line) {
  const auto [command, options] = AddCommand<MarkOptions>(
      line, line.app, "mark", "Hides jobs and companies, and notes what was applied for",
      "rolecall mark hidden 4711 4712\n  rolecall mark hidden --company acme\n"
      "  rolecall mark applied 4711 --undo",
      Mark);
  command->add_option("MARK", options->mark, "hidden or applied")
      ->required()
      ->check(CLI::IsMember(std::vector<std::string>(kJobMarks.begin(), kJobMarks.end())));
  command->add_option("ID", options->jobs, "jobs, as `rolecall jobs` shows them")->check(IsId());
  command
      ->add_option("--company", options->companies,
                   "hide all jobs of this company, those too that come; may be given again")
      ->check(IsGiven());
  command->add_flag("--undo", options->undo, "take the mark back");
}

}  // namespace rolecall
