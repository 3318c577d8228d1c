// A server on loopback that speaks TLS, and within it HTTP/1.1 or HTTP/2, and can break off in
// every way that either can.
#pragma once

#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/loopback.h"
#include "tests/web/authority.h"

namespace rolecall {

struct Asked {
  std::string protocol;  // "h2" or "http/1.1": what was agreed on, and then spoken
  std::string host;
  std::string path;
};

struct Told {
  int status = 200;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers{};  // names in lower case
  // How it ends, once the body is sent. But for kWhole, no length is told before.
  enum class End : std::uint8_t {
    kWhole,
    kReset,        // HTTP/2: the stream, as an inner failure
    kResetKindly,  // HTTP/2: the stream, with NO_ERROR, though its end was not sent
    kClosed,       // the connection, with the word of TLS that no more comes
    kCut           // the connection, without
  } end = End::kWhole;
};

class TlsServer {
 public:
  using Answers = std::function<Told(const Asked&)>;  // on several threads
  struct Settings {
    Identity identity;
    std::vector<std::string> speaks{"h2", "http/1.1"};  // the first that the client offers too
    Loopback::Family family = Loopback::Family::kIpv4;
  };

  TlsServer(Settings settings, Answers answers);
  ~TlsServer();

  int port() const { return loopback_->port(); }
  int connections() const { return loopback_->connections(); }  // those that TLS failed in, too
  std::vector<Asked> asked();

 private:
  void Serve(int socket);
  void ServeHttp1(SSL* tls, int socket);
  Told Answer(const Asked& asked);

  const Settings settings_;
  const Answers answers_;
  const std::shared_ptr<SSL_CTX> context_;
  std::mutex mutex_;
  std::vector<Asked> asked_;
  std::unique_ptr<Loopback> loopback_;  // the last that is made, the first that ends
};

}  // namespace rolecall
