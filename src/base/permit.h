// The right to one of a number of things, given back when it ends.
#pragma once

#include <functional>
#include <utility>

namespace rolecall {

// Moved, never copied. Gives back on whatever thread it ends.
class Permit {
 public:
  Permit() = default;  // to nothing
  // `give_back` must not throw.
  explicit Permit(std::function<void()> give_back) : give_back_(std::move(give_back)) {}
  Permit(Permit&& other) noexcept : give_back_(std::exchange(other.give_back_, nullptr)) {}
  Permit& operator=(Permit&&) = delete;
  ~Permit() {
    if (give_back_) give_back_();
  }

  // Whether there is one to give back.
  explicit operator bool() const { return static_cast<bool>(give_back_); }

 private:
  std::function<void()> give_back_;
};

}  // namespace rolecall
