// The counts outlive the object for as long as somebody holds a place.
#include "http/occupancy.h"

#include <utility>

#include "http/message.h"

namespace rolecall {

class Place {
 public:
  Place(std::shared_ptr<Guarded<Occupancy::Taken>> taken, std::string address)
      : taken_(std::move(taken)), address_(std::move(address)) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    taken_->With([this](Occupancy::Taken& taken) {
      --taken.all;
      const auto found = taken.by_address.find(address_);
      if (--found->second == 0) taken.by_address.erase(found);
    });
  }

 private:
  std::shared_ptr<Guarded<Occupancy::Taken>> taken_;
  std::string address_;
};

Occupancy::Occupancy(std::size_t most, std::size_t most_an_address)
    : most_(most), most_an_address_(most_an_address), taken_(std::make_shared<Guarded<Taken>>()) {}

std::shared_ptr<Place> Occupancy::Take(const std::string& address) {
  const std::size_t most_here = IsLoopback(address) ? most_ : most_an_address_;
  const bool free = taken_->With([&](Taken& taken) {
    if (taken.all >= most_) return false;
    const auto found = taken.by_address.find(address);
    if (found != taken.by_address.end() && found->second >= most_here) return false;
    if (found == taken.by_address.end() && most_here == 0) return false;
    ++taken.all;
    ++taken.by_address[address];
    return true;
  });
  return free ? std::make_shared<Place>(taken_, address) : nullptr;
}

std::size_t Occupancy::count() const {
  return taken_->With([](const Taken& taken) { return taken.all; });
}

}  // namespace rolecall
