// Numbers are whole and plain: no sign but a minus, no blank, nothing after the digits.
#include "api/handler.h"

#include <charconv>
#include <limits>
#include <optional>

#include "api/query.h"
#include "base/text.h"

namespace rolecall {
namespace {

std::optional<std::int64_t> WholeNumber(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || stopped != end || text.empty()) return std::nullopt;
  return number;
}

}  // namespace

Reply JsonReply(const boost::json::value& value, int status) {
  return {.status = status, .body = boost::json::serialize(value)};
}

Result<std::int64_t> NumberOf(const Request& request, std::string_view name, std::int64_t otherwise,
                              std::int64_t least, std::int64_t most) {
  TRY(const auto value, ValueOf(request, name));
  if (!value) return otherwise;
  const auto number = WholeNumber(*value);
  if (number && *number >= least && *number <= most) return *number;
  const std::string must = most >= std::numeric_limits<std::int64_t>::max() - 1
                               ? fmt::format("a whole number of at least {}", least)
                               : fmt::format("a whole number from {} to {}", least, most);
  return std::unexpected(Unreadable(name, must, *value));
}

Result<std::int64_t> IdOf(std::string_view text, std::string_view what) {
  const auto id = WholeNumber(text);
  if (id && *id > 0) return *id;
  return Fail(Errc::kNotFound, fmt::format("There is no {} \"{}\".", what,
                                           Mend(std::string(text.substr(0, 80))).text));
}

}  // namespace rolecall
