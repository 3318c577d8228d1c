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

// "localhost:8000", "127.0.0.1", "[::1]:8000": no name of the web's, which a page could have made
// point here.
bool IsLoopbackHost(std::string_view host) {
  const std::size_t end = host.starts_with('[') ? host.find(']') : host.find(':');
  if (host.starts_with('['))
    return end != std::string_view::npos && IsLoopback(host.substr(1, end - 1));
  host = host.substr(0, end);
  return host == "localhost" || IsLoopback(host);
}

}  // namespace

bool IsFromHere(const Request& request) {
  constexpr std::array<std::string_view, 7> kOfProxies{"forwarded",
                                                       "x-forwarded-for",
                                                       "x-forwarded-host",
                                                       "x-forwarded-proto",
                                                       "x-forwarded-server",
                                                       "x-real-ip",
                                                       "via"};
  return IsLoopback(request.peer) && IsLoopbackHost(request.HeaderOf("host")) &&
         std::ranges::none_of(kOfProxies, [&](auto name) { return request.CountOf(name) > 0; });
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

std::expected<SignedIn, Reply> WhoAsks(const ApiParts& parts, const Request& request,
                                       Access access) {
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
  auto user = parts.sign_in.Check(*token, parts.tools.clock());
  if (!user) return std::unexpected(RefusalReply(user.error(), Given::kToken));
  return *std::move(user);
}

}  // namespace rolecall
