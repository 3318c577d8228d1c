// Digests fields. libsodium's generic hash, each field led by its length.
#include "base/digest.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace rolecall {
namespace {
constexpr std::size_t kBytes = 16;
}

Digester::Digester() { crypto_generichash_init(&state_, nullptr, 0, kBytes); }

Digester& Digester::Add(std::string_view field) {
  const std::uint64_t size = field.size();
  std::array<unsigned char, sizeof(size)> head;
  std::memcpy(head.data(), &size, sizeof(size));
  crypto_generichash_update(&state_, head.data(), head.size());
  crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(field.data()),
                            field.size());
  return *this;
}

std::string Digester::Finish() {
  std::array<unsigned char, kBytes> hash;
  crypto_generichash_final(&state_, hash.data(), hash.size());
  std::array<char, 2 * kBytes + 1> hex;
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return std::string(hex.data(), 2 * kBytes);
}

}  // namespace rolecall
