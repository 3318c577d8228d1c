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

std::string PackText(std::string_view text) {
  uLongf size = compressBound(text.size());
  std::string packed(size, '\0');
  compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
            reinterpret_cast<const Bytef*>(text.data()), text.size(), Z_BEST_SPEED);
  packed.resize(size);
  return std::to_string(text.size()) + ":" + packed;
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
