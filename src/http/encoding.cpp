// Packs bodies for those who take it, by Beast's reader of lists with parameters.
#include "http/encoding.h"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <charconv>

#include "base/gzip.h"
#include "http/entity_tag.h"

namespace rolecall {
namespace {

constexpr std::size_t kWorthPacking = 1024;  // bytes; less fits one packet anyway

// "0" and "0.000" alone mean no.
bool IsZero(std::string_view quality) {
  double value = 1;
  std::from_chars(quality.data(), quality.data() + quality.size(), value);
  return value <= 0;
}

bool IsText(std::string_view content_type) {
  const std::string_view kind = content_type.substr(0, content_type.find(';'));
  return kind.starts_with("text/") || kind.ends_with("json") || kind.ends_with("javascript") ||
         kind.ends_with("xml") || kind == "application/jsonl" || kind == "application/x-ndjson";
}

bool Has(const Reply& reply, std::string_view name) {
  return std::ranges::any_of(reply.headers, [&](const Header& header) {
    return boost::beast::iequals(header.name, name);
  });
}

}  // namespace

bool AllowsGzip(std::string_view accept_encoding) {
  bool any = false;
  for (const auto& [coding, parameters] : boost::beast::http::ext_list(accept_encoding)) {
    bool allowed = true;
    for (const auto& [name, value] : parameters)
      if (boost::beast::iequals(name, "q")) allowed = !IsZero(value);
    if (boost::beast::iequals(coding, "gzip") || boost::beast::iequals(coding, "x-gzip"))
      return allowed;
    if (coding == "*") any = allowed;
  }
  return any;
}

void Encode(const Request& request, Reply& reply) {
  if (reply.more || reply.stream || reply.body.size() <= kWorthPacking) return;
  if (!IsText(reply.content_type) || Has(reply, "Content-Encoding")) return;
  reply.headers.push_back({"Vary", "Accept-Encoding"});
  if (!AllowsGzip(request.HeaderOf("accept-encoding"))) return;
  reply.body = Gzip(reply.body);
  for (Header& header : reply.headers)
    if (boost::beast::iequals(header.name, "ETag")) header.value = PackedTag(header.value);
  reply.headers.push_back({"Content-Encoding", "gzip"});
}

}  // namespace rolecall
