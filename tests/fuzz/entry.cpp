// libFuzzer's way into one target, which tests/fuzz/CMakeLists.txt names.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  rolecall::ROLECALL_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
