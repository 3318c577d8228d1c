// The files of the built page (web/), in the binary, so that there is one file to carry about. The
// build writes their table: tools/embed_page.py.
#pragma once

#include <span>
#include <string_view>

namespace rolecall {

struct PageFile {
  std::string_view
      path;  // "index.html", or "assets/" and a name that holds a digest of what is in it
  std::string_view type;
  std::string_view content;
};

std::span<const PageFile> PageFiles();

}  // namespace rolecall
