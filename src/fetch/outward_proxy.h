// The proxies through which this machine asks the web, as the environment names them, and which
// address is asked through which.
#pragma once

#include <string>

#include "base/error.h"
#include "fetch/address_guard.h"

namespace rolecall {

struct OutwardProxies {
  std::string for_https;  // https_proxy: "http://NAME:PASSWORD@proxy.example:3128"; empty: none
  std::string for_http;   // http_proxy
  // no_proxy: hosts that are asked without, each with all beneath it, with commas between; "*": all
  std::string left_out;
};

// kInvalidInput where one is not the address of an HTTP proxy, naming the variable; its value may
// hold a password, and is not told.
Result<void> CheckProxies(const OutwardProxies& proxies);

// The proxy that an address is asked through, with its name and password; "": none. Where a name
// leads, the proxy finds out: kInvalidInput of a name that would lead into its own network, unless
// it is allowed.
Result<std::string> ProxyFor(const OutwardProxies& proxies, const WebAddress& address);

// "proxy.example:3128": what may be told of it.
std::string ShownProxy(const std::string& proxy);

}  // namespace rolecall
