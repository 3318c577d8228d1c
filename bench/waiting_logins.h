// Many who try to sign in at once, with passwords that are wrong.
#pragma once

#include <map>
#include <vector>

#include "bench/loopback.h"

namespace rolecall {

class WaitingLogins {
 public:
  // Connects and asks, `count` times, from 16 addresses, of which each turn has its own: the server
  // counts failures by address.
  WaitingLogins(int port, int count, int turn);

  // Once all are answered, by status. Throws where one is not.
  std::map<int, int> AwaitAnswers();

 private:
  std::vector<Socket> asking_;
};

}  // namespace rolecall
