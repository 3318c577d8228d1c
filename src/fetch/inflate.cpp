// zlib, with the end of the stream demanded and the growth capped while it grows.
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

// window bits: 15 + 32 finds gzip or zlib headers by itself, -15 is a raw stream, as some servers
// send for "deflate".
Result<std::string> InflateAs(std::string_view raw, int window_bits, std::size_t most) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK)
    return Fail(Errc::kStorage, "zlib gave no memory");
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
      // Several gzip members may follow each other.
      if (stream.avail_in == 0) return text;
      if (inflateReset(&stream) != Z_OK)
        return Fail(Errc::kUpstream, "the compressed answer is broken");
      continue;
    }
    if (result == Z_BUF_ERROR || (result == Z_OK && stream.avail_in == 0 && stream.avail_out > 0))
      return Fail(Errc::kUpstream,
                  fmt::format("the compressed answer is cut short after {} bytes", raw.size()));
    if (result != Z_OK) return Fail(Errc::kUpstream, "the compressed answer is broken");
  }
}

}  // namespace

Result<std::string> Inflate(std::string raw, std::string_view encoding, std::size_t most) {
  if (encoding.empty() || encoding == "identity") return raw;
  if (encoding == "gzip" || encoding == "x-gzip") return InflateAs(raw, 15 + 32, most);
  if (encoding == "deflate") {
    auto inflated = InflateAs(raw, 15 + 32, most);
    return inflated ? std::move(inflated) : InflateAs(raw, -15, most);
  }
  return Fail(Errc::kUpstream,
              fmt::format("the answer is encoded as {}, which was not asked for", encoding));
}

}  // namespace rolecall
