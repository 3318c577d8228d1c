// Expected failures as values: a code that says what a caller can do, and a sentence that says what
// was attempted.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace rolecall {

enum class Errc : std::uint8_t {
  kInvalidInput,  // the request cannot be right as it stands
  kNotFound,      // what it names does not exist
  kConflict,      // something else holds it: a run is active, a row is already there
  kUpstream,      // a board answered what it does not promise
  kStorage,       // the database refuses: newer, read-only, damaged
  kUnavailable,   // no way to the database or the network, or its disk is full; may work later
  kCancelled,     // somebody asked for the end
};

struct Error {
  Errc code;
  std::string message;  // what was attempted, on what, and what came back
  // Another transaction came between: nothing is wrong, and the same may work at once.
  bool contended = false;
};

template <typename T = void>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> Fail(Errc code, std::string message) {
  return std::unexpected(Error{code, std::move(message)});
}

// Adds one fact before the sentence of `error`: "reading acme: HTTP 502".
[[nodiscard]] inline std::unexpected<Error> Wrap(std::string fact, Error error) {
  error.message = std::move(fact) + ": " + std::move(error.message);
  return std::unexpected(std::move(error));
}

// TRY(auto rows, Query(db)) unwraps a result, or returns its error from this function;
// CHECK_OK(Write(db)) is the same for a result without a value.
#define ROLECALL_JOIN_(a, b) a##b
#define ROLECALL_JOIN(a, b) ROLECALL_JOIN_(a, b)
#define ROLECALL_TRY_(result, declaration, ...)                   \
  auto result = (__VA_ARGS__);                                    \
  if (!result) return std::unexpected(std::move(result).error()); \
  declaration = *std::move(result)
#define TRY(declaration, ...) \
  ROLECALL_TRY_(ROLECALL_JOIN(result_, __LINE__), declaration, __VA_ARGS__)
#define CHECK_OK(...)                                      \
  do {                                                     \
    if (auto checked_ = (__VA_ARGS__); !checked_)          \
      return std::unexpected(std::move(checked_).error()); \
  } while (false)

}  // namespace rolecall
