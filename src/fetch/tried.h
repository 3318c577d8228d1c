// What came of one try to get an answer, and whether another may do better.
#pragma once

#include <expected>
#include <utility>

#include "base/error.h"

namespace rolecall {

struct FailedTry {
  Error error;
  bool another_may_mend_it = false;

  FailedTry(Error failure) : error(std::move(failure)) {}  // NOLINT(google-explicit-constructor)
};

template <typename T>
using Tried = std::expected<T, FailedTry>;

// The failure of a try that is worth another.
inline std::unexpected<FailedTry> WorthAnotherTry(std::unexpected<Error> failure) {
  FailedTry failed(std::move(failure).error());
  failed.another_may_mend_it = true;
  return std::unexpected(std::move(failed));
}

}  // namespace rolecall
