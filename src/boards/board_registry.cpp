// Which definition a name means, and whether a token can be one of its kind.
#include "boards/board_registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/text.h"
#include "boards/built_in_definitions.h"
#include "boards/definition.h"

namespace rolecall {
namespace {

std::shared_ptr<const BoardDefinition> MustRead(const char* toml, const char* origin) {
  auto read = ReadDefinition(toml, origin);
  if (read) return *read;
  std::fputs((read.error().message + "\n").c_str(), stderr);
  std::abort();
}

constexpr std::size_t kLongestToken = 200;

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

BoardRegistry::BoardRegistry() {
  for (const auto& [origin, toml] : BuiltInDefinitions()) {
    auto definition = MustRead(toml, origin);
    kinds_[definition->traits.kind] = std::move(definition);
  }
}

Result<void> BoardRegistry::Add(std::string_view toml, std::string_view origin) {
  TRY(auto definition, ReadDefinition(toml, origin));
  kinds_[definition->traits.kind] = std::move(definition);
  return {};
}

std::vector<std::string> BoardRegistry::Kinds() const {
  std::vector<std::string> names;
  for (const auto& [name, definition] : kinds_) names.push_back(name);
  return names;
}

std::vector<BoardKind> BoardRegistry::DescribeKinds() const {
  std::vector<BoardKind> described;
  for (const auto& [name, definition] : kinds_)
    described.push_back(
        {.kind = name, .title = definition->traits.title, .token_hint = definition->token_shape});
  return described;
}

std::shared_ptr<const BoardDefinition> BoardRegistry::DefinitionOf(std::string_view kind) const {
  const auto found = kinds_.find(kind);
  return found == kinds_.end() ? nullptr : found->second;
}

bool BoardRegistry::ZeroProvesNothing(std::string_view kind) const {
  const auto definition = DefinitionOf(kind);
  return definition != nullptr && definition->traits.zero_proves_nothing;
}

std::string BoardRegistry::PacingKeyOf(std::string_view kind) const {
  const auto definition = DefinitionOf(kind);
  return definition == nullptr ? "" : definition->traits.pacing_key;
}

std::optional<BoardAddress> BoardRegistry::BoardInAddress(std::string_view address) const {
  for (const auto& [kind, definition] : kinds_)
    if (auto token = TokenIn(address, definition->careers);
        token && IsToken(*definition, *token) && FindNoToken(*definition, *token) == nullptr)
      return BoardAddress{definition, *std::move(token)};
  return std::nullopt;
}

// The sentence about what cannot be a token of the kind.
std::optional<std::string> BoardRegistry::WhyNoToken(const BoardDefinition& definition,
                                                     std::string_view token) const {
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

Result<BoardAddress> BoardRegistry::FindBoard(std::string_view kind, std::string_view token) const {
  const auto definition = DefinitionOf(kind);
  if (definition == nullptr) {
    const auto kinds = Kinds();
    return Fail(Errc::kInvalidInput, fmt::format("there is no board \"{}\"; there are {}.{}",
                                                 Mend(std::string(kind.substr(0, 80))).text,
                                                 fmt::join(kinds, ", "), DidYouMean(kind, kinds)));
  }
  if (const auto why = WhyNoToken(*definition, token)) return Fail(Errc::kInvalidInput, *why);
  return BoardAddress{definition, std::string(token)};
}

std::vector<std::string> BuiltInKinds() {
  std::vector<std::string> names;
  for (const auto& [origin, toml] : BuiltInDefinitions()) {
    const std::string_view folder = origin;
    names.emplace_back(folder.substr(0, folder.find('/')));
  }
  return names;
}

}  // namespace rolecall
