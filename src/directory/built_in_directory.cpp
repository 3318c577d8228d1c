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

Directory MustRead(std::string_view boards) {
  auto read = Directory::Read(BuiltInTexts().well_known, boards);
  if (read) return *std::move(read);
  std::fputs((read.error().message + "\n").c_str(), stderr);
  std::abort();
}

}  // namespace

const Directory& BuiltInDirectory() {
  static const Directory kDirectory = MustRead(MustUnpack(BuiltInTexts().packed_boards));
  return kDirectory;
}

const Directory& WellKnownCompanies() {
  static const Directory kDirectory = MustRead("");
  return kDirectory;
}

}  // namespace rolecall
