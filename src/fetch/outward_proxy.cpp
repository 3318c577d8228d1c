// Decides by itself what no_proxy leaves out, since the guard must know whose socket it sees.
#include "fetch/outward_proxy.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "fetch/url_parts.h"

namespace rolecall {
namespace {

UrlHandle ReadProxy(const std::string& proxy) {
  UrlHandle url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, proxy.c_str(), CURLU_GUESS_SCHEME) != CURLUE_OK)
    return nullptr;
  return url;
}

Result<void> CheckProxy(std::string_view variable, const std::string& proxy) {
  if (proxy.empty()) return {};
  const UrlHandle url = ReadProxy(proxy);
  if (url != nullptr && UrlPart(url, CURLUPART_SCHEME) == "http" &&
      !UrlPart(url, CURLUPART_PORT).empty())
    return {};
  return Fail(Errc::kInvalidInput,
              fmt::format("{} must be the address of an HTTP proxy with its port, such as "
                          "http://proxy.example:3128",
                          variable));
}

// "example.com", ".example.com", "*.example.com" and "example.com:443" name it and all beneath it.
bool Names(std::string_view entry, const WebAddress& address) {
  if (entry == "*") return true;
  const bool has_port = std::ranges::count(entry, ':') == 1;
  const std::size_t colon = has_port ? entry.find(':') : std::string_view::npos;
  if (has_port) {
    const std::size_t at = address.place.rfind(':');
    const std::string_view port = address.place.size() == address.host.size()
                                      ? (address.url.starts_with("https:") ? "443" : "80")
                                      : std::string_view(address.place).substr(at + 1);
    if (entry.substr(colon + 1) != port) return false;
  }
  std::string_view name = entry.substr(0, colon);
  if (name.starts_with("*.")) name.remove_prefix(1);
  if (name.starts_with('.')) name.remove_prefix(1);
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  const std::string host = Fold(name);
  return !host.empty() && (address.host == host || address.host.ends_with("." + host));
}

bool IsLeftOut(std::string_view list, const WebAddress& address) {
  while (!list.empty()) {
    const std::size_t end = list.find_first_of(", ");
    if (Names(list.substr(0, end), address)) return true;
    if (end == std::string_view::npos) break;
    list.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace

Result<void> CheckProxies(const OutwardProxies& proxies) {
  CHECK_OK(CheckProxy("https_proxy", proxies.for_https));
  return CheckProxy("http_proxy", proxies.for_http);
}

Result<std::string> ProxyFor(const OutwardProxies& proxies, const WebAddress& address) {
  const std::string& proxy =
      address.url.starts_with("https:") ? proxies.for_https : proxies.for_http;
  if (proxy.empty() || IsLeftOut(proxies.left_out, address)) return "";
  if (!address.allowed && address.host.find_first_of(".:") == std::string::npos)
    return Fail(Errc::kInvalidInput,
                fmt::format("refused to fetch {}: through a proxy, a name without a dot leads into "
                            "the proxy's own network",
                            address.url));
  return proxy;
}

std::string ShownProxy(const std::string& proxy) {
  const UrlHandle url = ReadProxy(proxy);
  if (url == nullptr) return "";
  return UrlPart(url, CURLUPART_HOST) + ":" + UrlPart(url, CURLUPART_PORT);
}

}  // namespace rolecall
