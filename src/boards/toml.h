// toml++, which reads definitions. What it takes for granted of their text does not hold of any
// text ("[" with a line end behind it), and where it does not, an assertion would end the program,
// or the compiler may take it for granted too. The code behind says what is wrong all the same, so
// nothing is assumed here, whatever the build.
#pragma once

#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expr) static_assert(true)
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")
