// Unpacks and reads the directory that is built in, once.
#include "directory/built_in_directory.h"

#include <cstdio>
#include <cstdlib>

#include "base/gzip.h"

namespace rolecall {
namespace {

std::string MustUnpack(std::string_view packed) {
  auto text = UnpackText(packed);
  if (text) return *std::move(text);
  std::fputs("the directory that is built in cannot be unpacked\n", stderr);
  std::abort();
}

Directory MustRead(const DirectoryTexts& texts) {
  auto read = Directory::Read(texts.well_known, MustUnpack(texts.packed_boards));
  if (read) return *std::move(read);
  std::fputs((read.error().message + "\n").c_str(), stderr);
  std::abort();
}

}  // namespace

const Directory& BuiltInDirectory() {
  static const Directory kDirectory = MustRead(BuiltInTexts());
  return kDirectory;
}

}  // namespace rolecall
