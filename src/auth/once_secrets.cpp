// Secrets that sign in once. Every secret is compared to the end, so that the time tells nothing
// about any of them.
#include "auth/once_secrets.h"

#include <sodium.h>

#include <optional>

#include "auth/tokens.h"

namespace rolecall {
namespace {
constexpr std::chrono::minutes kLasts{10};
constexpr std::size_t kMostSecrets = 64;
}  // namespace

std::string OnceSecrets::Make(Timestamp now) {
  std::string secret = RandomSecret();
  all_.With([&](std::deque<One>& all) {
    if (all.size() == kMostSecrets) all.pop_front();
    all.push_back({.secret = secret, .until = now + kLasts});
  });
  were_made_ = true;
  return secret;
}

bool OnceSecrets::WereMade() const { return were_made_; }

bool OnceSecrets::Use(std::string_view secret, Timestamp now) {
  return all_.With([&](std::deque<One>& all) {
    std::erase_if(all, [now](const One& one) { return now >= one.until; });
    std::optional<std::size_t> found;
    for (std::size_t at = 0; at < all.size(); ++at) {
      const std::string& kept = all[at].secret;
      if (kept.size() == secret.size() &&
          sodium_memcmp(kept.data(), secret.data(), secret.size()) == 0)
        found = at;
    }
    if (!found) return false;
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(*found));
    return true;
  });
}

}  // namespace rolecall
