// Proxies in front of the server, whose word counts on where a request came from.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "http/message.h"

namespace rolecall {

class Proxies {
 public:
  // Addresses and blocks with commas between: "127.0.0.1, 10.0.0.0/8, fd00::/8". kInvalidInput,
  // naming what is neither.
  static Result<Proxies> Read(std::string_view list);

  bool Has(std::string_view address) const;

  // Where a request of one of them came from: of X-Forwarded-For, to which each adds at the end
  // whom it was asked by, the last address that is no proxy's. The peer of any other request.
  std::string CallerOf(const Request& request) const;

 private:
  struct Block {
    std::array<std::uint8_t, 16> address;  // of IPv4 as IPv6 has it
    int bits;                              // of them that count
  };
  std::vector<Block> blocks_;
};

}  // namespace rolecall
