#include "base/hex.h"

#include <sodium.h>

namespace rolecall {

std::string HexOf(std::string_view bytes) {
  std::string digits(bytes.size() * 2 + 1, '\0');  // with the NUL that ends it
  sodium_bin2hex(digits.data(), digits.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                 bytes.size());
  digits.pop_back();
  return digits;
}

std::optional<std::string> BytesOfHex(std::string_view digits) {
  std::string bytes(digits.size() / 2, '\0');
  std::size_t written = 0;
  const char* end = nullptr;
  const int result = sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                    digits.data(), digits.size(), nullptr, &written, &end);
  if (result != 0 || end != digits.data() + digits.size()) return std::nullopt;
  bytes.resize(written);
  return bytes;
}

}  // namespace rolecall
