// Undoes a content encoding. zlib, with the end of the stream demanded and the growth capped while
// it grows.
#include "fetch/inflate.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <memory>

namespace rolecall {
namespace {

struct EndInflate {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};

// window bits: 15 + 16 is gzip, 15 zlib's own format, -15 a raw stream.
enum Window : int { kGzip = 31, kZlib = 15, kRaw = -15 };

// The format of "deflate" is zlib's by the standard, a raw stream as some servers send it.
Window WindowOf(std::string_view raw, std::string_view encoding) {
  if (encoding != "deflate") return kGzip;
  if (raw.size() < 2) return kZlib;
  const auto first = static_cast<unsigned char>(raw[0]);
  const auto second = static_cast<unsigned char>(raw[1]);
  return (first & 0x0F) == 8 && (first * 256 + second) % 31 == 0 ? kZlib : kRaw;
}

// No text begins so.
bool IsGzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

enum class After { kNothing, kAnotherMember, kGarbage };

After WhatFollows(std::string_view rest, Window window) {
  if (rest.find_first_not_of('\0') == std::string_view::npos) return After::kNothing;
  return window == kGzip && IsGzip(rest) ? After::kAnotherMember : After::kGarbage;
}

Tried<std::string> InflateAs(std::string_view raw, Window window, std::size_t most) {
  z_stream stream{};
  if (inflateInit2(&stream, window) != Z_OK) return Fail(Errc::kStorage, "zlib gave no memory");
  const std::unique_ptr<z_stream, EndInflate> end(&stream);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(raw.data()));
  stream.avail_in = static_cast<uInt>(raw.size());
  std::string text;
  std::array<char, 1 << 16> chunk;
  while (true) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = chunk.size();
    const int result = inflate(&stream, Z_NO_FLUSH);
    text.append(chunk.data(), chunk.size() - stream.avail_out);
    if (text.size() > most)
      return Fail(Errc::kUpstream,
                  fmt::format("the answer inflates to more than {} MiB", most >> 20));
    if (result == Z_STREAM_END) {
      switch (WhatFollows(raw.substr(raw.size() - stream.avail_in), window)) {
        case After::kNothing:
          return text;
        case After::kAnotherMember:
          if (inflateReset(&stream) == Z_OK) continue;
          break;
        case After::kGarbage:
          break;
      }
      return WorthAnotherTry(
          Fail(Errc::kUpstream,
               fmt::format("the compressed answer is followed by {} bytes that are not its own",
                           stream.avail_in)));
    }
    if (result == Z_BUF_ERROR || (result == Z_OK && stream.avail_in == 0 && stream.avail_out > 0))
      return WorthAnotherTry(
          Fail(Errc::kUpstream,
               fmt::format("the compressed answer is cut short after {} bytes", raw.size())));
    if (result != Z_OK)
      return WorthAnotherTry(Fail(Errc::kUpstream, "the compressed answer is broken"));
  }
}

}  // namespace

Tried<std::string> Inflate(std::string raw, std::string_view encoding, std::size_t most) {
  if (encoding.empty() || encoding == "identity")
    return IsGzip(raw) ? InflateAs(raw, kGzip, most) : raw;
  if (encoding == "gzip" || encoding == "x-gzip" || encoding == "deflate")
    return InflateAs(raw, WindowOf(raw, encoding), most);
  return Fail(Errc::kUpstream,
              fmt::format("the answer is encoded as {}, which was not asked for", encoding));
}

}  // namespace rolecall
