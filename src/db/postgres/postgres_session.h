// A session with a PostgreSQL server through libpq: how it is opened, and its refusals as errors.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace rolecall {

template <auto Close>
struct CloseWith {
  template <typename T>
  void operator()(T* handle) const noexcept {
    Close(handle);
  }
};
using AnswerHandle = std::unique_ptr<PGresult, CloseWith<PQclear>>;

// Used by one thread at a time.
class PostgresSession {
 public:
  // kUnavailable where nobody answers. A server that falls silent is given up after a minute.
  static Result<PostgresSession> Open(const std::string& url);

  PGconn* get() const { return session_.get(); }
  const std::string& shown() const { return shown_; }  // the URL without its password

  // Several statements without parameters, one after the other.
  Result<void> Script(const std::string& text);

  // Whether it can be used, as far as is known without asking the server. Between statements.
  bool IsAlive() const;

  // Whether a pooler stands between, which may lend another session to each transaction.
  bool has_pooler() const { return has_pooler_; }

  // Why `answer` is not what was asked for, or that the server went away. `answer` may be null.
  std::unexpected<Error> Refused(const PGresult* answer) const;

 private:
  Result<void> LookForPooler();

  using SessionHandle = std::unique_ptr<PGconn, CloseWith<PQfinish>>;
  PostgresSession(SessionHandle session, std::string shown)
      : session_(std::move(session)), shown_(std::move(shown)) {}

  SessionHandle session_;
  std::string shown_;
  bool has_pooler_ = false;
};

}  // namespace rolecall
