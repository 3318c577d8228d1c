// Finds tokens in careers addresses. Patterns begin at the host: scheme and "www." are taken off.
#include "boards/careers_url.h"

namespace rolecall {
namespace {

// A name as it is, of one in an address: "Acme Labs" of "Acme%20Labs".
std::string Decoded(std::string name) {
  return DecodePercent(name, PlusSign::kStands).value_or(std::move(name));
}

// The scheme and the host in lower case, as nobody tells capitals apart in them.
std::string FromHost(std::string_view written) {
  std::string address(Trim(written));
  const auto scheme = address.find("://");
  const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
  const auto end = std::min(address.find('/', begin), address.size());
  for (std::size_t i = 0; i < end; ++i)
    if (address[i] >= 'A' && address[i] <= 'Z') address[i] += 'a' - 'A';
  for (const std::string_view prefix : {"https://", "http://", "www."})
    if (address.starts_with(prefix)) address.erase(0, prefix.size());
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
