// What handlers share: replies as JSON, and ids out of paths.
#include "api/handler.h"

#include <fmt/format.h>

#include "base/text.h"

namespace rolecall {

Reply JsonReply(const boost::json::value& value, int status) {
  return {.status = status, .body = boost::json::serialize(value)};
}

Result<std::int64_t> IdOf(std::string_view text, std::string_view what) {
  const auto id = WholeNumber(text);
  if (id && *id > 0) return *id;
  return Fail(Errc::kNotFound, fmt::format("There is no {} \"{}\".", what,
                                           Mend(std::string(text.substr(0, 80))).text));
}

}  // namespace rolecall
