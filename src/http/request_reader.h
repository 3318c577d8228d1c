// Makes requests of the bytes of one connection, in whatever pieces they come, and refuses what it
// cannot trust.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/chunked_body.h"
#include "http/message.h"

namespace rolecall {

struct ReadLimits {
  std::size_t header = 16'384;  // bytes of request line and headers
  std::size_t body = 1 << 20;   // bytes of a body, its chunks put together
};

// HTTP/1.1 and 1.0 as RFC 9112 has them. Strict where two readers could disagree about the end of a
// request: nothing is taken for valid that another program in front of this one could cut
// differently, such as a header that goes on on a second line. Does no I/O; for one thread at a
// time.
class RequestReader {
 public:
  enum class State : std::uint8_t {
    kNothing,  // no byte of a request yet
    kHeader,   // its header is not whole
    kBody,     // its body is not whole
    kWhole,    // Release() gives it
    kRefused,  // refusal() says why; where the next request begins is not known any more
  };

  // `base_path` ("/rolecall"; empty: none) is taken off the paths that it begins. It outlives this.
  explicit RequestReader(ReadLimits limits, std::string_view base_path = "");
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;
  ~RequestReader();

  // Adds what the other end sent.
  void Add(std::string_view bytes);
  // Reads on as far as the bytes reach, to the end of one request at most.
  State Read();
  // The whole request, without `peer`; of a HEAD, as a GET. The next Read() begins another.
  Request Release();

  // Valid once the state is kRefused.
  const Reply& refusal() const { return refusal_; }
  // What is known of the request under way, a refused one too: as Release() gives it, without a
  // body, and with the headers that could be read. Until the next Read().
  Request Known() const;

  // As they were sent, the path without the base path, once the request line was read; "" before
  // that. Until the next Read().
  const std::string& method() const { return method_; }
  const std::string& path() const { return path_; }

  // Valid once the header is whole, until the next Read() after Release().
  bool is_http_1_0() const { return is_http_1_0_; }
  bool keeps_alive() const { return keeps_alive_; }  // the other end takes further replies
  bool waits_for_continue() const;                   // "100 Continue" has to be sent first

 private:
  class Parser;

  void Begin();
  bool SkipEmptyLine();
  void NameRequest();
  State ReadHeader();
  State ReadBody();
  State TakeHeader();
  State Refused(int status, std::string_view sentence);
  State RefusedFor(int beast_error);
  std::string_view left() const { return std::string_view(inbox_).substr(read_); }

  const ReadLimits limits_;
  const std::string_view base_path_;
  std::string inbox_;
  std::size_t read_ = 0;  // of the inbox
  State state_ = State::kNothing;
  std::unique_ptr<Parser> parser_;
  std::size_t header_bytes_ = 0;  // that the parser took
  bool skipped_line_ = false;
  bool waits_for_continue_ = false;
  bool is_http_1_0_ = false;
  bool keeps_alive_ = false;
  std::string method_;
  std::string target_;  // without scheme and host
  std::string path_;
  std::uint64_t body_left_ = 0;        // where its length was announced
  std::optional<ChunkedBody> chunks_;  // where it was not
  Request request_;
  Reply refusal_;
};

}  // namespace rolecall
