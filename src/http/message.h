// A request as a handler sees it, and the reply that it gives: the one place where an error becomes
// a status.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "streams/streams.h"

namespace rolecall {

struct Header {
  std::string name;
  std::string value;
};

struct Request {
  std::string method;           // HEAD arrives as GET; the server leaves the body out of the reply
  std::string path;             // as it was sent, without the query
  std::string query;            // as it was sent, without the '?'
  std::vector<Header> headers;  // names in lower case
  std::string body;
  std::string peer;            // the address of whoever asks: "127.0.0.1", "::1"
  bool through_proxy = false;  // one that is known passed it on

  // The value of a header by its name in lower case; of a repeated one the first; "" for none.
  std::string_view HeaderOf(std::string_view name) const;
  // How many headers have that name.
  int CountOf(std::string_view name) const;
  // The first value of a parameter of the query, decoded; nothing where it is not there.
  std::optional<std::string> Parameter(std::string_view name) const;
};

// Whether the address is of this machine alone: 127.0.0.0/8, ::1, ::ffff:127.0.0.0/104.
bool IsLoopback(std::string_view address);

struct Reply {
  int status = 200;
  std::string content_type{"application/json"};
  std::string body;
  std::vector<Header> headers{};
  // Where set, the body is told piece by piece instead: each call gives the next, "" the end. An
  // error cuts the connection, so that nobody takes a part for the whole. Called on the pool.
  std::function<Result<std::string>()> more{};
  // Where set, the connection is handed to the streams once the header is sent.
  std::optional<Subscription> stream{};
  // What went wrong in words that may name hosts and paths: for the log alone, never sent.
  std::string failure{};
};

// {"detail": sentence}.
Reply Refuse(int status, std::string_view sentence);

// One place in a request's body or query that cannot be right.
struct Misfit {
  std::vector<std::string> place;  // {"body", "0", "company_name"}: numbers are told as numbers
  std::string message;
};
// 422 with {"detail": [{"loc", "msg"}]}.
Reply Unprocessable(const std::vector<Misfit>& misfits);

// What strangers are told of a database that fails: its own words may name hosts, paths and users.
inline constexpr std::string_view kDatabaseIsAway = "The database does not answer: try again.";
inline constexpr std::string_view kDatabaseRefuses =
    "The database refuses: whoever runs this server finds more in its log.";

// The status of an error: kInvalidInput 400, kNotFound 404, kConflict 409, kUpstream 502, kStorage
// 500, kUnavailable and kCancelled 503 with Retry-After. Of kStorage and kUnavailable the body has
// one of the sentences above, and Reply::failure the error's own.
Reply ReplyTo(const Error& error);

}  // namespace rolecall
