// The definitions that the program holds, as texts: one of each folder in definitions/.
#pragma once

#include <span>

namespace rolecall {

struct BuiltInDefinition {
  const char* origin;  // "greenhouse/definition.toml"
  const char* toml;
};

std::span<const BuiltInDefinition> BuiltInDefinitions();

}  // namespace rolecall
