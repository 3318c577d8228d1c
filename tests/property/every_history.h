// Holds a check to each step of many random histories.
#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "tests/property/history.h"

namespace rolecall {

inline constexpr std::uint32_t kHistories = 300;
inline constexpr int kSteps = 30;

// A check keeps what it must remember of one history.
using Check = std::function<void(const Step&)>;

inline void InEveryHistory(const std::function<Check()>& begin) {
  for (std::uint32_t seed = 1; seed <= kHistories; ++seed) {
    History history(seed);
    const Check check = begin();
    for (int i = 0; i < kSteps; ++i) {
      const Step& step = history.Next();
      SCOPED_TRACE(step.where);
      check(step);
      if (testing::Test::HasFailure()) return;
    }
  }
}

inline void InEveryStep(const Check& check) {
  InEveryHistory([&] { return check; });
}

}  // namespace rolecall
