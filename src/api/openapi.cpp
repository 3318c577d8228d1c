// The document, embedded, and served with the program's version. It is written by hand: the routes
// are held against it, and every answer of the contract's tests.
#include "api/openapi.h"

#include <fmt/format.h>

#include "base/digest.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr char kWrittenDocument[] = {
#embed "openapi.json"
    , 0};

}  // namespace

json::object InterfaceDocument(const std::string& version) {
  json::object document = json::parse(kWrittenDocument).as_object();
  document.at("info").as_object()["version"] = version;
  return document;
}

Result<Reply> GetInterface(const ApiParts& parts, const Call& call) {
  Reply reply = JsonReply(InterfaceDocument(parts.settings.version));
  // Weak: what is sent may be compressed.
  const std::string tag = fmt::format("W/\"{}\"", Digester().Add(reply.body).Finish());
  if (call.request.HeaderOf("if-none-match").contains(tag))
    reply = {.status = 304, .content_type = ""};
  reply.headers = {{"ETag", tag}, {"Cache-Control", "no-cache"}};
  return reply;
}

}  // namespace rolecall
