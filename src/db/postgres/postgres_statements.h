// The statements of one session with PostgreSQL: each text is read once, and what is asked again
// and again is planned once in a while instead of each time.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/db.h"
#include "db/dialect.h"
#include "db/postgres/postgres_session.h"

namespace rolecall {

// Used by one thread at a time.
class PostgresStatements {
 public:
  // The session must outlive the object. Behind a pooler, which may lend another session to each
  // transaction, nothing is planned ahead.
  explicit PostgresStatements(const PostgresSession& session) : session_(session) {}

  // The server's answer; fails where a parameter has no value in `binds`, or the server refuses.
  Result<AnswerHandle> Ask(Sql sql, const Binds& binds);

 private:
  using Steady = std::chrono::steady_clock;

  struct Plan {
    std::string name;  // "" where the server keeps none
    int uses = 0;
    Steady::time_point begun;
  };
  struct Statement {
    PreparedText text;
    std::map<std::vector<Oid>, Plan> plans;  // by the types of the parameters
  };
  struct Parameter {
    Oid type = 0;
    std::optional<std::string> text;
  };
  struct Binder;

  AnswerHandle AskOnce(const PreparedText& text, const std::vector<Oid>& types,
                       const std::vector<const char*>& values) const;
  AnswerHandle AskPlanned(Statement& statement, const std::vector<Oid>& types,
                          const std::vector<const char*>& values);
  void Forget(Plan& plan) const;

  const PostgresSession& session_;
  std::unordered_map<std::string_view, Statement> statements_;  // by the text of their Sql
  int names_ = 0;
};

}  // namespace rolecall
