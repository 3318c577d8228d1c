// rolecall logs: a run's log, from its first line, and on as it grows.
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <chrono>
#include <optional>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/local_time.h"
#include "cli/terminal/terminal.h"
#include "forms/or_null.h"
#include "run/run_events.h"
#include "run/run_log.h"
#include "store/runs/run_lines.h"
#include "store/runs/runs.h"
#include "work/store_trouble.h"

namespace rolecall {
namespace json = boost::json;
namespace {

struct LogsOptions {
  std::int64_t run = 0;
  bool json = false;
  bool follow = false;
};

// Where news is heard, a lost word costs so much; elsewhere one looks.
constexpr std::chrono::milliseconds kLookAnyway{5'000}, kLookAgainUnheard{250};
constexpr std::chrono::minutes kPatience{10};

std::string LineJson(std::string_view prefix, std::int64_t run_id, const RunLine& line) {
  return json::serialize(json::object{{"id", line.seq},
                                      {"timestamp", line.at_ms},
                                      {"level", line.level},
                                      {"company", TextOrNull(line.company)},
                                      {"message", ShownLine(prefix, run_id, line.message)}});
}

// On a terminal the run is known; a pipe gets the line as every other place has it.
std::string LineText(std::string_view prefix, std::int64_t run_id, const RunLine& line,
                     const Paint& paint) {
  const Tone tone = line.level == "error"     ? Tone::kBad
                    : line.level == "warning" ? Tone::kWarn
                                              : Tone::kPlain;
  const Timestamp at{std::chrono::milliseconds(line.at_ms)};
  return fmt::format(
      "{} {}", paint(Tone::kDim, IsTerminal(Stream::kOut) ? LocalSecond(at) : ToIso(at)),
      paint(tone, Printable(IsTerminal(Stream::kOut) ? line.message
                                                     : ShownLine(prefix, run_id, line.message))));
}

struct Part {
  std::vector<RunLine> lines;
  bool ended = false;  // the run, so that no more follow
};

Result<Part> LoadPart(OpenedStore& store, std::int64_t run_id, std::int64_t after) {
  Part part;
  TRY(auto db, store.database->Reader());
  // The status first: every line is readable before a final one is.
  TRY(const RunRecord run, LoadRun(*db, store.user.id, run_id));
  part.ended = IsFinal(run.status);
  TRY(part.lines, LoadLines(*db, run_id, after, kLinesAPage));
  return part;
}

// A pipe whose reader is gone, as `| head` leaves it, says so to who writes; here nothing may come
// for hours.
bool HasNoReader() {
  pollfd out{STDOUT_FILENO, 0, 0};
  return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

// Until there may be a line, or it is time to look whatever other runs tell.
void AwaitNews(RunEvents& events, std::int64_t run_id) {
  using Steady = std::chrono::steady_clock;
  const auto end = Steady::now() + (events.hears() ? kLookAnyway : kLookAgainUnheard);
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Steady::now());
    if (left.count() <= 0) return;
    const auto news = events.Wait(left, {});
    if (news.contains(run_id) || news.contains(0)) return;
  }
}

Result<int> Logs(const Invocation& invocation, const LogsOptions& options) {
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  const std::string_view prefix = LinePrefix(invocation.config);
  const Paint paint = PaintFor(invocation.config, Stream::kOut);
  std::optional<RunEvents> events;
  if (options.follow) events.emplace(*store.database);
  StoreTrouble trouble(kPatience);
  for (std::int64_t after = 0;;) {
    const auto part = LoadPart(store, options.run, after);
    if (!part) {
      // Whoever follows waits as the run itself does.
      if (!events || part.error().code != Errc::kUnavailable ||
          !trouble.Wait(part.error(), {}, [](const Error& error) {
            PrintError("waiting for the database: " + error.message);
          }))
        return std::unexpected(part.error());
      continue;
    }
    trouble.Answered(PrintError);
    for (const RunLine& line : part->lines)
      Print((options.json ? LineJson(prefix, options.run, line)
                          : LineText(prefix, options.run, line, paint)) +
            "\n");
    if (!part->lines.empty()) after = part->lines.back().seq;
    if (static_cast<int>(part->lines.size()) == kLinesAPage) continue;
    if (part->ended || !events || std::fflush(stdout) != 0 || HasNoReader()) return kExitDone;
    AwaitNews(*events, options.run);
  }
}

}  // namespace

void AddLogs(CommandLine& line) {
  const auto [command, options] = AddCommand<LogsOptions>(
      line, line.app, "logs", "Prints a run's log", "rolecall logs 12 | grep EXPIRED", Logs);
  command->add_option("RUN", options->run, "the run's number")->required()->check(IsId());
  command->add_flag("--json", options->json, "print a JSON object a line");
  command->add_flag("--follow", options->follow, "from the first line on, until the run ends");
}

}  // namespace rolecall
