// Reads definitions of boards from a folder, in the order of their names.
#include "app/definitions.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace rolecall {
namespace {

Result<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) return Fail(Errc::kInvalidInput, fmt::format("{} cannot be read", path.string()));
  return text.str();
}

}  // namespace

Result<std::shared_ptr<const BoardRegistry>> ReadKinds(const Config& config) {
  auto kinds = std::make_shared<BoardRegistry>();
  if (config.definitions_folder.empty()) return kinds;
  std::error_code failure;
  std::filesystem::directory_iterator entries(config.definitions_folder, failure);
  if (failure)
    return Fail(Errc::kInvalidInput, fmt::format("ROLECALL_DEFINITIONS: the folder {}: {}",
                                                 config.definitions_folder, failure.message()));
  std::vector<std::filesystem::path> files;
  for (const auto& entry : entries)
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::ranges::sort(files);
  for (const std::filesystem::path& file : files) {
    TRY(const std::string text, ReadFile(file));
    CHECK_OK(kinds->Add(text, file.string()));
  }
  return kinds;
}

}  // namespace rolecall
