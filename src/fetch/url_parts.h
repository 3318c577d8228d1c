// A URL as libcurl's own parser takes it apart, so that whoever judges an address and whoever asks
// it cannot disagree.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace rolecall {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, FreeUrl>;

// "" where it has no such part.
inline std::string UrlPart(const UrlHandle& url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, flags) != CURLUE_OK) return "";
  std::string copy(text);
  curl_free(text);
  return copy;
}

}  // namespace rolecall
