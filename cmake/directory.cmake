# rolecall_directory(TARGET): the texts of src/directory/, that of all known boards packed, as a source of the target.
function(rolecall_directory target)
  set(well_known ${CMAKE_SOURCE_DIR}/src/directory/well_known.txt)
  set(boards ${CMAKE_SOURCE_DIR}/src/directory/known_boards.txt)
  set(packed ${CMAKE_BINARY_DIR}/known_boards.packed)
  add_custom_command(OUTPUT ${packed}
    COMMAND ${CMAKE_SOURCE_DIR}/tools/pack_text.py ${boards} ${packed}
    DEPENDS ${boards} ${CMAKE_SOURCE_DIR}/tools/pack_text.py
    COMMENT "Packing the directory"
    VERBATIM)
  set(written ${CMAKE_BINARY_DIR}/directory_texts.cpp)
  file(CONFIGURE OUTPUT ${written} @ONLY CONTENT [[
// Written by cmake/directory.cmake.
#include "directory/built_in_directory.h"

namespace rolecall {
namespace {
constexpr char kWellKnown[] = {
#embed "@well_known@"
};
constexpr char kBoards[] = {
#embed "@packed@"
};
}  // namespace

DirectoryTexts BuiltInTexts() {
  return {.well_known = {kWellKnown, sizeof(kWellKnown)}, .packed_boards = {kBoards, sizeof(kBoards)}};
}

}  // namespace rolecall
]])
  set_source_files_properties(${written} PROPERTIES OBJECT_DEPENDS "${well_known};${packed}"
    SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${written})
endfunction()
