// How often somebody failed to sign in lately.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/guarded.h"

namespace rolecall {

// Failures by key (an account, an address) over a sliding minute. Keeps at most 10,000 keys, and
// lets nobody try while it is full: each try costs a hash, so that only a fault fills it. Safe to
// use from several threads.
class RecentFailures {
 public:
  static constexpr std::size_t kMost = 10;  // a key and minute

  // Notes a failure of each key beforehand, so that tries side by side count too: 0. Where one of
  // them has its ten, nothing is noted: how long until it may try again, at least a second.
  std::chrono::seconds Begin(std::span<const std::string> keys, Timestamp now);

  // How long until the key may try again; 0: at once.
  std::chrono::seconds WaitOf(const std::string& key, Timestamp now);

  // Notes a failure of the key, of which it keeps no more than its ten.
  void Note(const std::string& key, Timestamp now);

  // The try that began at `now` was none after all.
  void TakeBack(std::span<const std::string> keys, Timestamp now);

  // The key starts anew.
  void Forget(const std::string& key);

 private:
  using Times = std::map<std::string, std::deque<Timestamp>, std::less<>>;
  Guarded<Times> times_;
};

}  // namespace rolecall
