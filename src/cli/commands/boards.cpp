// rolecall boards: what a definition of a kind of board reads.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "boards/board_report.h"
#include "boards/definition.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "fetch/http_fetcher.h"

namespace rolecall {
namespace {

struct CheckOptions {
  std::string file, token;
};

Result<std::string> ReadDefinitionFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad())
    return Fail(Errc::kInvalidInput, fmt::format("{} cannot be read", Quoted(path)));
  return text;
}

std::string SampleText(const BoardReport::Sample& sample) {
  std::string text;
  const auto line = [&](std::string_view label, std::string_view value) {
    if (!value.empty()) text += fmt::format("  {:<12} {}\n", label, Printable(value));
  };
  const ListedJob& job = sample.job;
  line("id", job.external_id);
  line("path", job.path);
  line("title", job.title);
  line("location", sample.content.location.empty() ? job.location : sample.content.location);
  line("url", job.url);
  for (const JobFacts& facts : {job.facts, sample.content.facts.value_or(JobFacts{})}) {
    line("posted", facts.posted);
    line("workplace", facts.workplace);
    line("department", facts.department);
    line("salary", facts.salary);
  }
  line("description", Excerpt(sample.content.description));
  line("requirements", Excerpt(sample.content.requirements));
  if (sample.witness) line("own address", sample.witness->detail);
  return text;
}

Result<int> CheckDefinition(const Invocation& invocation, const CheckOptions& options,
                            const std::stop_token& stop) {
  TRY(const std::string toml, ReadDefinitionFile(options.file));
  TRY(const auto definition, ReadDefinition(toml, options.file));
  BoardRegistry kinds = *invocation.config.kinds;
  CHECK_OK(kinds.Add(toml, options.file));
  const std::string& kind = Traits(*definition).kind;
  TRY(const BoardAddress board, kinds.FindBoard(kind, options.token));
  CHECK_OK(CheckGateway(invocation.config.fetch));
  TRY(const auto fetcher, MakeHttpFetcher(invocation.config.fetch));
  TRY(const BoardReport report, ReportBoard(board, {}, *fetcher, stop));
  const auto jobs = JobsIn(report.reading.listing).size();
  std::string text =
      fmt::format("{} {}{}: {}, by {}\n", kind, options.token,
                  report.own_name.empty() ? "" : " (" + Printable(report.own_name) + ")",
                  Counted(static_cast<std::int64_t>(jobs), "job", "jobs"),
                  Counted(report.reading.requests, "request", "requests"));
  if (report.sample) text += "The first of them:\n" + SampleText(*report.sample);
  for (const std::string& doubt : report.doubts) text += fmt::format("! {}\n", Printable(doubt));
  if (report.doubts.empty()) text += "Nothing is amiss.\n";
  Print(text);
  if (CompletenessOf(report.reading.listing) == Completeness::kFailed) return kExitFailed;
  return report.doubts.empty() ? kExitDone : kExitWarnings;
}

}  // namespace

void AddBoards(CommandLine& line) {
  CLI::App* boards = line.app.add_subcommand("boards", "Tries definitions of kinds of board");
  boards->footer("Example:\n  rolecall boards check mine.toml --token acme");
  boards->require_subcommand(1);
  const auto [check, options] = AddCommand<CheckOptions>(
      line, *boards, "check", "Reads a board once by a definition, and says what is amiss",
      "rolecall boards check mine.toml --token acme", CheckDefinition);
  check->add_option("FILE", options->file, "a definition, as docs/boards.md has it")->required();
  check->add_option("--token", options->token, "a board of that kind")->required();
}

}  // namespace rolecall
