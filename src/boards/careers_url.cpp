// Finds tokens in careers addresses. Patterns begin at the host: scheme and "www." are taken off.
#include "boards/careers_url.h"

#include <boost/algorithm/string/replace.hpp>

namespace rolecall {
namespace {

// A name as it is, of one in an address: "Acme Labs" of "Acme%20Labs".
std::string Decoded(std::string name) {
  return DecodePercent(name, PlusSign::kStands).value_or(std::move(name));
}

// What follows a visitor about, and says nothing of a board.
const re2::RE2& Tracking() {
  static const re2::RE2 kTracking(
      "[?&](utm_[a-z]+|gclid|fbclid|msclkid|mc_cid|mc_eid|trk|_hsenc|_hsmi)=[^&#]*");
  return kTracking;
}

// An address as a page's source has it, too: after a quotation mark, with "&amp;", without a
// scheme.
std::string AsWritten(std::string_view written) {
  constexpr std::string_view kAround = " \t\r\n\"'<>()";
  const auto first = written.find_first_not_of(kAround);
  if (first == std::string_view::npos) return "";
  std::string address(written.substr(first, written.find_last_not_of(kAround) - first + 1));
  boost::replace_all(address, "&amp;", "&");
  if (address.starts_with("//")) address.erase(0, 2);
  return address;
}

// From the host on, which is in lower case, as nobody tells capitals apart in it; without what says
// nothing of a board.
std::string FromHost(std::string_view written) {
  std::string address = AsWritten(written);
  // What a query names is another address.
  const auto scheme = address.find("://");
  const bool has_scheme = scheme != std::string::npos && address.find_first_of("/?#") == scheme + 1;
  const auto begin = has_scheme ? scheme + 3 : 0;
  const auto end = std::min(address.find_first_of("/?#", begin), address.size());
  for (std::size_t i = 0; i < end; ++i)
    if (address[i] >= 'A' && address[i] <= 'Z') address[i] += 'a' - 'A';
  for (const std::string_view port : {":443", ":80"})
    if (std::string_view(address).substr(begin, end - begin).ends_with(port)) {
      address.erase(end - port.size(), port.size());
      break;
    }
  for (const std::string_view prefix : {"https://", "http://", "www."})
    if (address.starts_with(prefix)) address.erase(0, prefix.size());
  const auto query = address.find('?');
  re2::RE2::GlobalReplace(&address, Tracking(), "");
  // Where the first of several was cut out.
  if (query < address.size() && address[query] == '&') address[query] = '?';
  return address;
}

}  // namespace

Result<std::vector<CareersUrl>> ReadCareersUrls(DefinitionTable& top, std::string_view origin) {
  std::vector<CareersUrl> urls;
  CHECK_OK(EachTable(top, "careers", origin, [&](DefinitionTable& table) -> Result<void> {
    CareersUrl url;
    TRY(url.url, table.Pattern("url"));
    std::vector<std::string> holes;
    for (const auto& [name, group] : url.url->NamedCapturingGroups()) holes.push_back(name);
    TRY(const std::string token, table.Text("token"));
    auto read = Template::Read(token, holes, Template::Braces::kRefused);
    if (!read) return table.Wrong("token", read.error().message);
    url.token = *std::move(read);
    urls.push_back(std::move(url));
    return {};
  }));
  return urls;
}

std::optional<std::string> TokenIn(std::string_view address, const std::vector<CareersUrl>& urls) {
  const std::string from_host = FromHost(address);
  const re2::StringPiece text(from_host.data(), from_host.size());
  for (const CareersUrl& one : urls) {
    std::vector<re2::StringPiece> found(
        static_cast<std::size_t>(one.url->NumberOfCapturingGroups() + 1));
    if (!one.url->Match(text, 0, text.size(), re2::RE2::ANCHOR_START, found.data(),
                        static_cast<int>(found.size())))
      continue;
    // The host ends there, or goes on as a look-alike's does.
    if (found[0].size() < std::min(text.size(), from_host.find_first_of("/?#:"))) continue;
    Holes holes;
    for (const auto& [name, group] : one.url->NamedCapturingGroups())
      holes[name] = Decoded(std::string(found[static_cast<std::size_t>(group)]));
    return one.token.Fill(holes);
  }
  return std::nullopt;
}

Result<std::vector<NoToken>> ReadNoTokens(DefinitionTable& top, std::string_view origin) {
  std::vector<NoToken> none;
  CHECK_OK(EachTable(top, "no_token", origin, [&](DefinitionTable& table) -> Result<void> {
    NoToken one;
    TRY(one.token, table.Pattern("token"));
    TRY(one.why, table.Text("why"));
    none.push_back(std::move(one));
    return {};
  }));
  return none;
}

}  // namespace rolecall
