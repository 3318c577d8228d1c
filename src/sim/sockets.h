// The few calls on sockets that a small blocking server makes.
#pragma once

#include <string_view>

#include "base/error.h"

namespace rolecall {

struct Listening {
  int socket;  // the caller's to close
  int port;
};

// On 127.0.0.1; `port` 0: any that is free. kUnavailable where it is taken.
Result<Listening> ListenOnLoopback(int port);

// False where the other side has gone.
bool SendAll(int socket, std::string_view bytes);

// Waits while the other side stays, without end where `milliseconds` is -1; true after that time,
// false once it went.
bool Stays(int socket, int milliseconds);

}  // namespace rolecall
