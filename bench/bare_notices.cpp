// The thread ends where its socket does.
#include "bench/bare_notices.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include <stdexcept>

namespace rolecall {

BareNotices::Session BareNotices::Open(const std::string& url) {
  Session session(PQconnectdb(url.c_str()), PQfinish);
  if (PQstatus(session.get()) != CONNECTION_OK)
    throw std::runtime_error(PQerrorMessage(session.get()));
  return session;
}

void BareNotices::Run(const Session& session, const std::string& sql) {
  const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(session.get(), sql.c_str()),
                                                              PQclear);
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
    throw std::runtime_error(PQerrorMessage(session.get()));
}

BareNotices::BareNotices(const std::string& url) : tells_(Open(url)), hears_(Open(url)) {
  Run(hears_, "LISTEN rolecall_bench");
  thread_ = std::jthread([this] { Hear(); });
}

BareNotices::~BareNotices() { shutdown(PQsocket(hears_.get()), SHUT_RDWR); }

void BareNotices::Hear() {
  while (true) {
    pollfd socket{.fd = PQsocket(hears_.get()), .events = POLLIN, .revents = 0};
    if (poll(&socket, 1, -1) < 0 || PQconsumeInput(hears_.get()) == 0) return;
    while (PGnotify* notice = PQnotifies(hears_.get())) {
      notices_.Note(std::stoll(notice->extra));
      PQfreemem(notice);
    }
  }
}

double BareNotices::Tell() {
  Run(tells_, "BEGIN");
  Run(tells_, fmt::format("NOTIFY rolecall_bench, '{}'", ++told_));
  const auto began = std::chrono::steady_clock::now();
  Run(tells_, "COMMIT");
  return std::chrono::duration<double, std::milli>(notices_.Await(told_) - began).count();
}

}  // namespace rolecall
