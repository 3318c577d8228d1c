// Chances from a seed, in plain integers: the standard's distributions differ from library to
// library.
#pragma once

#include <cstdint>
#include <random>

namespace rolecall {

class Draws {
 public:
  explicit Draws(std::uint32_t seed) : random_(seed) {}

  int Below(int end) { return static_cast<int>(random_() % static_cast<std::uint32_t>(end)); }
  int Between(int first, int last) { return first + Below(last - first + 1); }
  bool PerMille(int chance) { return Below(1'000) < chance; }

 private:
  std::mt19937 random_;
};

}  // namespace rolecall
