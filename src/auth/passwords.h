// Passwords as argon2id hashes, made and checked by libsodium, a few at a time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/permit.h"

namespace rolecall {

inline constexpr std::size_t kShortestPassword = 8;  // in bytes
inline constexpr std::size_t kLongestPassword = 1024;

// What is kept of a password: crypto_pwhash_str with the interactive limits. kInvalidInput where it
// is too short or too long; kUnavailable where there are not the 64 MiB that it takes.
Result<std::string> HashPassword(std::string_view password);

enum class PasswordVerdict : std::uint8_t { kRight, kWrong, kBusy };

// Checks passwords, and only so many at a time: each takes 64 MiB and a processor for a moment.
// Safe to use from several threads.
class PasswordGate {
 public:
  explicit PasswordGate(int places = 1,
                        std::chrono::milliseconds patience = std::chrono::seconds(2))
      : patience_(patience), free_(places) {}

  // Takes as long where there is no hash or an empty one, and is kWrong then. kBusy where no place
  // came free within the patience.
  PasswordVerdict Check(const std::optional<std::string>& hash, std::string_view password);

 private:
  Permit TakePlace();  // none where none came free
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable freed_;
  int free_;
};

}  // namespace rolecall
