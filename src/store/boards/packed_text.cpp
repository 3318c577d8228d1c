// Packed quickly rather than tightly: it happens inside transactions.
#include "store/boards/packed_text.h"

#include <zlib.h>

namespace rolecall {

Blob Pack(const std::string& text) {
  uLongf size = compressBound(text.size());
  std::string packed(size, '\0');
  compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
            reinterpret_cast<const Bytef*>(text.data()), text.size(), 1);
  packed.resize(size);
  return Blob{std::to_string(text.size()) + ":" + packed};
}

std::optional<std::string> Unpack(const std::string& bytes) {
  const auto colon = bytes.find(':');
  if (colon == std::string::npos) return std::nullopt;
  uLongf size = std::strtoul(bytes.c_str(), nullptr, 10);
  std::string text(size, '\0');
  const int result = uncompress(reinterpret_cast<Bytef*>(text.data()), &size,
                                reinterpret_cast<const Bytef*>(bytes.data() + colon + 1),
                                bytes.size() - colon - 1);
  if (result != Z_OK || size != text.size()) return std::nullopt;
  return text;
}

}  // namespace rolecall
