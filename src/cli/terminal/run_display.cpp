// Shows a run while it works. The bars are two lines, taken away and drawn anew with each change.
#include "cli/terminal/run_display.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "run/run_log.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

constexpr std::chrono::milliseconds kRedraw{100};
constexpr int kWidestBar = 28;
constexpr int kBesideTheBar = 36;  // columns of a line that its bar leaves to words and numbers
// Back to the first of the two lines, and everything from there on cleared.
constexpr std::string_view kTakeAway = "\r\033[1A\033[J";

// A line must not wrap: it is taken away as one.
std::string Bar(std::string_view label, int done, int all, std::string_view unit) {
  const int columns = WidthOf(Stream::kError);
  const int width = columns == 0 ? kWidestBar : std::clamp(columns - kBesideTheBar, 4, kWidestBar);
  const int full = all == 0 ? 0 : static_cast<int>(std::int64_t{width} * done / all);
  std::string cells;
  for (int i = 0; i < width; ++i) cells += i < full ? "█" : "░";
  return fmt::format("{:<9} {} {:>6}/{} {}", label, cells, done, all, unit);
}

}  // namespace

RunDisplay::RunDisplay(Database& database, const Config& config, std::int64_t user_id,
                       std::int64_t run_id)
    : database_(database),
      user_id_(user_id),
      run_id_(run_id),
      prefix_(LinePrefix(config)),
      bars_(config.steerable && IsTerminal(Stream::kError)),
      paint_(PaintFor(config, Stream::kError)) {
  if (bars_) thread_ = std::jthread([this](std::stop_token ends) { Work(ends); });
}

RunDisplay::~RunDisplay() { End(); }

void RunDisplay::Wake() {
  {
    std::scoped_lock lock(mutex_);
    stale_ = true;
  }
  woken_.notify_all();
}

void RunDisplay::Show(const RunLine& line) {
  const Tone tone = line.level == "error"     ? Tone::kBad
                    : line.level == "warning" ? Tone::kWarn
                                              : Tone::kPlain;
  if (bars_ && tone == Tone::kPlain) return;
  std::scoped_lock lock(mutex_);
  Replace(paint_(tone, Printable(bars_ ? line.message : ShownLine(prefix_, run_id_, line.message))),
          drawn_);
}

void RunDisplay::Complain(std::string_view trouble) {
  std::scoped_lock lock(mutex_);
  Replace(fmt::format("rolecall: {}", Printable(trouble)), drawn_);
}

void RunDisplay::End() {
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
  }
  std::scoped_lock lock(mutex_);
  Replace("", "");
}

void RunDisplay::Work(std::stop_token ends) {
  while (!ends.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait(lock, ends, [this] { return stale_; });
      stale_ = false;
    }
    const std::string bars = Bars();
    std::unique_lock lock(mutex_);
    if (!bars.empty()) Replace("", bars);
    woken_.wait_for(lock, ends, kRedraw, [] { return false; });
  }
}

std::string RunDisplay::Bars() {
  const auto loaded = [&]() -> Result<RunRecord> {
    TRY(auto db, database_.Reader());
    return LoadRun(*db, user_id_, run_id_);
  }();
  if (!loaded) return "";
  const auto read = std::ranges::count_if(loaded->companies, [](const CompanyOfRun& one) {
    return one.stage != Stage::kWaiting && one.stage != Stage::kReading;
  });
  const CompanyCounts& c = loaded->totals;
  return Bar("Reading", static_cast<int>(read), static_cast<int>(loaded->companies.size()),
             "companies") +
         "\n" + Bar("Contents", c.ready + c.skipped + c.failed, c.included, "jobs");
}

// One write: the bars away, the line, the bars again.
void RunDisplay::Replace(const std::string& line, const std::string& bars) {
  std::string text;
  if (!drawn_.empty()) text += kTakeAway;
  if (!line.empty()) text += line + "\n";
  text += bars;
  drawn_ = bars;
  if (!text.empty()) WriteRaw(text);
}

}  // namespace rolecall
