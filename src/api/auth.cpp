// Reads what somebody signs in with, and hands it to SignIn.
#include "api/auth.h"

#include "api/body.h"
#include "api/caller.h"
#include "api/logos.h"
#include "auth/passwords.h"
#include "auth/sign_in.h"
#include "forms/or_null.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::size_t kLongestEmail = 320;
constexpr std::size_t kLongestToken = 8192;

Reply Answer(const SignIn::Outcome<SignIn::Token>& outcome) {
  if (!outcome) return RefusalReply(outcome.error(), Given::kNothing);
  Reply reply = JsonReply(json::object{{"access_token", outcome->access_token},
                                       {"token_type", "bearer"},
                                       {"expires_in", outcome->expires_in.count()}});
  reply.headers.push_back({"Cache-Control", "no-store"});
  return reply;
}

// The one field of a body.
std::expected<std::string, Reply> ReadField(const Request& request, std::string_view name) {
  const auto body = ReadJson(request.body);
  if (!body) return std::unexpected(body.error());
  std::vector<Misfit> misfits;
  Fields fields(*body, {"body"}, misfits);
  std::string given = fields.Text(name, {.least = 1, .most = kLongestToken});
  fields.Close();
  if (!misfits.empty()) return std::unexpected(Unprocessable(misfits));
  return given;
}

}  // namespace

Result<Reply> GetWays(const ApiParts& parts, const Call& call) {
  const auto ways = parts.sign_in.WaysIn();
  if (!ways) return RefusalReply(ways.error(), Given::kNothing);
  Reply reply = JsonReply(json::object{{"google_client_id", TextOrNull(ways->google_client_id)},
                                       {"password", ways->password},
                                       {"local", ways->once && IsFromHere(call.request)}});
  reply.headers.push_back({"Cache-Control", "no-store"});
  return reply;
}

Result<Reply> PostGoogle(const ApiParts& parts, const Call& call) {
  const auto token = ReadField(call.request, "token");
  if (!token) return token.error();
  return Answer(parts.sign_in.WithGoogle(*token, parts.tools.clock()));
}

Result<Reply> PostLocal(const ApiParts& parts, const Call& call) {
  if (!IsFromHere(call.request))
    return Refuse(403, "This address signs in on the machine that serves, and through no proxy.");
  const auto secret = ReadField(call.request, "secret");
  if (!secret) return secret.error();
  return Answer(parts.sign_in.WithOnce(*secret, parts.tools.clock()));
}

Result<Reply> PostLogin(const ApiParts& parts, const Call& call) {
  const auto body = ReadJson(call.request.body);
  if (!body) return body.error();
  std::vector<Misfit> misfits;
  Fields fields(*body, {"body"}, misfits);
  const std::string email = fields.Text("email", {.least = 1, .most = kLongestEmail});
  const std::string password = fields.Text("password", {.least = 1, .most = kLongestPassword});
  fields.Close();
  if (!misfits.empty()) return Unprocessable(misfits);
  return Answer(
      parts.sign_in.WithPassword(email, password, call.request.peer, parts.tools.clock()));
}

Result<Reply> GetUser(const ApiParts& parts, const Call& call) {
  const UserProfile& user = call.user;
  return JsonReply(json::object{
      {"user_id", user.id},
      {"email", user.email},
      {"name", TextOrNull(user.name)},
      {"picture",
       user.picture_url.empty()
           ? LogoUrl(parts, call.request, user.name.empty() ? Initial(user.email) : user.name)
           : user.picture_url},
      {"last_login", TimeOrNull(user.last_login)}});
}

}  // namespace rolecall
