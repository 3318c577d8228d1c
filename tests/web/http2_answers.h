// The server's side of one HTTP/2 connection.
#pragma once

#include <functional>

#include "tests/web/tls_server.h"

namespace rolecall {

// Answers each request of the connection until it ends.
void AnswerHttp2(SSL* tls, int socket, const std::function<Told(const Asked&)>& answer);

}  // namespace rolecall
