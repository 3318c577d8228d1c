// Every input that is kept in tests/fuzz/corpus, given to its target without libFuzzer.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "tests/fuzz/targets.h"

namespace rolecall {
namespace {

namespace fs = std::filesystem;

using Target = void (*)(std::string_view bytes);

struct Kept {
  Target target;
  fs::path file;
};

std::vector<Kept> EverythingKept() {
  const std::map<std::string, Target> targets{
      {"address", FuzzAddress}, {"api", FuzzApi},
      {"board", FuzzBoard},     {"definition", FuzzDefinition},
      {"jsonld", FuzzJsonld},   {"markup", FuzzMarkup},
      {"page", FuzzPage},       {"request", FuzzRequest},
      {"rows", FuzzRows},       {"settings", FuzzSettings},
      {"title", FuzzTitle},     {"xml", FuzzXml}};
  std::vector<Kept> all;
  for (const auto& [name, target] : targets) {
    const fs::path folder = fs::path(ROLECALL_SOURCE_DIR) / "tests/fuzz/corpus" / name;
    for (const auto& entry : fs::directory_iterator(folder)) all.push_back({target, entry.path()});
  }
  std::ranges::sort(all, {}, &Kept::file);
  return all;
}

// "board/two_pages.json" as GoogleTest allows names to be.
std::string NameOf(const testing::TestParamInfo<Kept>& kept) {
  std::string name =
      kept.param.file.parent_path().filename().string() + "_" + kept.param.file.filename().string();
  std::ranges::replace_if(
      name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

class Replay : public testing::TestWithParam<Kept> {};

TEST_P(Replay, HoldsForWhatIsKept) {
  std::ifstream file(GetParam().file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};

  GetParam().target(bytes);

  EXPECT_TRUE(file.good() || file.eof());
  EXPECT_FALSE(bytes.empty());
}

INSTANTIATE_TEST_SUITE_P(Corpus, Replay, testing::ValuesIn(EverythingKept()), NameOf);

}  // namespace
}  // namespace rolecall
