// Finds tokens in careers addresses. Patterns begin at the host: scheme and "www." are taken off.
#include "boards/careers_url.h"

namespace rolecall {
namespace {

Result<std::shared_ptr<const re2::RE2>> ReadPattern(DefinitionTable& table, std::string_view key) {
  TRY(const std::string text, table.Text(key));
  auto pattern = std::make_shared<re2::RE2>(text, re2::RE2::Quiet);
  if (!pattern->ok())
    return table.Wrong(key, fmt::format("is no regular expression: {}", pattern->error()));
  return pattern;
}

// Calls `read(table)` for each table of the list, and refuses what it did not ask for.
template <typename Read>
Result<void> EachTable(DefinitionTable& top, std::string_view key, std::string_view origin,
                       Read read) {
  const toml::node* node = top.Find(key);
  if (node == nullptr) return {};
  if (!node->is_array()) return top.Wrong(key, "must be a list of tables");
  for (const auto& one : *node->as_array()) {
    if (!one.is_table()) return top.Wrong(key, "must be a list of tables");
    DefinitionTable table(one.as_table(), origin, std::string(key));
    CHECK_OK(read(table));
    CHECK_OK(table.RefuseOthers());
  }
  return {};
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
    TRY(url.url, ReadPattern(table, "url"));
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
      holes[name] = std::string(found[static_cast<std::size_t>(group)]);
    return one.token.Fill(holes);
  }
  return std::nullopt;
}

Result<std::vector<NoToken>> ReadNoTokens(DefinitionTable& top, std::string_view origin) {
  std::vector<NoToken> none;
  CHECK_OK(EachTable(top, "no_token", origin, [&](DefinitionTable& table) -> Result<void> {
    NoToken one;
    TRY(one.token, ReadPattern(table, "token"));
    TRY(one.why, table.Text("why"));
    none.push_back(std::move(one));
    return {};
  }));
  return none;
}

}  // namespace rolecall
