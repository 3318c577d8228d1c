// Takes cookies apart as RFC 6265, 5.2 has it, and gives them to less than it allows.
#include "fetch/cookie_jar.h"

#include <curl/curl.h>

#include <algorithm>
#include <ctime>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostCookies = 20;       // of a reading
constexpr std::size_t kLongestCookie = 4'096;  // bytes, its name and value

// What stands before the first `border`, which is taken off with it.
std::string_view CutBefore(std::string_view& rest, char border) {
  const auto at = rest.find(border);
  const std::string_view part = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return Trim(part);
}

bool MayStandInHeader(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c >= 0x20 && c < 0x7F; });
}

// Whether an attribute says that the cookie is no more.
bool IsOver(std::string_view attribute, std::string_view value) {
  if (attribute == "max-age")
    return value.starts_with('-') ||
           (value.starts_with('0') && value.find_first_not_of('0') == std::string_view::npos);
  if (attribute != "expires") return false;
  const std::time_t at = curl_getdate(std::string(value).c_str(), nullptr);
  return at != -1 && at <= std::time(nullptr);
}

// RFC 6265, 5.1.4: "/jobs" matches "/jobs", "/jobs?a" and "/jobs/7", and not "/jobsite".
bool IsUnder(std::string_view cookie_path, std::string_view path) {
  if (!path.starts_with(cookie_path)) return false;
  const std::string_view rest = path.substr(cookie_path.size());
  return cookie_path.ends_with('/') || rest.empty() || rest.front() == '/' || rest.front() == '?';
}

}  // namespace

void CookieJar::Take(std::string_view origin, std::string_view set_cookie) {
  std::string_view attributes = set_cookie;
  std::string_view value = CutBefore(attributes, ';');
  if (!value.contains('=')) return;
  const std::string_view name = CutBefore(value, '=');
  value = Trim(value);
  if (name.empty() || name.size() + value.size() > kLongestCookie || !MayStandInHeader(name) ||
      !MayStandInHeader(value))
    return;
  std::string_view path = "/";
  bool over = false;
  while (!attributes.empty()) {
    std::string_view of = CutBefore(attributes, ';');
    const std::string attribute = Fold(CutBefore(of, '='));
    over = over || IsOver(attribute, Trim(of));
    if (attribute == "path" && Trim(of).starts_with('/')) path = Trim(of);
  }
  std::erase_if(cookies_, [&](const Cookie& one) {
    return one.origin == origin && one.path == path && one.name == name;
  });
  if (over || cookies_.size() >= kMostCookies) return;
  cookies_.push_back(
      {std::string(origin), std::string(path), std::string(name), std::string(value)});
}

std::string CookieJar::HeaderFor(std::string_view origin, std::string_view path) const {
  std::string header;
  for (const Cookie& one : cookies_)
    if (one.origin == origin && IsUnder(one.path, path))
      header += (header.empty() ? "" : "; ") + one.name + "=" + one.value;
  return header;
}

}  // namespace rolecall
