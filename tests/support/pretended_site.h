// A site of pages in memory: what each path answers, and what was asked.
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {

// A page that says a posting with these keys.
inline std::string PostingPage(std::string_view title, std::string_view keys = "") {
  return fmt::format(
      R"(<html><script type="application/ld+json">{{"@type":"JobPosting","title":"{}"{}{}}}</script></html>)",
      title, keys.empty() ? "" : ",", keys);
}

inline std::string SitemapOf(const std::vector<std::string>& addresses) {
  std::string urls;
  for (const std::string& address : addresses)
    urls += fmt::format("<url><loc>{}</loc></url>", address);
  return fmt::format("<urlset>{}</urlset>", urls);
}

inline std::string IndexOf(const std::vector<std::string>& addresses) {
  std::string urls;
  for (const std::string& address : addresses)
    urls += fmt::format("<sitemap><loc>{}</loc></sitemap>", address);
  return fmt::format("<sitemapindex>{}</sitemapindex>", urls);
}

// https://acme.example. What it does not know is 404.
class PretendedSite {
 public:
  PretendedSite(std::string path, std::string body) { Put(std::move(path), Ok(std::move(body))); }

  void Put(std::string path, Response response) { pages_[std::move(path)] = std::move(response); }
  void Put(std::string path, std::string body) { Put(std::move(path), Ok(std::move(body))); }

  BoardReading Read(std::string_view token, const ReadingLimits& limits = {}) {
    return ReadWith(
        *FindBoard("jsonld", token),
        [&](const FetchRequest& request) -> Result<Response> {
          asked_.push_back(request);
          constexpr std::string_view kSite = "https://acme.example";
          if (!request.url.starts_with(kSite)) return Fail(Errc::kUnavailable, "another site");
          const auto page = pages_.find(request.url.substr(kSite.size()));
          return page == pages_.end() ? Response{.status = 404} : page->second;
        },
        limits);
  }

  const std::vector<FetchRequest>& asked() const { return asked_; }

 private:
  std::map<std::string, Response> pages_;
  std::vector<FetchRequest> asked_;
};

}  // namespace rolecall
