// What GCC 12's archives ask of glibc 2.35 and 2.36, for the package for AWS Lambda, whose machines
// have 2.34: the unwinder's _dl_find_object, without which every exception aborts, and
// std::random_device's arc4random.
#include <dlfcn.h>
#include <link.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>

namespace {

struct Search {
  std::uintptr_t address;
  dl_find_object* found;
};

// Of one loaded object; 1 ends the search.
int FindIn(dl_phdr_info* object, std::size_t, void* state) {
  const auto& search = *static_cast<Search*>(state);
  std::uintptr_t start = UINTPTR_MAX, end = 0, frames = 0;
  bool within = false;
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const auto& part = object->dlpi_phdr[i];
    const std::uintptr_t at = object->dlpi_addr + part.p_vaddr;
    if (part.p_type == PT_GNU_EH_FRAME) frames = at;
    if (part.p_type != PT_LOAD) continue;
    start = std::min(start, at);
    end = std::max(end, at + part.p_memsz);
    within = within || (search.address >= at && search.address < at + part.p_memsz);
  }
  if (!within) return 0;
  // Whose link map it is, nobody here asks.
  *search.found = {};
  search.found->dlfo_map_start = reinterpret_cast<void*>(start);
  search.found->dlfo_map_end = reinterpret_cast<void*>(end);
  search.found->dlfo_eh_frame = reinterpret_cast<void*>(frames);
  return 1;
}

}  // namespace

extern "C" {

// As libgcc before 12 went by itself. 0: found, and its frames in `result` (null where it has
// none); -1: in no object.
int _dl_find_object(void* address, dl_find_object* result) noexcept {
  Search search{.address = reinterpret_cast<std::uintptr_t>(address), .found = result};
  return dl_iterate_phdr(FindIn, &search) == 1 ? 0 : -1;
}

// Never fails: where the kernel has none to give, what would be secret is not, and the program
// ends.
std::uint32_t arc4random() noexcept {
  std::uint32_t random = 0;
  while (getrandom(&random, sizeof(random), 0) != sizeof(random))
    if (errno != EINTR) std::abort();
  return random;
}
}
