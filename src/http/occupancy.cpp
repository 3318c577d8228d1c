// Counts who is connected. The counts outlive the object for as long as somebody holds a permit.
#include "http/occupancy.h"

#include "http/message.h"

namespace rolecall {

Occupancy::Occupancy(std::size_t most, std::size_t most_an_address, Proxies proxies)
    : most_(most),
      most_an_address_(most_an_address),
      proxies_(std::move(proxies)),
      taken_(std::make_shared<Guarded<Taken>>()) {}

std::shared_ptr<Permit> Occupancy::Take(const std::string& address) {
  const bool of_many = IsLoopback(address) || proxies_.Has(address);
  const std::size_t most_here = of_many ? most_ : most_an_address_;
  const bool free = taken_->With([&](Taken& taken) {
    if (taken.all >= most_) return false;
    const auto found = taken.by_address.find(address);
    if (found != taken.by_address.end() && found->second >= most_here) return false;
    if (found == taken.by_address.end() && most_here == 0) return false;
    ++taken.all;
    ++taken.by_address[address];
    return true;
  });
  if (!free) return nullptr;
  return std::make_shared<Permit>([taken = taken_, address] {
    taken->With([&](Taken& held) {
      --held.all;
      const auto found = held.by_address.find(address);
      if (--found->second == 0) held.by_address.erase(found);
    });
  });
}

std::size_t Occupancy::count() const {
  return taken_->With([](const Taken& taken) { return taken.all; });
}

}  // namespace rolecall
