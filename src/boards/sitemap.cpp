// Reads sitemaps by pugixml, whatever prefix their names have.
#include "boards/sitemap.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <pugixml.hpp>

#include "base/text.h"
#include "fetch/address_guard.h"

namespace rolecall {
namespace {

// "url" of "sm:url".
std::string_view LocalName(pugi::xml_node node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);  // npos + 1 is 0
}

std::string AddressIn(pugi::xml_node entry) {
  for (const pugi::xml_node child : entry.children())
    if (LocalName(child) == "loc") return Mend(std::string(Trim(child.child_value()))).text;
  return "";
}

}  // namespace

bool SaysSitemap(std::string_view body) {
  static const re2::RE2 kRoot(R"(<([A-Za-z0-9]+:)?(urlset|sitemapindex)[\s/>])");
  constexpr std::size_t kHead = 4'096;  // bytes: comments and instructions may stand before it
  const std::string_view head = body.substr(0, kHead);
  return re2::RE2::PartialMatch(re2::StringPiece(head.data(), head.size()), kRoot);
}

Result<Sitemap> ReadSitemap(std::string_view body) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(body.data(), body.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed)
    return Fail(Errc::kUpstream, fmt::format("a sitemap of {} bytes that is no XML ({})",
                                             body.size(), parsed.description()));
  const pugi::xml_node root = document.document_element();
  Sitemap sitemap{
      .is_index = LocalName(root) == "sitemapindex", .addresses = {}, .without_address = 0};
  if (!sitemap.is_index && LocalName(root) != "urlset")
    return Fail(Errc::kUpstream, fmt::format("no sitemap, but \"{}\"", OneLine(root.name())));
  const std::string_view entry = sitemap.is_index ? "sitemap" : "url";
  for (const pugi::xml_node child : root.children()) {
    if (LocalName(child) != entry) continue;
    std::string address = AddressIn(child);
    if (address.empty())
      ++sitemap.without_address;
    else
      sitemap.addresses.push_back(std::move(address));
  }
  return sitemap;
}

Result<std::string> PathOnSite(const std::string& page, std::string_view address) {
  const auto none = [&] {
    return Fail(Errc::kUpstream,
                OneLine(Mend(std::string(address.substr(0, 80))).text) + ", which is no address");
  };
  const auto resolved = ResolveAddress(page, std::string(Trim(address)));
  if (!resolved) return none();
  const auto here = CheckAddress(page, {});
  const auto there = CheckAddress(*resolved, {});
  if (!here || !there) return none();
  if (there->place != here->place) return Fail(Errc::kUpstream, there->place);
  return there->rest;
}

std::string_view FolderOf(std::string_view path) {
  const auto query = path.find('?');
  if (query != std::string_view::npos) return path.substr(0, query + 1);
  while (path.ends_with('/')) path.remove_suffix(1);
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : path.substr(0, slash);
}

}  // namespace rolecall
