// Says to browsers whose pages may ask. Named origins only: any origin is never told.
#include "api/cors.h"

#include <algorithm>

namespace rolecall {

void AllowOrigin(const std::vector<std::string>& origins, const Request& request, Reply& reply) {
  if (origins.empty()) return;
  // A cache must not hand one origin's reply to another.
  reply.headers.push_back({"Vary", "Origin"});
  const std::string_view origin = request.HeaderOf("origin");
  if (std::ranges::find(origins, origin) == origins.end()) return;
  reply.headers.push_back({"Access-Control-Allow-Origin", std::string(origin)});
  reply.headers.push_back({"Access-Control-Allow-Credentials", "true"});
  if (request.HeaderOf("access-control-request-method").empty()) {
    reply.headers.push_back({"Access-Control-Expose-Headers", "Retry-After, WWW-Authenticate"});
    return;
  }
  // Whatever stands there: what a preflight is refused, its page never sees, a 404 included.
  if (request.method == "OPTIONS") {
    reply.status = 204;
    reply.body.clear();
    reply.content_type.clear();
  }
  reply.headers.push_back({"Access-Control-Allow-Methods", "GET, POST, PUT, OPTIONS"});
  reply.headers.push_back(
      {"Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID"});
  reply.headers.push_back({"Access-Control-Max-Age", "600"});
}

}  // namespace rolecall
