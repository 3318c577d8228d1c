// Opens a session with PostgreSQL, and tells its refusals. Connecting, and SQLSTATEs as kinds of
// error.
#include "db/postgres/postgres_session.h"

#include <fmt/format.h>
#include <poll.h>

#include <utility>
#include <vector>

#include "db/database_url.h"
#include "db/db.h"

namespace rolecall {
namespace {

// Left to itself, the network may take hours to notice that the other side vanished. Seconds, and
// milliseconds for the last.
constexpr std::pair<const char*, const char*> kSettings[] = {
    {"application_name", "rolecall"}, {"client_encoding", "UTF8"},   {"connect_timeout", "10"},
    {"keepalives_idle", "30"},        {"keepalives_interval", "10"}, {"keepalives_count", "3"},
    {"tcp_user_timeout", "60000"}};

// The first line of libpq's message, which may be followed by hints and positions.
std::string FirstLine(const char* message) {
  const std::string_view text(message == nullptr ? "" : message);
  return std::string(text.substr(0, text.find('\n')));
}

constexpr std::string_view kSerializationFailure = "40001";
constexpr std::string_view kDeadlock = "40P01";

Errc CodeOfState(std::string_view state) {
  if (state == "23505") return Errc::kConflict;
  // Connections lost or refused, deadlocks, a full disk or memory, shutdowns, a plan that is gone
  // or outdated: the same request may work later.
  if (state.starts_with("08") || state.starts_with("40") || state.starts_with("53") ||
      state.starts_with("57P") || state == "55P03" || state == "26000" || state == "0A000")
    return Errc::kUnavailable;
  return Errc::kStorage;
}

std::string_view StateInPlainWords(std::string_view state) {
  if (state == "53100") return "the disk is full: ";
  if (state == "25006") return "it is read-only: ";
  return "";
}

}  // namespace

Result<PostgresSession> PostgresSession::Open(const std::string& url) {
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : kSettings) {
    keywords.push_back(keyword);
    values.push_back(value);
  }
  // What stands in the URL comes last, and overrides.
  keywords.insert(keywords.end(), {"dbname", nullptr});
  values.insert(values.end(), {url.c_str(), nullptr});
  PostgresSession opened(SessionHandle(PQconnectdbParams(keywords.data(), values.data(), 1)),
                         MaskedUrl(url));
  if (PQstatus(opened.get()) != CONNECTION_OK)
    return Fail(Errc::kUnavailable,
                fmt::format("the database {} cannot be reached: {}", opened.shown(),
                            FirstLine(PQerrorMessage(opened.get()))));
  PQsetNoticeProcessor(opened.get(), [](void*, const char*) {}, nullptr);
  // Statements are short: machine code for one takes longer to make than it saves. The view jobs
  // joins eight tables: with the usual limit of eight, a ninth beside it is joined to all that the
  // view has.
  CHECK_OK(
      opened.Script("SET timezone = 'UTC'; SET datestyle = 'ISO'; SET bytea_output = 'hex'; "
                    "SET join_collapse_limit = 12; SET from_collapse_limit = 12; SET jit = off"));
  CHECK_OK(opened.LookForPooler());
  return opened;
}

Result<void> PostgresSession::Script(const std::string& text) {
  const AnswerHandle answer(PQexec(get(), text.c_str()));
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return Refused(answer.get());
  return {};
}

bool PostgresSession::IsAlive() const {
  if (PQstatus(get()) != CONNECTION_OK) return false;
  // What a server says unasked is most often its farewell, and a lost socket can be read as well.
  pollfd unread{PQsocket(get()), POLLIN, 0};
  return poll(&unread, 1, 0) == 0;
}

Result<void> PostgresSession::LookForPooler() {
  const AnswerHandle answer(PQexec(get(), "SELECT pg_backend_pid()"));
  if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) return Refused(answer.get());
  // The process that let us in is another than the one that answers, as a pooler invents it.
  has_pooler_ = PQgetvalue(answer.get(), 0, 0) != fmt::format("{}", PQbackendPID(get()));
  return {};
}

std::unexpected<Error> PostgresSession::Refused(const PGresult* answer) const {
  if (PQstatus(get()) != CONNECTION_OK)
    return Fail(Errc::kUnavailable, fmt::format("the database {} went away: {}", shown_,
                                                FirstLine(PQerrorMessage(get()))));
  const char* state = answer == nullptr ? nullptr : PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  const std::string_view code = state == nullptr ? "" : state;
  return std::unexpected(Error{
      .code = CodeOfState(code),
      .message = fmt::format(
          "the database {} refused: {}{}", shown_, StateInPlainWords(code),
          FirstLine(answer == nullptr ? PQerrorMessage(get()) : PQresultErrorMessage(answer))),
      .contended = code == kSerializationFailure || code == kDeadlock});
}

}  // namespace rolecall
