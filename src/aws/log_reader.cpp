// Reads a run's log again and again. A late event sorts before those that were read, so that each
// reading begins a while before the last one's end, and drops what it knows.
#include "aws/log_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace rolecall {
namespace {

constexpr std::int64_t kOverlapMs = 120'000;
constexpr std::int64_t kClocksDifferMs = 60'000;
constexpr int kMostPages = 100;                 // of one call
constexpr std::size_t kMostOfEvents = 8 << 20;  // bytes of messages in one call

std::string PrefixOf(std::string prefix, LogKind kind) {
  switch (kind) {
    case LogKind::kProduction:
      return prefix + " ";
    case LogKind::kTest:
      return "[TEST]" + prefix + " ";
  }
  std::unreachable();
}

}  // namespace

LogReader::LogReader(AwsClient& client, std::string group, std::string prefix, LogKind kind,
                     std::int64_t start_ms)
    : client_(client),
      group_(std::move(group)),
      prefix_(PrefixOf(std::move(prefix), kind)),
      start_ms_(std::max<std::int64_t>(0, start_ms - kClocksDifferMs)) {}

Result<std::vector<LogEvent>> LogReader::ReadNew(std::stop_token stop) {
  if (!sweep_) sweep_ = Sweep{.from_ms = std::max(start_ms_, newest_ms_ - kOverlapMs)};
  is_through_ = false;
  std::vector<LogEvent> events;
  std::size_t bytes = 0;
  for (int pages = 0; sweep_ && pages < kMostPages && bytes < kMostOfEvents; ++pages) {
    const std::size_t before = events.size();
    if (auto read = ReadPage(stop, events); !read) {
      if (events.empty()) return std::unexpected(std::move(read).error());
      break;
    }
    for (std::size_t at = before; at < events.size(); ++at) bytes += events[at].message.size();
  }
  std::ranges::sort(events, {},
                    [](const LogEvent& event) { return std::tie(event.at_ms, event.event_id); });
  return events;
}

Result<void> LogReader::ReadPage(const std::stop_token& stop, std::vector<LogEvent>& events) {
  const LogQuery query{.group = group_,
                       .phrase = prefix_.substr(0, prefix_.size() - 1),
                       .from_ms = sweep_->from_ms,
                       .next_token = sweep_->next_token};
  auto page = FilterLogEvents(client_, query, stop);
  if (!page && page.error().code == Errc::kNotFound) {
    EndSweep();
    return {};
  }
  if (!page) {
    // What refuses may be the token, which is good for a day: the next way has none.
    if (page.error().code == Errc::kUpstream) sweep_.reset();
    return std::unexpected(std::move(page).error());
  }
  for (LogEvent& event : page->events) {
    sweep_->newest_ms = std::max(sweep_->newest_ms, event.at_ms);
    if (event.message.starts_with(prefix_) &&
        seen_.insert(std::hash<std::string>()(event.event_id)).second)
      events.push_back(std::move(event));
  }
  if (page->next_token.empty()) {
    EndSweep();
    return {};
  }
  if (!sweep_->tokens.insert(page->next_token).second) {
    sweep_.reset();
    return Fail(Errc::kUpstream,
                fmt::format("reading the log group {}: CloudWatch Logs leads in a circle, by a "
                            "nextToken that it gave before",
                            group_));
  }
  sweep_->next_token = std::move(page->next_token);
  return {};
}

void LogReader::EndSweep() {
  newest_ms_ = std::max(newest_ms_, sweep_->newest_ms);
  sweep_.reset();
  is_through_ = true;
}

}  // namespace rolecall
