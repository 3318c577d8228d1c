// Counts who is connected, so that neither one address nor all together take every socket.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "base/guarded.h"
#include "base/permit.h"
#include "http/proxies.h"

namespace rolecall {

// Safe to use from several threads.
class Occupancy {
 public:
  // `proxies`: through whom everybody may come.
  Occupancy(std::size_t most, std::size_t most_an_address, Proxies proxies = {});

  // The right to one connection, which may end after this and after the server. Null where all
  // are taken, or all of that address; loopback and proxies have as many as there are.
  std::shared_ptr<Permit> Take(const std::string& address);
  std::size_t count() const;

 private:
  struct Taken {
    std::size_t all = 0;
    std::map<std::string, std::size_t> by_address;
  };

  const std::size_t most_;
  const std::size_t most_an_address_;
  const Proxies proxies_;
  std::shared_ptr<Guarded<Taken>> taken_;
};

}  // namespace rolecall
