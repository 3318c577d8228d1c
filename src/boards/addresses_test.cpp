// Which board an address is of, over a table of addresses of every kind and one of look-alikes.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "boards/definition.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

constexpr const char* kNone = "none";

// "kind token", or none.
std::string BoardOf(const std::string& address) {
  const auto board = BoardInAddress(address);
  return board ? Shown(*board) : kNone;
}

std::vector<std::string> LinesOf(const char* name) {
  std::ifstream file(std::filesystem::path(ROLECALL_SOURCE_DIR) / "src/boards/addresses" / name);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && !line.starts_with('#')) lines.push_back(line);
  return lines;
}

TEST(Addresses, LeadToTheBoardThatTheyAreOf) {
  std::string board;
  std::vector<std::string> unknown, wrong;
  std::set<std::string> kinds;
  int addresses = 0;
  for (const std::string& line : LinesOf("boards.txt")) {
    if (const auto tab = line.find('\t'); tab != std::string::npos) {
      kinds.insert(line.substr(0, tab));
      board = fmt::format("{} {}", line.substr(0, tab), line.substr(tab + 1));
      continue;
    }
    ++addresses;
    const std::string found = BoardOf(line);
    if (found == kNone) unknown.push_back(line);
    if (found != kNone && found != board) wrong.push_back(fmt::format("{}: {}", line, found));
  }

  EXPECT_GE(addresses, 200);
  EXPECT_EQ(kinds.size(), BuiltInRegistry()->Kinds().size()) << "every kind has its addresses";
  EXPECT_EQ(fmt::format("{}", fmt::join(wrong, "\n")), "");
  EXPECT_EQ(fmt::format("{}", fmt::join(unknown, "\n")), "");
}

TEST(Addresses, ThatOnlyLookLikeOneLeadNowhere) {
  std::vector<std::string> taken;
  int addresses = 0;
  for (const std::string& line : LinesOf("none.txt")) {
    ++addresses;
    if (const std::string found = BoardOf(line); found != kNone)
      taken.push_back(fmt::format("{}: {}", line, found));
  }

  EXPECT_GE(addresses, 40);
  EXPECT_EQ(fmt::format("{}", fmt::join(taken, "\n")), "");
}

}  // namespace
}  // namespace rolecall
