// OpenSSL over blocking sockets. HTTP/1.1 is answered once a connection.
#include "tests/web/tls_server.h"

#include <fmt/format.h>

#include <csignal>

#include "tests/web/http2_answers.h"

namespace rolecall {
namespace {

// Takes the first of ours that the client offers.
int ChooseProtocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                   const unsigned char* offered, unsigned offered_size, void* state) {
  for (const std::string& ours : *static_cast<const std::vector<std::string>*>(state))
    for (unsigned at = 0; at < offered_size; at += 1U + offered[at]) {
      const std::string theirs(reinterpret_cast<const char*>(offered + at + 1), offered[at]);
      if (theirs != ours) continue;
      *chosen = offered + at + 1;
      *chosen_size = offered[at];
      return SSL_TLSEXT_ERR_OK;
    }
  return SSL_TLSEXT_ERR_NOACK;
}

std::shared_ptr<SSL_CTX> MakeContext(const Identity& identity) {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  SSL_CTX_use_certificate(context.get(), identity.certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), identity.key.get());
  return context;
}

std::string ProtocolOf(const SSL* tls) {
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(tls, &chosen, &size);
  return size == 0 ? "http/1.1" : std::string(reinterpret_cast<const char*>(chosen), size);
}

// "GET /jobs HTTP/1.1" and "Host: …" of it.
Asked ReadAsked(const std::string& head) {
  const auto path = head.find(' ') + 1;
  const auto host = head.find("\r\nHost: ") + 8;
  return {.protocol = "http/1.1",
          .host = head.substr(host, head.find("\r\n", host) - host),
          .path = head.substr(path, head.find(' ', path) - path)};
}

}  // namespace

TlsServer::TlsServer(Settings settings, Answers answers)
    : settings_(std::move(settings)),
      answers_(std::move(answers)),
      context_(MakeContext(settings_.identity)) {
  SSL_CTX_set_alpn_select_cb(context_.get(), ChooseProtocol,
                             const_cast<std::vector<std::string>*>(&settings_.speaks));
  // OpenSSL writes to sockets whose other side has gone.
  std::signal(SIGPIPE, SIG_IGN);
  loopback_ = std::make_unique<Loopback>(settings_.family, [this](int socket) { Serve(socket); });
}

TlsServer::~TlsServer() { loopback_.reset(); }

std::vector<Asked> TlsServer::asked() {
  std::scoped_lock lock(mutex_);
  return asked_;
}

Told TlsServer::Answer(const Asked& asked) {
  {
    std::scoped_lock lock(mutex_);
    asked_.push_back(asked);
  }
  return answers_(asked);
}

void TlsServer::Serve(int socket) {
  const std::shared_ptr<SSL> tls(SSL_new(context_.get()), SSL_free);
  SSL_set_fd(tls.get(), socket);
  if (SSL_accept(tls.get()) != 1) return;
  if (ProtocolOf(tls.get()) == "h2")
    AnswerHttp2(tls.get(), socket, [this](const Asked& asked) { return Answer(asked); });
  else
    ServeHttp1(tls.get(), socket);
}

void TlsServer::ServeHttp1(SSL* tls, int socket) {
  const std::string head =
      ReadHead([&](char* bytes, int most) { return SSL_read(tls, bytes, most); });
  if (!head.contains("\r\n\r\n")) return;
  const Told told = Answer(ReadAsked(head));
  std::string text = fmt::format("HTTP/1.1 {} Answer\r\nConnection: close\r\n", told.status);
  for (const auto& [name, value] : told.headers) text += fmt::format("{}: {}\r\n", name, value);
  if (told.end == Told::End::kWhole)
    text += fmt::format("Content-Length: {}\r\n", told.body.size());
  text += "\r\n" + told.body;
  SSL_write(tls, text.data(), static_cast<int>(text.size()));
  if (told.end == Told::End::kWhole || told.end == Told::End::kClosed) SSL_shutdown(tls);
  EndSending(socket);
}

}  // namespace rolecall
