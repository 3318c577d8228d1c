# What every target of ours is compiled with.
add_library(rolecall_flags INTERFACE)
target_compile_options(rolecall_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wimplicit-fallthrough
  -Wno-c23-extensions -Wno-missing-designated-field-initializers -Wno-gnu-zero-variadic-macro-arguments -Werror)
target_include_directories(rolecall_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
target_compile_definitions(rolecall_flags INTERFACE ROLECALL_VERSION="${PROJECT_VERSION}")

set(ROLECALL_SANITIZE "" CACHE STRING "Sanitizers, as clang names them")
if(ROLECALL_SANITIZE)
  # For all targets, so that the precompiled header agrees with whoever takes it.
  add_compile_options(-fsanitize=${ROLECALL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ROLECALL_SANITIZE})
endif()
add_link_options(-fuse-ld=lld-19)
