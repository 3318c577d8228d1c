// Secrets that sign in once, kept in memory alone.
#pragma once

#include <atomic>
#include <deque>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/guarded.h"

namespace rolecall {

// Safe to use from several threads.
class OnceSecrets {
 public:
  // Good for one use within ten minutes. Of more than 64 the oldest goes.
  std::string Make(Timestamp now);

  // Whether there ever was one.
  bool WereMade() const;

  // Whether it is one of them and in time; it is used up then. In constant time for secrets of one
  // length.
  bool Use(std::string_view secret, Timestamp now);

 private:
  struct One {
    std::string secret;
    Timestamp until;
  };
  Guarded<std::deque<One>> all_;
  std::atomic<bool> were_made_ = false;
};

}  // namespace rolecall
