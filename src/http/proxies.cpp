// Reads X-Forwarded-For from its end: whoever asks may have written what stands before.
#include "http/proxies.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace rolecall {
namespace {

using AddressBytes = std::array<std::uint8_t, 16>;
constexpr int kBitsOfV4 = 32;
constexpr int kBitsOfV6 = 128;

// IPv4 as ::ffff:a.b.c.d.
std::optional<AddressBytes> BytesOfAddress(std::string_view text) {
  const std::string address(text);
  AddressBytes bytes{};
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return bytes;
  bytes[10] = bytes[11] = 0xFF;
  if (inet_pton(AF_INET, address.c_str(), &bytes[12]) == 1) return bytes;
  return std::nullopt;
}

bool IsV4(std::string_view text) { return !text.contains(':'); }

// "10.1.2.3:5678" and "[fd00::1]:5678", as some proxies write them, without the port.
std::string_view WithoutPort(std::string_view entry) {
  if (entry.starts_with('[')) return entry.substr(1, std::min(entry.find(']'), entry.size()) - 1);
  return std::ranges::count(entry, ':') == 1 ? entry.substr(0, entry.find(':')) : entry;
}

// All of X-Forwarded-For, from the last to the first.
std::vector<std::string_view> ForwardedFor(const Request& request) {
  std::vector<std::string_view> entries;
  for (const Header& header : request.headers) {
    if (header.name != "x-forwarded-for") continue;
    std::string_view rest = header.value;
    while (true) {
      const std::size_t comma = rest.find(',');
      entries.push_back(WithoutPort(Trim(rest.substr(0, comma))));
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  std::ranges::reverse(entries);
  return entries;
}

}  // namespace

Result<Proxies> Proxies::Read(std::string_view list) {
  Proxies proxies;
  while (!list.empty()) {
    const std::string_view entry = Trim(list.substr(0, list.find(',')));
    list.remove_prefix(std::min(
        list.size(), list.find(',') == std::string_view::npos ? list.size() : list.find(',') + 1));
    if (entry.empty()) continue;
    const std::size_t slash = std::min(entry.find('/'), entry.size());
    const std::string_view address = entry.substr(0, slash);
    const int most = IsV4(address) ? kBitsOfV4 : kBitsOfV6;
    int bits = most;
    bool read = true;
    if (slash < entry.size()) {
      const std::string_view digits = entry.substr(slash + 1);
      const auto [end, failure] =
          std::from_chars(digits.data(), digits.data() + digits.size(), bits);
      read = failure == std::errc{} && end == digits.data() + digits.size();
    }
    const auto bytes = BytesOfAddress(address);
    if (!bytes || !read || bits < 0 || bits > most)
      return Fail(Errc::kInvalidInput,
                  fmt::format("{} is neither an address nor a block of them, such as 10.0.0.0/8",
                              Quoted(entry)));
    proxies.blocks_.push_back({*bytes, bits + kBitsOfV6 - most});
  }
  return proxies;
}

bool Proxies::Has(std::string_view address) const {
  if (blocks_.empty()) return false;  // asked of each request
  const auto bytes = BytesOfAddress(address);
  if (!bytes) return false;
  return std::ranges::any_of(blocks_, [&](const Block& block) {
    for (int bit = 0; bit < block.bits; ++bit) {
      const auto at = static_cast<std::size_t>(bit / 8);
      const int mask = 0x80 >> (bit % 8);
      if (((block.address[at] ^ (*bytes)[at]) & mask) != 0) return false;
    }
    return true;
  });
}

std::string Proxies::CallerOf(const Request& request) const {
  std::string_view caller = request.peer;
  if (!Has(caller)) return std::string(caller);
  for (const std::string_view entry : ForwardedFor(request)) {
    if (!BytesOfAddress(entry)) break;
    caller = entry;
    if (!Has(entry)) break;
  }
  return std::string(caller);
}

}  // namespace rolecall
