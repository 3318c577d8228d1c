// BLAKE2b of 128 bits over fields whose borders count: ("ab", "c") and ("a", "bc") differ.
#pragma once

#include <sodium.h>

#include <string>
#include <string_view>

namespace rolecall {

class Digester {
 public:
  Digester();

  Digester& Add(std::string_view field);

  // 32 hexadecimal digits. The digester is spent after it.
  std::string Finish();

 private:
  crypto_generichash_state state_;
};

}  // namespace rolecall
