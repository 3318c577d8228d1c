# rolecall_definitions(TARGET): the definitions of src/boards/definitions/, a folder each, as a source of the target. The
# name of the folder is the kind.
function(rolecall_definitions target)
  file(GLOB definitions CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/boards/definitions/*/definition.toml)
  set(texts "")
  set(rows "")
  set(number 0)
  foreach(definition ${definitions})
    file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR}/src/boards/definitions ${definition})
    math(EXPR number "${number} + 1")
    string(APPEND texts "constexpr char kText${number}[] = {\n#embed \"${definition}\"\n    , 0};\n")
    string(APPEND rows "    {\"${name}\", kText${number}},\n")
  endforeach()
  set(written ${CMAKE_BINARY_DIR}/built_in_definitions.cpp)
  file(CONFIGURE OUTPUT ${written} @ONLY CONTENT [[
// Written by cmake/definitions.cmake.
#include "boards/built_in_definitions.h"

namespace rolecall {
namespace {
@texts@
constexpr BuiltInDefinition kDefinitions[] = {
@rows@};
}  // namespace

std::span<const BuiltInDefinition> BuiltInDefinitions() { return kDefinitions; }

}  // namespace rolecall
]])
  set_source_files_properties(${written} PROPERTIES OBJECT_DEPENDS "${definitions}" SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${written})
endfunction()
