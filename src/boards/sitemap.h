// Sitemaps, and what addresses on a site are: https://www.sitemaps.org/protocol.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace rolecall {

struct Sitemap {
  bool is_index = false;               // it names sitemaps; else pages
  std::vector<std::string> addresses;  // as they are written
  int without_address = 0;             // entries that name nothing
};

// Whether the body says of itself that it is a sitemap, whole or not.
bool SaysSitemap(std::string_view body);

// kUpstream where it is not the whole of one. Nothing outside the body is read, and no entity of
// its own is taken in.
Result<Sitemap> ReadSitemap(std::string_view body);

// Path and query of an address that stands on `page`, a URL of the site; of http too, and without
// what stands behind "#". kUpstream where it leads to another host or is none, naming the host.
Result<std::string> PathOnSite(const std::string& page, std::string_view address);

// What addresses of one sort have in common: "/jobs" of "/jobs/7" and of "/jobs/7/", "/job?" of
// "/job?id=7".
std::string_view FolderOf(std::string_view path);

}  // namespace rolecall
