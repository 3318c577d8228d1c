// Serves the page. Its document is built with addresses relative to itself; it stands at addresses
// of several depths, and so the base path takes their place.
#include "api/page.h"

#include <algorithm>

#include "api/page_files.h"

namespace rolecall {
namespace {

constexpr std::string_view kDocument = "index.html";

const PageFile* FindPageFile(std::string_view path) {
  const auto files = PageFiles();
  const auto found = std::ranges::find(files, path, &PageFile::path);
  return found == files.end() ? nullptr : &*found;
}

std::string Replaced(std::string text, std::string_view old, std::string_view with) {
  for (std::size_t at = text.find(old); at != std::string::npos;
       at = text.find(old, at + with.size()))
    text.replace(at, old.size(), with);
  return text;
}

}  // namespace

Result<Reply> GetPage(const ApiParts& parts, const Call&) {
  const PageFile* document = FindPageFile(kDocument);
  if (document == nullptr) return Fail(Errc::kNotFound, "This program was built without its page.");
  // What a base path may hold needs no escaping (ReadBasePath).
  const std::string& base = parts.settings.base_path;
  std::string body = Replaced(std::string(document->content), "\"./", '"' + base + '/');
  body = Replaced(std::move(body), R"(name="rolecall-base" content="")",
                  R"(name="rolecall-base" content=")" + base + '"');
  return Reply{.content_type = std::string(document->type),
               .body = std::move(body),
               .headers = {{"Cache-Control", "no-store"}}};
}

Result<Reply> GetPageFile(const ApiParts&, const Call& call) {
  const PageFile* file = FindPageFile("assets/" + call.captured[0]);
  if (file == nullptr) return Fail(Errc::kNotFound, "There is nothing at this address.");
  return Reply{.content_type = std::string(file->type),
               .body = std::string(file->content),
               .headers = {{"Cache-Control", "public, max-age=31536000, immutable"}}};
}

Result<Reply> GetPageIcon(const ApiParts&, const Call&) {
  return Reply{.status = 204, .content_type = ""};
}

}  // namespace rolecall
