// Names of views. They stand in addresses, where clients take "." and ".." for steps, encoded too.
#include "domain/view_name.h"

#include <fmt/format.h>

#include "base/characters.h"
#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kLongestViewName = 80;  // bytes

// Some of it can be seen, and nothing of it steers or ends a line.
bool PrintsOnOneLine(std::string_view text) {
  bool shows = false, stays = true;
  EachCharacter(text, [&](utf8proc_int32_t point, std::string_view) {
    const auto category = utf8proc_category(point);
    stays = stays && !Steers(point) && category != UTF8PROC_CATEGORY_ZL &&
            category != UTF8PROC_CATEGORY_ZP;
    shows = shows || (category != UTF8PROC_CATEGORY_CF && category != UTF8PROC_CATEGORY_ZS);
  });
  return shows && stays;
}

}  // namespace

Result<std::string> ReadViewName(std::string_view written) {
  const std::string_view name = Trim(written);
  if (!name.empty() && name.size() <= kLongestViewName && !name.contains('/') && name != "." &&
      name != ".." && IsWhole(name) && PrintsOnOneLine(name))
    return std::string(name);
  return Fail(Errc::kInvalidInput,
              fmt::format("must be 1 to {} bytes that print on one line, without '/', and neither "
                          "\".\" nor \"..\"",
                          kLongestViewName));
}

}  // namespace rolecall
