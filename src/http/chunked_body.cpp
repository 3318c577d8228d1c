// Decodes a body that comes in chunks. Beast's own, as of 1.81, asserts what a client can break: a
// last chunk that comes in two parts.
#include "http/chunked_body.h"

#include <algorithm>
#include <charconv>

namespace rolecall {
namespace {

bool HasControls(std::string_view line) {
  return std::ranges::any_of(
      line, [](unsigned char byte) { return (byte < ' ' && byte != '\t') || byte == 0x7f; });
}

}  // namespace

ChunkedBody::State ChunkedBody::Take(std::string_view& bytes) {
  State state = State::kMore;
  while (state == State::kMore) {
    if (part_ == Part::kData) {
      if (bytes.empty()) break;
      const std::string_view data = bytes.substr(0, left_);
      body_ += data;
      bytes.remove_prefix(data.size());
      left_ -= data.size();
      if (left_ == 0) part_ = Part::kEndOfData;
      continue;
    }
    const std::size_t end = bytes.find("\r\n");
    if (std::min(end, bytes.size()) > most_between_) return State::kMalformed;
    // After the data stands nothing but a line end.
    if (part_ == Part::kEndOfData && end != 0 && !bytes.empty() && bytes != "\r")
      return State::kMalformed;
    if (end == std::string_view::npos) break;
    state = TakeLine(bytes.substr(0, end));
    bytes.remove_prefix(end + 2);
  }
  return state;
}

ChunkedBody::State ChunkedBody::TakeLine(std::string_view line) {
  if (HasControls(line)) return State::kMalformed;
  switch (part_) {
    case Part::kSize:
      return TakeSize(line);
    case Part::kEndOfData:
      part_ = Part::kSize;
      return State::kMore;
    case Part::kTrailer:
      if (line.empty()) return State::kWhole;
      trailers_ += line.size() + 2;
      return trailers_ <= most_between_ && line.find(':') != std::string_view::npos
                 ? State::kMore
                 : State::kMalformed;
    case Part::kData:
      break;
  }
  return State::kMalformed;
}

ChunkedBody::State ChunkedBody::TakeSize(std::string_view line) {
  constexpr std::ptrdiff_t kMostDigits = 16;
  const char* const end = line.data() + line.size();
  std::uint64_t size = 0;
  const auto [stopped, failure] = std::from_chars(line.data(), end, size, 16);
  if (failure != std::errc() || stopped - line.data() > kMostDigits) return State::kMalformed;
  if (stopped != end && *stopped != ';') return State::kMalformed;
  if (size > most_ - body_.size()) return State::kTooLarge;
  left_ = size;
  part_ = size == 0 ? Part::kTrailer : Part::kData;
  return State::kMore;
}

}  // namespace rolecall
