// Keeps two generations. Tokens are found by SipHash with a key of this process: whoever does not
// know it cannot come near one that was kept.
#include "auth/opened_tokens.h"

#include <sodium.h>

#include <array>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

namespace rolecall {
namespace {

constexpr std::size_t kMostOfAGeneration = 512;

using Key = std::array<unsigned char, crypto_shorthash_KEYBYTES>;

struct Hash {
  using is_transparent = void;
  Key key;
  std::size_t operator()(std::string_view token) const {
    std::array<unsigned char, crypto_shorthash_BYTES> digest;
    crypto_shorthash(digest.data(), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size(), key.data());
    std::size_t hash = 0;
    static_assert(sizeof(hash) == digest.size());
    std::memcpy(&hash, digest.data(), sizeof(hash));
    return hash;
  }
};

struct Equal {
  using is_transparent = void;
  bool operator()(std::string_view one, std::string_view other) const {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
  }
};

Key RandomKey() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
  Key key;
  crypto_shorthash_keygen(key.data());
  return key;
}

}  // namespace

class OpenedTokens::Kept {
 public:
  Claims Find(std::string_view token) {
    const std::scoped_lock lock(mutex_);
    for (const Generation* generation : {&newer_, &older_}) {
      const auto found = generation->find(token);
      if (found != generation->end()) return found->second;
    }
    return nullptr;
  }

  void Keep(std::string_view token, Claims claims) {
    const std::scoped_lock lock(mutex_);
    if (newer_.size() == kMostOfAGeneration)
      older_ = std::exchange(newer_, Generation(0, newer_.hash_function()));
    newer_.insert_or_assign(std::string(token), std::move(claims));
  }

 private:
  using Generation = std::unordered_map<std::string, Claims, Hash, Equal>;
  std::mutex mutex_;
  Generation newer_{0, Hash{RandomKey()}};
  Generation older_{0, newer_.hash_function()};
};

OpenedTokens::OpenedTokens() : kept_(std::make_unique<Kept>()) {}
OpenedTokens::~OpenedTokens() = default;

OpenedTokens::Claims OpenedTokens::Find(std::string_view token) const { return kept_->Find(token); }

void OpenedTokens::Keep(std::string_view token, Claims claims) {
  kept_->Keep(token, std::move(claims));
}

}  // namespace rolecall
