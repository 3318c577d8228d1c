// Writes the port into a file. Written beside, then moved into place.
#include "app/port_file.h"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>

namespace rolecall {

Result<void> WritePort(const std::string& path, int port) {
  const std::string beside = path + ".new";
  {
    std::ofstream file(beside);
    file << port << '\n';
    if (!file.flush())
      return Fail(Errc::kInvalidInput, fmt::format("--port-file {} cannot be written", path));
  }
  if (std::rename(beside.c_str(), path.c_str()) != 0)
    return Fail(Errc::kInvalidInput, fmt::format("--port-file {} cannot be written", path));
  return {};
}

}  // namespace rolecall
