// Refuses addresses that are never asked. What an address is, url_parts decides.
#include "fetch/address_guard.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"
#include "fetch/url_parts.h"

namespace rolecall {
namespace {

struct Range {
  std::uint32_t network;
  int bits;
  std::string_view kind;
};

// https://www.iana.org/assignments/iana-ipv4-special-registry
constexpr std::array kRefused4{Range{0xA83F8110, 32, "a cloud's own address"},
                               Range{0x00000000, 8, "an unspecified address"},
                               Range{0x0A000000, 8, "a private address"},
                               Range{0x64400000, 10, "a carrier's private address"},
                               Range{0x7F000000, 8, "a loopback address"},
                               Range{0xA9FE0000, 16, "a link-local address"},
                               Range{0xAC100000, 12, "a private address"},
                               Range{0xC0000000, 24, "a reserved address"},
                               Range{0xC0000200, 24, "an address for documentation"},
                               Range{0xC0A80000, 16, "a private address"},
                               Range{0xC6120000, 15, "an address for benchmarks"},
                               Range{0xC6336400, 24, "an address for documentation"},
                               Range{0xCB007100, 24, "an address for documentation"},
                               Range{0xE0000000, 4, "a multicast address"},
                               Range{0xF0000000, 4, "a reserved address"}};

std::optional<std::string_view> WhyRefused4(std::uint32_t address) {
  for (const Range& range : kRefused4)
    if (std::uint64_t{address ^ range.network} >> (32 - range.bits) == 0) return range.kind;
  return std::nullopt;
}

std::uint32_t Last4(const in6_addr& address) {
  std::uint32_t value = 0;
  std::memcpy(&value, address.s6_addr + 12, sizeof(value));
  return ntohl(value);
}

std::optional<std::string_view> WhyRefused6(const in6_addr& address) {
  const auto* bytes = address.s6_addr;
  if (IN6_IS_ADDR_LOOPBACK(&address)) return "a loopback address";
  if (IN6_IS_ADDR_UNSPECIFIED(&address)) return "an unspecified address";
  if (IN6_IS_ADDR_V4MAPPED(&address) || IN6_IS_ADDR_V4COMPAT(&address))
    return WhyRefused4(Last4(address)).value_or("a mapped address");
  constexpr std::array<unsigned char, 12> kNat64{0x00, 0x64, 0xff, 0x9b};
  if (std::memcmp(bytes, kNat64.data(), kNat64.size()) == 0) return WhyRefused4(Last4(address));
  // RFC 8215: translated within one network, wherever to.
  constexpr std::array<unsigned char, 6> kLocalNat64{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01};
  if (std::memcmp(bytes, kLocalNat64.data(), kLocalNat64.size()) == 0)
    return "an address that a network translates";
  // RFC 2765: ::ffff:0:a.b.c.d.
  constexpr std::array<unsigned char, 12> kTranslated{0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0};
  if (std::memcmp(bytes, kTranslated.data(), kTranslated.size()) == 0)
    return WhyRefused4(Last4(address)).value_or("a translated address");
  if ((bytes[0] & 0xFE) == 0xFC) return "a private address";
  if (bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80) return "a link-local address";
  if (bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0xC0) return "a site-local address";
  if (bytes[0] == 0xFF) return "a multicast address";
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return "a 6to4 address";
  if (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0)
    return "a Teredo address";
  if (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8)
    return "an address for documentation";
  return std::nullopt;
}

std::string InLowerCase(std::string name) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return name;
}

bool IsAllowed(const std::string& host, const std::vector<std::string>& allowed_hosts) {
  return std::ranges::any_of(allowed_hosts,
                             [&](const std::string& one) { return InLowerCase(one) == host; });
}

std::optional<std::string_view> WhyHostRefused(std::string host) {
  if (host.ends_with('.')) host.pop_back();
  in_addr four{};
  in6_addr six{};
  if (inet_pton(AF_INET, host.c_str(), &four) == 1) return WhyRefused4(ntohl(four.s_addr));
  if (inet_pton(AF_INET6, host.substr(0, host.find('%')).c_str(), &six) == 1)
    return WhyRefused6(six);
  const bool local = host == "localhost" || host.ends_with(".localhost") ||
                     host.ends_with(".internal") || host.ends_with(".local");
  return local ? std::optional<std::string_view>("a name of this machine or network")
               : std::nullopt;
}

}  // namespace

std::optional<std::string_view> WhyRefused(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, address, sizeof(four));
    return WhyRefused4(ntohl(four.sin_addr.s_addr));
  }
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, address, sizeof(six));
    return WhyRefused6(six.sin6_addr);
  }
  return "an address of another family";
}

Result<WebAddress> CheckAddress(std::string_view text,
                                const std::vector<std::string>& allowed_hosts) {
  const std::string shown = OneLine(Mend(std::string(text.substr(0, 200))).text);
  const UrlHandle url(curl_url());
  const bool clean = text.find_first_of(std::string_view(" \t\r\n\0", 5)) == std::string_view::npos;
  if (!clean || curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(),
                             CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return Fail(Errc::kInvalidInput, fmt::format("{} is no URL", shown));
  const std::string scheme = UrlPart(url, CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https")
    return Fail(Errc::kInvalidInput,
                fmt::format("refused to fetch {}: only http and https are", shown));
  if (!UrlPart(url, CURLUPART_USER).empty() || !UrlPart(url, CURLUPART_PASSWORD).empty())
    return Fail(Errc::kInvalidInput, fmt::format("refused to fetch from {}: the URL names a user",
                                                 UrlPart(url, CURLUPART_HOST)));
  curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
  const std::string written = UrlPart(url, CURLUPART_HOST);
  const std::string host = InLowerCase(written);
  // libcurl turns other names into ASCII by the locale, and only then are they seen as what they
  // are.
  if (std::ranges::any_of(host, [](char c) { return c <= ' ' || c == 0x7F; }))
    return Fail(Errc::kInvalidInput,
                fmt::format("refused to fetch {}: the host's name is not ASCII", shown));
  if (host != written) curl_url_set(url.get(), CURLUPART_HOST, host.c_str(), 0);
  WebAddress address{.url = UrlPart(url, CURLUPART_URL, CURLU_NO_DEFAULT_PORT),
                     .host = host,
                     .place = {},
                     .rest = UrlPart(url, CURLUPART_PATH)};
  const std::string port = UrlPart(url, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
  address.place = host + (port.empty() ? "" : ":" + port);
  const std::string query = UrlPart(url, CURLUPART_QUERY);
  if (!query.empty()) address.rest += "?" + query;
  if (host.starts_with('[')) address.host = host.substr(1, host.size() - 2);
  address.allowed = IsAllowed(address.host, allowed_hosts);
  if (const auto why = WhyHostRefused(address.host); why && !address.allowed)
    return Fail(Errc::kInvalidInput, fmt::format("refused to fetch {}: {}", shown, *why));
  return address;
}

Result<std::string> ResolveAddress(const std::string& base, const std::string& location) {
  const UrlHandle url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK ||
      curl_url_set(url.get(), CURLUPART_URL, location.c_str(),
                   CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE) != CURLUE_OK)
    return Fail(Errc::kUpstream, fmt::format("{} redirects to what is no URL", base));
  return UrlPart(url, CURLUPART_URL);
}

}  // namespace rolecall
