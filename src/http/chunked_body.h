// Puts a body together that comes in chunks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall {

// RFC 9112, 7.1. Extensions and the headers after the last chunk are left out. Takes less than the
// RFC lets pass: no blanks around sizes, no line end but CRLF.
class ChunkedBody {
 public:
  enum class State : std::uint8_t {
    kMore,
    kWhole,
    kMalformed,
    kTooLarge,
  };

  // Bytes: of the body, and of one line or of all headers after the body.
  ChunkedBody(std::size_t most, std::size_t most_between)
      : most_(most), most_between_(most_between) {}

  // Takes what it can from the front of `bytes`; the rest has to come again, with more behind it.
  State Take(std::string_view& bytes);
  std::string&& Release() { return std::move(body_); }

 private:
  enum class Part : std::uint8_t { kSize, kData, kEndOfData, kTrailer };

  State TakeLine(std::string_view line);
  State TakeSize(std::string_view line);

  const std::size_t most_;
  const std::size_t most_between_;
  Part part_ = Part::kSize;
  std::size_t left_ = 0;      // of the chunk
  std::size_t trailers_ = 0;  // bytes so far
  std::string body_;
};

}  // namespace rolecall
