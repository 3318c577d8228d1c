// The parameters of a request's query: every value, and only values that can be.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "http/message.h"

namespace rolecall {

// What a query says, or which parameter of it cannot be read: {"query", name}, and a sentence that
// names it.
template <typename T>
using FromQuery = std::expected<T, Misfit>;

// TRY_QUERY(const auto value, ValueOf(request, "q")) unwraps, in a handler, or returns the 422.
#define ROLECALL_TRY_QUERY_(result, declaration, ...)             \
  auto result = (__VA_ARGS__);                                    \
  if (!result) return Unprocessable({std::move(result).error()}); \
  declaration = *std::move(result)
#define TRY_QUERY(declaration, ...) \
  ROLECALL_TRY_QUERY_(ROLECALL_JOIN(result_, __LINE__), declaration, __VA_ARGS__)

// Of a parameter that comes twice the first counts, but for ValuesOf.

// Nothing where the parameter is not there, or is empty.
FromQuery<std::optional<std::string>> ValueOf(const Request& request, std::string_view name);

// All of "company=a&company=b,c", each once, in their order.
FromQuery<std::vector<std::string>> ValuesOf(const Request& request, std::string_view name);

// Text to look for, of at most 200 bytes; "" where the parameter is not there.
FromQuery<std::string> SoughtOf(const Request& request, std::string_view name);

// The value, which has to be one of `choices`; the first of them where the parameter is not there.
FromQuery<std::string> ChoiceOf(const Request& request, std::string_view name,
                                std::span<const std::string_view> choices);

struct NumberRange {
  std::int64_t otherwise;  // where the parameter is not there
  std::int64_t least;
  std::int64_t most;
};

// A whole number of the range.
FromQuery<std::int64_t> NumberOf(const Request& request, std::string_view name,
                                 const NumberRange& range);
// The same, but `most` for a number over it.
FromQuery<std::int64_t> CappedNumberOf(const Request& request, std::string_view name,
                                       const NumberRange& range);

// As domain/since.h reads it, with days of UTC.
FromQuery<std::optional<Timestamp>> SinceOf(const Request& request, std::string_view name,
                                            Timestamp now);

// A number without sign but a minus, without blanks, and of 64 bits; nothing for any other text.
std::optional<std::int64_t> WholeNumber(std::string_view text);

// "limit must be …, and is "abc"", for a value that cannot be read.
Misfit Unreadable(std::string_view name, std::string_view must, std::string_view value);

}  // namespace rolecall
