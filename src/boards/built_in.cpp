// The kinds that are built in, and the addresses made of them.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/guarded.h"
#include "base/text.h"
#include "boards/built_in_definitions.h"
#include "boards/definition.h"

namespace rolecall {
namespace {

using Registry = std::map<std::string, const BoardDefinition*, std::less<>>;

const BoardDefinition* MustRead(const char* toml, const char* origin) {
  auto read = ReadDefinition(toml, origin);
  if (read) return *read;
  std::fputs((read.error().message + "\n").c_str(), stderr);
  std::abort();
}

Registry ReadBuiltIn() {
  Registry kinds;
  for (const auto& [origin, toml] : BuiltInDefinitions()) {
    const BoardDefinition* definition = MustRead(toml, origin);
    kinds[definition->traits.kind] = definition;
  }
  return kinds;
}

Guarded<Registry>& Kinds() {
  static Guarded<Registry> kinds(ReadBuiltIn());
  return kinds;
}

constexpr std::size_t kLongestToken = 200;

bool IsOf(const BoardHost& host, std::string_view token) {
  return host.of == nullptr ||
         re2::RE2::FullMatch(re2::StringPiece(token.data(), token.size()), *host.of);
}

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

std::vector<std::string> BoardKinds() {
  return Kinds().With([](const Registry& kinds) {
    std::vector<std::string> names;
    for (const auto& [name, definition] : kinds) names.push_back(name);
    return names;
  });
}

std::vector<BoardKind> DescribeKinds() {
  return Kinds().With([](const Registry& kinds) {
    std::vector<BoardKind> described;
    for (const auto& [name, definition] : kinds)
      described.push_back(
          {.kind = name, .title = definition->traits.title, .token_hint = definition->token_shape});
    return described;
  });
}

std::string PacingKeyOf(std::string_view kind) {
  return Kinds().With([&](const Registry& kinds) -> std::string {
    const auto found = kinds.find(kind);
    return found == kinds.end() ? "" : found->second->traits.pacing_key;
  });
}

Result<void> AddDefinition(std::string_view toml, std::string_view origin) {
  TRY(const BoardDefinition* definition, ReadDefinition(toml, origin));
  Kinds().With([&](Registry& kinds) { kinds[definition->traits.kind] = definition; });
  return {};
}

namespace {

bool HasHost(const BoardDefinition& definition, std::string_view token) {
  return definition.hosts.empty() ||
         std::ranges::any_of(definition.hosts,
                             [&](const BoardHost& host) { return IsOf(host, token); });
}

bool IsToken(const BoardDefinition& definition, std::string_view token) {
  return token.size() <= kLongestToken &&
         re2::RE2::FullMatch(re2::StringPiece(token.data(), token.size()), *definition.token) &&
         HasHost(definition, token);
}

const NoToken* FindNoToken(const BoardDefinition& definition, std::string_view token) {
  for (const NoToken& one : definition.no_tokens)
    if (re2::RE2::FullMatch(re2::StringPiece(token.data(), token.size()), *one.token)) return &one;
  return nullptr;
}

}  // namespace

std::optional<BoardAddress> BoardInAddress(std::string_view address) {
  return Kinds().With([&](const Registry& kinds) -> std::optional<BoardAddress> {
    for (const auto& [kind, definition] : kinds)
      if (auto token = TokenIn(address, definition->careers);
          token && IsToken(*definition, *token) && FindNoToken(*definition, *token) == nullptr)
        return BoardAddress{definition, *std::move(token)};
    return std::nullopt;
  });
}

namespace {

// The sentence about what cannot be a token of the kind.
std::optional<std::string> WhyNoToken(const BoardDefinition& definition, std::string_view token) {
  if (!IsToken(definition, token)) {
    if (const auto meant = BoardInAddress(token))
      return fmt::format("{} is an address: write --board {} --token {}", Quoted(token),
                         meant->definition->traits.kind, meant->token);
    return fmt::format("the token {} cannot be one of {}: expected {}", Quoted(token),
                       definition.traits.kind, definition.token_shape);
  }
  if (const NoToken* none = FindNoToken(definition, token))
    return fmt::format("the token {} cannot be one of {}: {}", Quoted(token),
                       definition.traits.kind, none->why);
  return std::nullopt;
}

}  // namespace

const BoardDefinition* DefinitionOf(std::string_view kind) {
  return Kinds().With([&](const Registry& kinds) {
    const auto found = kinds.find(kind);
    return found == kinds.end() ? nullptr : found->second;
  });
}

Result<BoardAddress> FindBoard(std::string_view kind, std::string_view token) {
  const BoardDefinition* definition = DefinitionOf(kind);
  if (definition == nullptr) {
    const auto kinds = BoardKinds();
    return Fail(Errc::kInvalidInput, fmt::format("there is no board \"{}\"; there are {}.{}",
                                                 Mend(std::string(kind.substr(0, 80))).text,
                                                 fmt::join(kinds, ", "), DidYouMean(kind, kinds)));
  }
  if (const auto why = WhyNoToken(*definition, token)) return Fail(Errc::kInvalidInput, *why);
  return BoardAddress{definition, std::string(token)};
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
  const auto host =
      std::ranges::find_if(hosts, [&](const BoardHost& one) { return IsOf(one, address.token); });
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
