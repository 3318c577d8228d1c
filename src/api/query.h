// The parameters of a request's query: every value, and only values that can be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "http/message.h"

namespace rolecall {

// Each fails with kInvalidInput, in a sentence that names the parameter, on a value that cannot be
// read. Of a parameter that comes twice the first counts, but for ValuesOf.

// Nothing where the parameter is not there, or is empty.
Result<std::optional<std::string>> ValueOf(const Request& request, std::string_view name);

// All of "company=a&company=b,c", each once, in their order.
Result<std::vector<std::string>> ValuesOf(const Request& request, std::string_view name);

// Text to look for, of at most 200 bytes; "" where the parameter is not there.
Result<std::string> SoughtOf(const Request& request, std::string_view name);

// The value, which has to be one of `choices`; the first of them where the parameter is not there.
Result<std::string> ChoiceOf(const Request& request, std::string_view name,
                             std::span<const std::string_view> choices);

// "2026-11-24T02:41:15.123Z", or a day of UTC: "2026-11-24".
Result<std::optional<Timestamp>> TimeOf(const Request& request, std::string_view name);

// "limit must be …, and is "abc"", for a value that cannot be read.
Error Unreadable(std::string_view name, std::string_view must, std::string_view value);

}  // namespace rolecall
