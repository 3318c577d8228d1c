# rolecall_page(TARGET): the page of web/, built, as a source of the target.

function(rolecall_page target)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS web/src/*.ts web/src/*.tsx web/src/*.css web/src/*.svg)
  list(FILTER sources EXCLUDE REGEX "schema\\.d\\.ts$|\\.test\\.tsx?$")
  set(folder ${CMAKE_BINARY_DIR}/page)
  set(written ${CMAKE_BINARY_DIR}/page_files.cpp)
  add_custom_command(OUTPUT ${written}
    COMMAND ${CMAKE_SOURCE_DIR}/tools/build_page ${folder}
    COMMAND ${CMAKE_SOURCE_DIR}/tools/embed_page.py ${folder} ${written}
    DEPENDS ${sources} web/index.html web/package.json web/package-lock.json web/vite.config.ts web/tsconfig.json
      src/api/openapi.json tools/build_page tools/embed_page.py
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Building the page"
    VERBATIM)
  target_sources(${target} PRIVATE ${written})
  set_source_files_properties(${written} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
