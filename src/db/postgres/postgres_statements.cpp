// Prepares and runs the statements of a session. Values travel as text with their types, tables as
// arrays.
#include "db/postgres/postgres_statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rolecall {
namespace {

// The types of parameters, as PostgreSQL numbers them (pg_type.dat).
constexpr Oid kUnknown = 0, kBoolean = 16, kBytea = 17, kBigint = 20, kText = 25, kDouble = 701,
              kTimestamptz = 1184;

// A kept plan knows neither the values nor how tables grew since it was made: it is made anew
// after so many uses or so long, and what is given more rows than so many is planned each time.
constexpr int kUsesOfAPlan = 100;
constexpr std::chrono::seconds kAgeOfAPlan{60};
constexpr std::size_t kRowsOfAPlan = 500;

// One column of a table as an array literal.
std::string ColumnLiteral(const Table& rows, std::size_t column) {
  std::string literal = "{";
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (row > 0) literal += ',';
    const auto& cell = rows.cell(row, column);
    if (!cell) {
      literal += "NULL";
      continue;
    }
    literal += '"';
    for (const char c : *cell) {
      if (c == '"' || c == '\\') literal += '\\';
      literal += c;
    }
    literal += '"';
  }
  return literal + "}";
}

bool IsSmall(const Bind& bind) {
  const auto* const* table = std::get_if<const Table*>(&bind.value);
  return table == nullptr || (*table)->rows() <= kRowsOfAPlan;
}

// Whether the server no longer has a plan that it was told to keep, or keeps one of tables that
// were altered since.
bool LostPlan(const PGresult* answer) {
  const char* state = answer == nullptr ? nullptr : PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  return state != nullptr &&
         (std::string_view(state) == "26000" || std::string_view(state) == "0A000");
}

}  // namespace

struct PostgresStatements::Binder {
  int column;
  Parameter operator()(std::nullptr_t) const { return {}; }
  Parameter operator()(std::int64_t value) const { return {kBigint, fmt::format("{}", value)}; }
  Parameter operator()(double value) const { return {kDouble, fmt::format("{}", value)}; }
  Parameter operator()(bool value) const { return {kBoolean, value ? "t" : "f"}; }
  Parameter operator()(const std::string& value) const { return {kText, value}; }
  Parameter operator()(const Blob& value) const {
    std::string hex = "\\x";
    for (const char c : value.bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return {kBytea, std::move(hex)};
  }
  Parameter operator()(Timestamp value) const { return {kTimestamptz, ToIso(value)}; }
  Parameter operator()(const Table* value) const {
    return {kUnknown, ColumnLiteral(*value, static_cast<std::size_t>(column))};
  }
};

Result<AnswerHandle> PostgresStatements::Ask(Sql sql, const Binds& binds) {
  Statement& statement = statements_[sql.text()];
  if (statement.text.text.empty()) statement.text = PrepareText(sql.text(), Dialect::kPostgres);
  std::vector<Parameter> parameters;
  for (const Slot& slot : statement.text.slots) {
    const auto bind = std::ranges::find(binds, slot.name, &Bind::name);
    if (bind == binds.end())
      return Fail(Errc::kStorage, fmt::format("no value for :{} in: {}", slot.name, sql.text()));
    parameters.push_back(std::visit(Binder{slot.column}, bind->value));
  }
  std::vector<Oid> types;
  std::vector<const char*> values;
  for (const Parameter& parameter : parameters) {
    types.push_back(parameter.type);
    values.push_back(parameter.text ? parameter.text->c_str() : nullptr);
  }
  const bool is_planned = !session_.has_pooler() && std::ranges::all_of(binds, IsSmall);
  AnswerHandle answer =
      is_planned ? AskPlanned(statement, types, values) : AskOnce(statement.text, types, values);
  const auto status = PQresultStatus(answer.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return answer;
  if (LostPlan(answer.get())) statements_.clear();
  return session_.Refused(answer.get());
}

AnswerHandle PostgresStatements::AskOnce(const PreparedText& text, const std::vector<Oid>& types,
                                         const std::vector<const char*>& values) const {
  return AnswerHandle(PQexecParams(session_.get(), text.text.c_str(),
                                   static_cast<int>(values.size()), types.data(), values.data(),
                                   nullptr, nullptr, 0));
}

AnswerHandle PostgresStatements::AskPlanned(Statement& statement, const std::vector<Oid>& types,
                                            const std::vector<const char*>& values) {
  Plan& plan = statement.plans[types];
  const auto now = Steady::now();
  if (plan.uses > kUsesOfAPlan || now - plan.begun > kAgeOfAPlan) Forget(plan);
  // What is asked once a minute is not worth a plan of its own.
  if (plan.uses++ == 0) {
    plan.begun = now;
    return AskOnce(statement.text, types, values);
  }
  if (plan.name.empty()) {
    std::string name = fmt::format("rolecall_{}", ++names_);
    AnswerHandle planned(PQprepare(session_.get(), name.c_str(), statement.text.text.c_str(),
                                   static_cast<int>(types.size()), types.data()));
    if (PQresultStatus(planned.get()) != PGRES_COMMAND_OK) return planned;
    plan.name = std::move(name);
  }
  return AnswerHandle(PQexecPrepared(session_.get(), plan.name.c_str(),
                                     static_cast<int>(values.size()), values.data(), nullptr,
                                     nullptr, 0));
}

void PostgresStatements::Forget(Plan& plan) const {
  // Where the server refuses, since the transaction failed before, it keeps a plan that nobody
  // asks for until the session ends.
  if (!plan.name.empty())
    PQclear(PQexec(session_.get(), fmt::format("DEALLOCATE {}", plan.name).c_str()));
  plan = {};
}

}  // namespace rolecall
