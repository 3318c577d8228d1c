// The kinds that are built in, read once for all tests of a program, and boards of them by name.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "boards/board_registry.h"

namespace rolecall {

inline const std::shared_ptr<const BoardRegistry>& BuiltInRegistry() {
  static const auto registry = std::make_shared<const BoardRegistry>();
  return registry;
}

// Those, and what this definition says.
inline std::shared_ptr<const BoardRegistry> RegistryWith(std::string_view toml) {
  auto registry = std::make_shared<BoardRegistry>();
  registry->Add(toml, "test.toml").value();
  return registry;
}

inline Result<BoardAddress> FindBoard(std::string_view kind, std::string_view token) {
  return BuiltInRegistry()->FindBoard(kind, token);
}

inline std::optional<BoardAddress> BoardInAddress(std::string_view address) {
  return BuiltInRegistry()->BoardInAddress(address);
}

inline std::shared_ptr<const BoardDefinition> DefinitionOf(std::string_view kind) {
  return BuiltInRegistry()->DefinitionOf(kind);
}

}  // namespace rolecall
