// A socket that listens: from then on whoever connects waits in its queue until a server takes it.
#pragma once

#include <string>
#include <utility>

#include "base/error.h"

namespace rolecall {

class ListeningSocket {
 public:
  // At the first address that `host`, a name or an address, stands for. Port 0: any that is free.
  // kInvalidInput on what cannot be listened at, kUnavailable where the port is taken.
  static Result<ListeningSocket> Open(const std::string& host, int port);
  ListeningSocket(ListeningSocket&& other) noexcept;
  ListeningSocket(const ListeningSocket&) = delete;
  ListeningSocket& operator=(const ListeningSocket&) = delete;
  // Closes; who waits is turned away.
  ~ListeningSocket();

  // Where it listens, as the system has it: "127.0.0.1" for "localhost".
  const std::string& address() const { return address_; }
  int port() const { return port_; }
  bool is_v6() const { return is_v6_; }  // the address that was asked for

  int number() const { return number_; }  // of its descriptor
  // The descriptor is the caller's to close.
  int Release() { return std::exchange(number_, -1); }

 private:
  ListeningSocket() = default;

  int number_ = -1;
  std::string address_;
  int port_ = 0;
  bool is_v6_ = false;
};

}  // namespace rolecall
