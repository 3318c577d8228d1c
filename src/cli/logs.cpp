// rolecall logs: a run's log, from its first line.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <thread>

#include "api/values.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "run/run_log.h"
#include "store/run_lines.h"
#include "store/runs.h"

namespace rolecall {
namespace json = boost::json;
namespace {

struct LogsOptions {
  std::int64_t run = 0;
  bool json = false;
  bool follow = false;
};

constexpr int kAPage = 1'000;
constexpr std::chrono::milliseconds kLookAgain{250};

std::string LineJson(std::int64_t run_id, const RunLine& line) {
  return json::serialize(json::object{{"id", line.seq},
                                      {"timestamp", line.at_ms},
                                      {"level", line.level},
                                      {"company", TextOrNull(line.company)},
                                      {"message", ShownLine(run_id, line.message)}});
}

std::string LineText(std::int64_t run_id, const RunLine& line, const Paint& paint) {
  const Tone tone = line.level == "error"     ? Tone::kBad
                    : line.level == "warning" ? Tone::kWarn
                                              : Tone::kPlain;
  const Timestamp at{std::chrono::milliseconds(line.at_ms)};
  return fmt::format("{} {}", paint(Tone::kDim, ToIso(at)),
                     paint(tone, Printable(ShownLine(run_id, line.message))));
}

Result<int> Logs(const Invocation& invocation, const LogsOptions& options) {
  TRY(auto store, OpenFor(invocation));
  const Paint paint(invocation.config.color && IsTerminal(Stream::kOut));
  std::int64_t after = 0;
  while (true) {
    std::vector<RunLine> lines;
    bool ended = false;
    {
      TRY(auto db, store.database->Reader());
      // The status first: every line is readable before a final one is.
      TRY(const RunRecord run, LoadRun(*db, store.user.id, options.run));
      ended = IsFinal(run.status) || !options.follow;
      TRY(lines, LoadLines(*db, options.run, after, kAPage));
    }
    for (const RunLine& line : lines)
      Print((options.json ? LineJson(options.run, line) : LineText(options.run, line, paint)) +
            "\n");
    if (!lines.empty()) after = lines.back().seq;
    if (static_cast<int>(lines.size()) == kAPage) continue;
    if (ended || std::fflush(stdout) != 0) return kExitDone;
    std::this_thread::sleep_for(kLookAgain);
  }
}

}  // namespace

void AddLogs(CommandLine& line) {
  const auto [command, options] = AddCommand<LogsOptions>(
      line, line.app, "logs", "Prints a run's log", "rolecall logs 12 | grep EXPIRED", Logs);
  command->add_option("RUN", options->run, "the run's number")
      ->required()
      ->check(CLI::PositiveNumber);
  command->add_flag("--json", options->json, "print a JSON object a line");
  command->add_flag("--follow", options->follow, "from the first line on, until the run ends");
}

}  // namespace rolecall
