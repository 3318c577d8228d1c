// The page, embedded. In the binary, so that there is one file to carry about.
#include "api/page.h"

namespace rolecall {
namespace {

constexpr char kPage[] = {
#embed "page/index.html"
    , 0};

constexpr char kScript[] = {
#embed "page/rolecall.js"
    , 0};

constexpr char kStyle[] = {
#embed "page/rolecall.css"
    , 0};

Reply File(const char* content, std::string type) {
  return {.content_type = std::move(type) + "; charset=utf-8",
          .body = content,
          .headers = {{"Cache-Control", "no-cache"}}};
}

}  // namespace

Result<Reply> GetPage(const ApiParts&, const Call&) { return File(kPage, "text/html"); }

Result<Reply> GetPageScript(const ApiParts&, const Call&) {
  return File(kScript, "text/javascript");
}

Result<Reply> GetPageStyle(const ApiParts&, const Call&) { return File(kStyle, "text/css"); }

Result<Reply> GetPageIcon(const ApiParts&, const Call&) {
  return Reply{.status = 204, .content_type = ""};
}

}  // namespace rolecall
