// The kinds that are built in, and which of their boards a name means.
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
                             [&](const BoardHost& host) { return IsTokenOf(host, token); });
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

}  // namespace rolecall
