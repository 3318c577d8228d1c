// Reads the origin out of a request's headers. What they say goes back to whoever said it, and into
// no cache that others read.
#include "api/asked_origin.h"

#include <algorithm>

#include "base/text.h"

namespace rolecall {
namespace {

// Of proxies behind each other the outermost, which stands first.
std::string_view First(std::string_view list) { return Trim(list.substr(0, list.find(','))); }

// A name or an address, with a port maybe.
bool IsHost(std::string_view host) {
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._:[]").contains(c);
  });
}

}  // namespace

std::string AskedOrigin(const Request& request, std::string_view base_path) {
  std::string_view host = First(request.HeaderOf("x-forwarded-host"));
  if (!IsHost(host)) host = request.HeaderOf("host");
  if (!IsHost(host)) return std::string(base_path);
  const bool https = First(request.HeaderOf("x-forwarded-proto")) == "https";
  return std::string(https ? "https://" : "http://").append(host).append(base_path);
}

}  // namespace rolecall
