// Fetches from a server of the test under a name of the world, by every check that the world gets.
#pragma once

#include <fmt/format.h>

#include <string>

#include "tests/support/web.h"
#include "tests/web/tls_server.h"

namespace rolecall {

inline constexpr char kHost[] = "careers.acme.example";

// Whoever is asked for at `host` is the server at that port of this machine, and may be.
inline FetchSettings LeadingTo(int port, const std::string& host = kHost,
                               std::string_view loopback = "127.0.0.1") {
  FetchSettings settings = QuickSettings();
  settings.allowed_hosts = {host};
  settings.connect_to = {fmt::format("{}:443:{}:{}", host, loopback, port)};
  return settings;
}

inline std::string AskedAt(const TlsServer& server, const std::string& host = kHost) {
  return Outcome(Get("https://" + host + "/jobs?page=1", LeadingTo(server.port(), host)));
}

// Answers everything with this.
inline TlsServer::Answers Always(Told told) {
  return [told = std::move(told)](const Asked&) { return told; };
}

}  // namespace rolecall
