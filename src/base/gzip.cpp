// Packs bytes by zlib, each in one call.
#include "base/gzip.h"

#include <zlib.h>

#include <charconv>

namespace rolecall {

std::string Gzip(std::string_view text) {
  z_stream stream{};
  constexpr int kGzip = 15 + 16;
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

namespace {

// What a stream works with is 256 KB, whose clearing takes longer than a description does: each
// thread that packs keeps one.
class PackingStream {
 public:
  PackingStream() { deflateInit(&stream_, Z_BEST_SPEED); }
  PackingStream(const PackingStream&) = delete;
  PackingStream& operator=(const PackingStream&) = delete;
  ~PackingStream() { deflateEnd(&stream_); }

  std::string Pack(std::string_view text) {
    deflateReset(&stream_);
    std::string packed(deflateBound(&stream_, text.size()), '\0');
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    stream_.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream_.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream_, Z_FINISH);
    packed.resize(stream_.total_out);
    return packed;
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::string PackText(std::string_view text) {
  thread_local PackingStream stream;
  return std::to_string(text.size()) + ":" + stream.Pack(text);
}

std::optional<std::string> UnpackText(std::string_view packed) {
  const auto colon = packed.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  uLongf size = 0;
  std::from_chars(packed.data(), packed.data() + colon, size);
  std::string text(size, '\0');
  const int result = uncompress(reinterpret_cast<Bytef*>(text.data()), &size,
                                reinterpret_cast<const Bytef*>(packed.data() + colon + 1),
                                packed.size() - colon - 1);
  if (result != Z_OK || size != text.size()) return std::nullopt;
  return text;
}

}  // namespace rolecall
