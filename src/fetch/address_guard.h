// Which addresses are never asked: private ones, this machine, the cloud's metadata.
#pragma once

#include <sys/socket.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace rolecall {

struct WebAddress {
  std::string url;   // normalised: host in lower case, no default port, no fragment
  std::string host;  // without brackets
  // Host and port, as a gateway's path begins: "example.com" or "example.com:8443".
  std::string place;
  std::string rest;      // path and query, beginning with '/'
  bool allowed = false;  // by name: whatever its name leads to
};

// Reads an http or https URL. kInvalidInput where it is malformed, names a user, or its host is
// refused: one that is not ASCII, a private, loopback, link-local, multicast or metadata address in
// any spelling, or a name of this machine, unless allowed by name.
Result<WebAddress> CheckAddress(std::string_view url,
                                const std::vector<std::string>& allowed_hosts);

// The URL that `location` means, seen from `base`.
Result<std::string> ResolveAddress(const std::string& base, const std::string& location);

// What kind of refused address it is ("a loopback address"), or nothing where it may be asked.
std::optional<std::string_view> WhyRefused(const sockaddr* address);

}  // namespace rolecall
