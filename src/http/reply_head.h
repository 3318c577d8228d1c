// The status line and headers of a reply, with what every reply of ours carries.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "http/message.h"

namespace rolecall {

// How the other end knows where the body ends.
enum class Framing : std::uint8_t {
  kLength,   // Content-Length, of reply.body
  kChunked,  // Transfer-Encoding: chunked
  kClose,    // the end of the connection
};

// What happens to the connection after the reply.
enum class Ending : std::uint8_t {
  kClose,
  kKeepAlive,
  kKeepAliveSaid,  // in words, as HTTP/1.0 needs it
};

// The headers of `reply` and those that every reply carries, of which the first win; without
// Content-Length, Transfer-Encoding, Connection and Date, which are the server's. Line ends in them
// are left out.
std::vector<Header> HeadersOf(const Reply& reply);

// With these, ends with the empty line. A status that has no body (204, 304) says nothing of its
// framing.
std::string HeadOf(const Reply& reply, Framing framing, Ending ending);

// Whether a reply of that status has a body at all.
bool HasBody(int status);

}  // namespace rolecall
