// Reads the parameters of a query. One walk over the pairs of a query; a broken escape is told, not
// taken for nothing. Numbers are whole and plain: no sign but a minus, no blank, nothing after the
// digits.
#include "api/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/text.h"
#include "domain/since.h"

namespace rolecall {
namespace {

constexpr std::size_t kShown = 80;    // bytes of a value that is refused
constexpr std::size_t kSought = 200;  // bytes

// The values of a parameter as they were sent, decoded.
FromQuery<std::vector<std::string>> Sent(const Request& request, std::string_view name) {
  std::vector<std::string> values;
  std::string_view rest = request.query;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (DecodePercent(pair.substr(0, equals), PlusSign::kIsABlank) != name) continue;
    const std::string_view value = pair.substr(std::min(pair.size(), equals + 1));
    auto decoded = DecodePercent(value, PlusSign::kIsABlank);
    if (!decoded) return std::unexpected(Unreadable(name, "percent-encoded", value));
    values.push_back(*std::move(decoded));
  }
  return values;
}

}  // namespace

std::optional<std::int64_t> WholeNumber(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || stopped != end || text.empty()) return std::nullopt;
  return number;
}

Misfit Unreadable(std::string_view name, std::string_view must, std::string_view value) {
  return {.place = {"query", std::string(name)},
          .message = fmt::format("{} must be {}, and is \"{}\".", name, must,
                                 Mend(std::string(value.substr(0, kShown))).text)};
}

FromQuery<std::optional<std::string>> ValueOf(const Request& request, std::string_view name) {
  TRY(auto values, Sent(request, name));
  if (values.empty() || values.front().empty()) return std::nullopt;
  return std::move(values.front());
}

FromQuery<std::vector<std::string>> ValuesOf(const Request& request, std::string_view name) {
  TRY(const auto sent, Sent(request, name));
  std::vector<std::string> values;
  for (const std::string_view list : sent) {
    for (std::size_t at = 0; at <= list.size();) {
      const std::size_t end = std::min(list.find(',', at), list.size());
      std::string value(Trim(list.substr(at, end - at)));
      if (!value.empty() && std::ranges::find(values, value) == values.end())
        values.push_back(std::move(value));
      at = end + 1;
    }
  }
  return values;
}

FromQuery<std::string> SoughtOf(const Request& request, std::string_view name) {
  TRY(const auto value, ValueOf(request, name));
  if (value && value->size() > kSought)
    return std::unexpected(Unreadable(name, fmt::format("at most {} bytes long", kSought), *value));
  return value.value_or("");
}

FromQuery<std::string> ChoiceOf(const Request& request, std::string_view name,
                                std::span<const std::string_view> choices) {
  TRY(const auto value, ValueOf(request, name));
  if (!value) return std::string(choices.front());
  if (std::ranges::find(choices, *value) == choices.end())
    return std::unexpected(
        Unreadable(name, fmt::format("one of {}", fmt::join(choices, ", ")), *value));
  return *value;
}

FromQuery<std::int64_t> NumberOf(const Request& request, std::string_view name,
                                 const NumberRange& range) {
  const auto& [otherwise, least, most] = range;
  TRY(const auto value, ValueOf(request, name));
  if (!value) return otherwise;
  const auto number = WholeNumber(*value);
  if (number && *number >= least && *number <= most) return *number;
  const std::string must = most >= std::numeric_limits<std::int64_t>::max() - 1
                               ? fmt::format("a whole number of at least {}", least)
                               : fmt::format("a whole number from {} to {}", least, most);
  return std::unexpected(Unreadable(name, must, *value));
}

FromQuery<std::int64_t> CappedNumberOf(const Request& request, std::string_view name,
                                       const NumberRange& range) {
  TRY(const std::int64_t number,
      NumberOf(request, name,
               {.otherwise = range.otherwise, .least = range.least, .most = INT64_MAX}));
  return std::min(number, range.most);
}

FromQuery<std::optional<Timestamp>> SinceOf(const Request& request, std::string_view name,
                                            Timestamp now) {
  TRY(const auto value, ValueOf(request, name));
  if (!value) return std::nullopt;
  if (const auto time = ReadSince(*value, now, UtcMidnight)) return *time;
  return std::unexpected(Unreadable(name, kSinceForms, *value));
}

}  // namespace rolecall
