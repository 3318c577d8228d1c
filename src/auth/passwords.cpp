// Hashes passwords and checks them. The limits of a hash are written in it, so that a later change
// of them leaves old ones good.
#include "auth/passwords.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <stdexcept>

namespace rolecall {
namespace {

// Of a random password that nobody kept, with the limits that HashPassword uses.
constexpr const char* kNobodys =
    "$argon2id$v=19$m=65536,t=2,p=1$o6wg0H1kQcB/8jBGMA/tCw$8TIYRvFLoCueGwaBLVCUhY/"
    "raktAZQSW40/0XnvCRoU";

void Prepare() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
}

}  // namespace

Result<std::string> HashPassword(std::string_view password) {
  if (password.size() < kShortestPassword)
    return Fail(Errc::kInvalidInput,
                fmt::format("a password must have at least {} characters", kShortestPassword));
  if (password.size() > kLongestPassword)
    return Fail(Errc::kInvalidInput,
                fmt::format("a password must have at most {} characters", kLongestPassword));
  Prepare();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(),
                        crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    return Fail(Errc::kUnavailable, "there is not enough memory to hash a password");
  return std::string(hash.data());
}

Permit PasswordGate::TakePlace() {
  std::unique_lock lock(mutex_);
  if (!freed_.wait_for(lock, patience_, [this] { return free_ > 0; })) return {};
  --free_;
  return Permit([this] {
    {
      const std::scoped_lock giving(mutex_);
      ++free_;
    }
    freed_.notify_one();
  });
}

PasswordVerdict PasswordGate::Check(const std::optional<std::string>& hash,
                                    std::string_view password) {
  const Permit place = TakePlace();
  if (!place) return PasswordVerdict::kBusy;
  Prepare();
  const bool known = hash && !hash->empty();
  const bool fits = crypto_pwhash_str_verify(known ? hash->c_str() : kNobodys, password.data(),
                                             password.size()) == 0;
  return known && fits ? PasswordVerdict::kRight : PasswordVerdict::kWrong;
}

}  // namespace rolecall
