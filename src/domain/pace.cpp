// How a refused key is told. One sentence for a key that is refused, whoever refuses it.
#include "domain/pace.h"

#include <fmt/format.h>

namespace rolecall {

std::string LeftAlone(std::string_view key, Timestamp until, int opened_after) {
  return fmt::format(
      "{} is left alone until {} {}", key, ToMoment(until),
      opened_after == 0 ? "as it asked" : fmt::format("after {} failures in a row", opened_after));
}

}  // namespace rolecall
