// Finds out who stands behind a request. The header counts before the query, which only two routes
// take.
#include "api/caller.h"

#include <algorithm>
#include <array>
#include <optional>

namespace rolecall {
namespace {

constexpr std::string_view kScheme = "bearer";

char Lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

// b64token of RFC 6750.
bool MayStandInAToken(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') ||
         std::string_view("-._~+/=").find(letter) != std::string_view::npos;
}

// "Bearer TOKEN", with one blank; nothing on anything else.
std::optional<std::string_view> TokenOf(std::string_view header) {
  if (header.size() < kScheme.size() + 2 || header[kScheme.size()] != ' ') return std::nullopt;
  const std::string_view scheme = header.substr(0, kScheme.size());
  if (!std::ranges::equal(scheme, kScheme, {}, Lower)) return std::nullopt;
  const std::string_view token = header.substr(kScheme.size() + 1);
  if (!std::ranges::all_of(token, MayStandInAToken)) return std::nullopt;
  return token;
}

bool MayBeNobody(const Request& request, Access access) {
  switch (access) {
    case Access::kAnyone:
    case Access::kIfGiven:
      return true;
    case Access::kLoopback:
      return IsFromHere(request);
    case Access::kUser:
    case Access::kUserOrQuery:
      return false;
  }
  return false;
}

// "", ":8000".
bool IsPort(std::string_view text) {
  return text.empty() || (text.starts_with(':') && std::ranges::all_of(text.substr(1), [](char c) {
                            return c >= '0' && c <= '9';
                          }));
}

// "localhost:8000", "127.0.0.1", "[::1]:8000" and nothing else: no name of the web's, which a page
// could have made point here.
bool IsLoopbackHost(std::string_view host) {
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    return end != std::string_view::npos && IsPort(host.substr(end + 1)) &&
           IsLoopback(host.substr(1, end - 1));
  }
  const std::size_t end = std::min(host.find(':'), host.size());
  const std::string_view name = host.substr(0, end);
  return IsPort(host.substr(end)) &&
         (std::ranges::equal(name, std::string_view("localhost"), {}, Lower) || IsLoopback(name));
}

// What proxies add, each maker others.
bool IsOfAProxy(const Header& header) {
  constexpr std::array<std::string_view, 13> kOfProxies{"forwarded",
                                                        "forwarded-for",
                                                        "via",
                                                        "x-real-ip",
                                                        "x-client-ip",
                                                        "x-cluster-client-ip",
                                                        "true-client-ip",
                                                        "cf-connecting-ip",
                                                        "fastly-client-ip",
                                                        "x-azure-clientip",
                                                        "x-original-host",
                                                        "x-envoy-external-address",
                                                        "x-original-forwarded-for"};
  return header.name.starts_with("x-forwarded") ||
         std::ranges::find(kOfProxies, header.name) != kOfProxies.end();
}

}  // namespace

bool IsFromHere(const Request& request) {
  return !request.through_proxy && IsLoopback(request.peer) &&
         IsLoopbackHost(request.HeaderOf("host")) &&
         std::ranges::none_of(request.headers, IsOfAProxy);
}

Reply RefusalReply(const SignIn::Refused& refused, Given given) {
  Reply reply = Refuse(refused.status, refused.message);
  reply.failure = refused.failure;
  if (refused.retry_after.count() > 0)
    reply.headers.push_back({"Retry-After", std::to_string(refused.retry_after.count())});
  if (refused.status == 401)
    reply.headers.push_back(
        {"WWW-Authenticate", given == Given::kToken ? "Bearer error=\"invalid_token\"" : "Bearer"});
  return reply;
}

std::expected<SignedIn, Reply> WhoAsks(const ApiParts& parts, const Request& request, Access access,
                                       const SignIn::ReadUser& read) {
  if (access == Access::kAnyone) return SignedIn{};
  const auto refuse = [](std::string message, Given given) {
    return std::unexpected(RefusalReply({.message = std::move(message)}, given));
  };
  std::optional<std::string> token;
  const int headers = request.CountOf("authorization");
  if (headers > 1)
    return refuse("There is more than one Authorization header: send one.", Given::kToken);
  if (headers == 1) {
    const auto in_header = TokenOf(request.HeaderOf("authorization"));
    if (!in_header)
      return refuse("The Authorization header must be: Bearer, one blank, a token.", Given::kToken);
    token = *in_header;
  } else if (access == Access::kUserOrQuery) {
    token = request.Parameter("token");
  }
  if (!token || token->empty()) {
    if (MayBeNobody(request, access)) return SignedIn{};
    return refuse("Sign in first: there is no token.", Given::kNothing);
  }
  auto user = parts.sign_in.Check(*token, parts.tools.clock(), read);
  if (!user) return std::unexpected(RefusalReply(user.error(), Given::kToken));
  return *std::move(user);
}

}  // namespace rolecall
