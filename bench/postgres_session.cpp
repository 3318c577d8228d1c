// Lines for COPY are made beforehand: the limit is what the database takes, not what formatting
// costs.
#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "bench/raw_session.h"

namespace rolecall {
namespace {

void AppendCopyText(std::string& lines, std::string_view text) {
  while (true) {
    const auto special = text.find_first_of("\\\n\r\t");
    lines += text.substr(0, special);
    if (special == std::string_view::npos) return;
    const char c = text[special];
    lines += c == '\\' ? "\\\\" : c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    text.remove_prefix(special + 1);
  }
}

std::string CopyLines(const Rows& rows) {
  std::string lines;
  for (std::size_t index = 0; index < rows.size(); ++index) {
    for (std::size_t column = 0; column < rows.columns.size(); ++column) {
      if (column > 0) lines += '\t';
      const Cell& cell = rows.row(index)[column];
      if (const auto* text = std::get_if<std::string_view>(&cell))
        AppendCopyText(lines, *text);
      else if (const auto* number = std::get_if<std::int64_t>(&cell))
        lines += fmt::format("{}", *number);
      else
        lines += "\\N";
    }
    lines += '\n';
  }
  return lines;
}

// The cells of one row as libpq takes them; texts must end in NUL there, so they are copied.
class Parameters {
 public:
  void Take(const Rows& rows, std::size_t index) {
    texts_.resize(rows.columns.size());
    values_.resize(rows.columns.size());
    for (std::size_t column = 0; column < rows.columns.size(); ++column) {
      const Cell& cell = rows.row(index)[column];
      values_[column] = nullptr;
      if (std::holds_alternative<std::nullptr_t>(cell)) continue;
      if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        std::array<char, 24> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr;
        texts_[column].assign(digits.data(), end);
      } else {
        texts_[column] = std::get<std::string_view>(cell);
      }
      values_[column] = texts_[column].c_str();
    }
  }
  const char* const* values() const { return values_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<const char*> values_;
};

class PostgresSession : public RawSession {
 public:
  explicit PostgresSession(const std::string& url) : session_(PQconnectdb(url.c_str())) {
    if (PQstatus(session_.get()) != CONNECTION_OK)
      throw std::runtime_error(PQerrorMessage(session_.get()));
    Script("SET timezone = 'UTC'; SET client_min_messages = warning");
  }

  void Script(const std::string& sql) override { Expect(PQexec(session_.get(), sql.c_str())); }

  std::int64_t Count(const std::string& sql) override {
    const Answer answer = Expect(PQexec(session_.get(), sql.c_str()));
    return std::stoll(PQgetvalue(answer.get(), 0, 0));
  }

  void Upsert(const Rows& rows) override {
    const int columns = static_cast<int>(rows.columns.size());
    Expect(PQprepare(session_.get(), rows.table.c_str(), UpsertText(rows, '$').c_str(), columns,
                     nullptr));
    Parameters parameters;
    for (std::size_t index = 0; index < rows.size(); ++index) {
      parameters.Take(rows, index);
      Expect(PQexecPrepared(session_.get(), rows.table.c_str(), columns, parameters.values(),
                            nullptr, nullptr, 0));
    }
    Script(fmt::format("DEALLOCATE {}", rows.table));
  }

  std::function<void()> Load(const Rows& rows) override {
    const auto copy =
        fmt::format("COPY {} ({}) FROM STDIN", rows.table, fmt::join(rows.columns, ", "));
    return [this, copy, lines = CopyLines(rows)] {
      Expect(PQexec(session_.get(), copy.c_str()));
      constexpr std::size_t kChunk = 1 << 18;
      for (std::size_t at = 0; at < lines.size(); at += kChunk)
        if (PQputCopyData(session_.get(), lines.data() + at,
                          static_cast<int>(std::min(kChunk, lines.size() - at))) != 1)
          throw std::runtime_error(PQerrorMessage(session_.get()));
      PQputCopyEnd(session_.get(), nullptr);
      while (PGresult* answer = PQgetResult(session_.get())) Expect(answer);
    };
  }

 private:
  struct Finish {
    void operator()(PGconn* session) const { PQfinish(session); }
    void operator()(PGresult* answer) const { PQclear(answer); }
  };
  using Answer = std::unique_ptr<PGresult, Finish>;

  // Takes the answer over.
  Answer Expect(PGresult* raw) {
    Answer answer(raw);
    const auto status = PQresultStatus(raw);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN)
      throw std::runtime_error(PQerrorMessage(session_.get()));
    return answer;
  }

  std::unique_ptr<PGconn, Finish> session_;
};

}  // namespace

std::unique_ptr<RawSession> OpenPostgresSession(const std::string& url) {
  return std::make_unique<PostgresSession>(url);
}

}  // namespace rolecall
