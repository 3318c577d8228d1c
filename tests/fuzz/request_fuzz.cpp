// Feeds bytes to the reader of requests, as a connection does, and holds it to what must be so
// whatever comes: the same requests however the bytes are cut, within the limits, and an answer to
// what is refused.
#include <cstddef>
#include <string>
#include <string_view>

#include "base/text.h"
#include "http/encoding.h"
#include "http/message.h"
#include "http/reply_head.h"
#include "http/request_reader.h"
#include "tests/fuzz/targets.h"

namespace rolecall {
namespace {

using State = RequestReader::State;

constexpr ReadLimits kReadLimits{.header = 512, .body = 256};

void CheckRequest(const Request& request) {
  Demand(request.method != "HEAD", "a HEAD is given as a GET");
  Demand(request.path == "*" || request.path.starts_with('/'), "a path begins with '/'");
  Demand(request.path.find_first_of("?# \r\n") == std::string::npos, "a path is a path alone");
  Demand(request.body.size() <= kReadLimits.body, "a body is within its limit");
  Demand(request.CountOf("host") <= 1, "a request has one host");
  Demand(request.CountOf("transfer-encoding") == 0 || request.CountOf("content-length") == 0,
         "the end of a request is beyond doubt");
  std::size_t bytes = 0;
  for (const Header& header : request.headers) {
    bytes += header.name.size() + header.value.size();
    Demand(header.value.find_first_of("\r\n") == std::string::npos, "a header is one line");
  }
  Demand(bytes <= kReadLimits.header, "headers are within their limit");
  request.Parameter("token");
  DecodePercent(request.path, PlusSign::kStands);
  AllowsGzip(request.HeaderOf("accept-encoding"));
}

// All that was read of `bytes`, given in pieces of `size`: how early a refusal comes may depend on
// them, what was read before it may not.
std::string Told(std::string_view bytes, std::size_t size) {
  RequestReader reader(kReadLimits);
  std::string told;
  State state = State::kNothing;
  while (!bytes.empty() && state != State::kRefused) {
    const std::string_view piece = bytes.substr(0, size);
    bytes.remove_prefix(piece.size());
    reader.Add(piece);
    for (state = reader.Read(); state == State::kWhole; state = reader.Read()) {
      const Request request = reader.Release();
      CheckRequest(request);
      told += reader.method() + " " + request.path + "?" + request.query + "\n";
      for (const Header& header : request.headers) told += header.name + "=" + header.value + "\n";
      told += request.body + (reader.keeps_alive() ? "\nkeeps\n" : "\nends\n");
    }
  }
  if (state == State::kRefused) {
    const Reply& refusal = reader.refusal();
    Demand(refusal.status >= 400, "a refusal is an error");
    Demand(HeadOf(refusal, Framing::kLength, Ending::kClose).ends_with("\r\n\r\n"),
           "a refusal can be sent");
  }
  return told;
}

}  // namespace

// The first byte says how long the pieces are, the others are sent.
void FuzzRequest(std::string_view bytes) {
  if (bytes.empty()) return;
  const std::size_t piece = 1 + static_cast<unsigned char>(bytes[0]) % 16;
  const std::string_view sent = bytes.substr(1);

  const std::string whole = Told(sent, sent.size());
  const std::string in_pieces = Told(sent, piece);

  Demand(whole == in_pieces, "a request is the same however its bytes come");
}

}  // namespace rolecall
