// Names of companies. Slugs are ASCII, since they stand in addresses and on command lines.
#include "domain/company_name.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestShown = 200;

bool IsLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::unexpected<Error> NoName(std::string_view written) {
  return Fail(Errc::kInvalidInput,
              fmt::format("\"{}\" is no company name: use lower case letters, digits, '-', '_' and "
                          "'.', beginning with a letter or digit, at most {}",
                          Mend(std::string(written.substr(0, 80))).text, kLongestName));
}

}  // namespace

Result<void> CheckCompanyName(std::string_view name) {
  const auto fits = [](char c) { return IsLetterOrDigit(c) || c == '-' || c == '_' || c == '.'; };
  if (name.empty() || name.size() > kLongestName || !std::ranges::all_of(name, fits) ||
      !IsLetterOrDigit(name[0]))
    return NoName(name);
  return {};
}

Result<std::string> SlugOf(std::string_view written) {
  std::string slug;
  for (const char c : Fold(Trim(written))) {
    if (IsLetterOrDigit(c) || (c == '_' && !slug.empty())) slug += c;
    // "Moody's" is moodys, and "AT&T, Inc." at-t-inc.
    else if (c != '\'' && !slug.empty() && !slug.ends_with('-'))
      slug += '-';
  }
  while (slug.ends_with('-')) slug.pop_back();
  if (slug.empty())
    return Fail(
        Errc::kInvalidInput,
        fmt::format("{} holds no letter that stands for one of a to z, and no digit, to call "
                    "the company by: write its name in Latin letters",
                    Quoted(written)));
  if (slug.size() > kLongestName)
    return Fail(Errc::kInvalidInput,
                fmt::format("{} is longer than the {} letters that a company is "
                            "called by: write less of it",
                            Quoted(written), kLongestName));
  return slug;
}

Result<void> CheckShownName(std::string_view display_name) {
  if (display_name.size() <= kLongestShown) return {};
  return Fail(Errc::kInvalidInput, fmt::format("{} is longer than {} bytes: write less of it",
                                               Quoted(display_name), kLongestShown));
}

std::string ShownName(std::string_view display_name, std::string_view name) {
  if (!display_name.empty() && display_name != name) return std::string(display_name);
  std::string readable;
  bool begins = true;
  for (const char c : name) {
    const bool parts = c == '-' || c == '_';
    readable += parts ? ' ' : begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = parts;
  }
  return readable;
}

}  // namespace rolecall
