// What an address of a board tells by its definition: holes, names, and where an answer came from.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "boards/definition.h"

namespace rolecall {
namespace {

// Host and path of a URL, as far as they say whose page it is.
std::string PlaceOf(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("?#"));
  while (url.ends_with('/')) url.remove_suffix(1);
  const auto host_end = std::min(url.find('/'), url.size());
  return Fold(url.substr(0, host_end)) + std::string(url.substr(host_end));
}

}  // namespace

bool IsTokenOf(const BoardHost& host, std::string_view token) {
  return host.of == nullptr ||
         re2::RE2::FullMatch(re2::StringPiece(token.data(), token.size()), *host.of);
}

std::string FirstPartOfToken(const BoardAddress& board) {
  const Holes holes = HolesOf(board);
  if (const auto company = holes.find("company");
      company != holes.end() && !company->second.empty())
    return company->second;
  re2::StringPiece first;
  const re2::RE2& pattern = *board.definition->token;
  if (pattern.NumberOfCapturingGroups() > 0 && re2::RE2::FullMatch(board.token, pattern, &first) &&
      !first.empty())
    return std::string(first);
  return board.token;
}

const BoardTraits& Traits(const BoardDefinition& definition) { return definition.traits; }

std::string IdInPath(const BoardDefinition& definition, std::string_view path) {
  re2::StringPiece id;
  const re2::StringPiece text(path.data(), path.size());
  if (definition.id_in_path && re2::RE2::PartialMatch(text, *definition.id_in_path, &id) &&
      !id.empty())
    return std::string(id);
  return std::string(path);
}

std::string_view PathOf(const ListedRef& job) {
  return job.path.empty() ? job.external_id : job.path;
}

Holes HolesOf(const BoardAddress& address) {
  Holes holes{{"token", address.token}};
  const re2::RE2& pattern = *address.definition->token;
  const int groups = pattern.NumberOfCapturingGroups() + 1;
  std::vector<re2::StringPiece> found(static_cast<std::size_t>(groups));
  if (!pattern.Match(address.token, 0, address.token.size(), re2::RE2::ANCHOR_BOTH, found.data(),
                     groups))
    return holes;
  // Of a token of two shapes the groups of the other are no holes.
  for (const auto& [name, group] : pattern.NamedCapturingGroups())
    if (const auto& text = found[static_cast<std::size_t>(group)]; text.data() != nullptr)
      holes[name] = std::string(text);
  const auto& hosts = address.definition->hosts;
  const auto host = std::ranges::find_if(
      hosts, [&](const BoardHost& one) { return IsTokenOf(one, address.token); });
  if (host != hosts.end()) holes["host"] = host->host.Fill(holes);
  return holes;
}

std::string PacingKeyOfRequests(const BoardDefinition& definition) {
  return definition.form == ListForm::kSitemap ? "" : definition.traits.pacing_key;
}

std::string Shown(const BoardAddress& address) {
  return fmt::format("{} {}", address.definition->traits.kind, address.token);
}

std::optional<std::string> WentElsewhere(const FetchRequest& request, const Response& response) {
  std::string place = PlaceOf(response.final_url);
  if (response.final_url.empty() || place == PlaceOf(request.url)) return std::nullopt;
  return place;
}

std::string Excerpt(std::string_view body) {
  std::string line = WithoutSteering(OneLine(Mend(std::string(body.substr(0, 80))).text));
  return body.size() > 80 ? line + "…" : line;
}

}  // namespace rolecall
