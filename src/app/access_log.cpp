// What a client wrote as its path is cut and made harmless before a terminal or a file sees it.
#include "app/access_log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostShown = 200;

// Printable ASCII alone; the rest as '?'.
std::string Harmless(std::string_view text) {
  std::string shown(text.substr(0, kMostShown));
  for (char& one : shown)
    if (one <= ' ' || one > '~') one = '?';
  return shown;
}

}  // namespace

AccessLog::AccessLog()
    : logger_(std::make_shared<spdlog::logger>("access",
                                               std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
  logger_->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %v", spdlog::pattern_time_type::utc);
}

void AccessLog::Note(const Exchange& exchange) {
  logger_->info("{} {} {} {} {} bytes {:.1f} ms", exchange.peer, Harmless(exchange.method),
                Harmless(exchange.path), exchange.status, exchange.bytes,
                static_cast<double>(exchange.took.count()) / 1000);
}

}  // namespace rolecall
