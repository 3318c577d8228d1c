// Writes one line a request. What a client wrote as its path is cut and made harmless before a
// terminal or a file sees it. Written by a thread of its own: where nobody reads stderr, lines are
// lost, and the server goes on.
#include "app/access_log.h"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostShown = 200;
constexpr std::size_t kMostWaiting = 8'192;  // lines

// Printable ASCII alone; the rest as '?'.
std::string Harmless(std::string_view text) {
  std::string shown(text.substr(0, kMostShown));
  for (char& one : shown)
    if (one <= ' ' || one > '~') one = '?';
  return shown;
}

}  // namespace

AccessLog::AccessLog()
    : threads_(std::make_shared<spdlog::details::thread_pool>(kMostWaiting, 1)),
      logger_(std::make_shared<spdlog::async_logger>(
          "access", std::make_shared<spdlog::sinks::stderr_sink_mt>(), threads_,
          spdlog::async_overflow_policy::overrun_oldest)) {
  logger_->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %v", spdlog::pattern_time_type::utc);
}

// The thread is gone before what it writes by.
AccessLog::~AccessLog() { threads_.reset(); }

void AccessLog::Note(const Exchange& exchange) {
  std::string line =
      fmt::format("{} {} {} {} {} bytes {:.1f} ms", exchange.peer, Harmless(exchange.method),
                  Harmless(exchange.path), exchange.status, exchange.bytes,
                  static_cast<double>(exchange.took.count()) / 1000);
  if (!exchange.failure.empty()) line += ": " + OneLine(exchange.failure);
  logger_->info("{}", line);
}

}  // namespace rolecall
