// A measurement of something that failed is worth nothing: what must not fail throws, and main ends
// with it.
#pragma once

#include <fmt/format.h>

#include <stdexcept>

#include "base/error.h"

namespace rolecall {

template <typename T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

template <typename T>
void MustEqual(std::string_view what, const T& expected, const T& found) {
  if (!(expected == found))
    throw std::runtime_error(fmt::format("{}: {} expected, {} found", what, expected, found));
}

}  // namespace rolecall
