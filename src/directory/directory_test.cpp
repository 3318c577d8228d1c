// The texts of a directory, and those that are built in.
#include "directory/directory.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>

#include "base/gzip.h"
#include "directory/built_in_directory.h"
#include "domain/company_name.h"

namespace rolecall {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string WhyNot(std::string_view well_known, std::string_view boards = "") {
  const auto read = Directory::Read(well_known, boards);
  return read ? "read" : read.error().message;
}

std::string TextOf(const char* name) {
  std::ifstream file(std::string(ROLECALL_SOURCE_DIR "/src/directory/") + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Directory, RefusesTwoWellKnownCompaniesOnOneBoardNamingBoth) {
  EXPECT_THAT(WhyNot("lever acme Acme\ngreenhouse bolt Bolt\nlever Acme Zenith\n"),
              AllOf(HasSubstr("Acme and Zenith are both on lever Acme")));
  EXPECT_EQ(WhyNot("lever acme Acme\ngreenhouse acme Zenith\n"), "read");
}

TEST(Directory, RefusesTwoWellKnownCompaniesOfOneNameNamingBoth) {
  EXPECT_THAT(WhyNot("lever a Jane Street\nlever b Jane-Street\n"),
              HasSubstr("Jane Street and Jane-Street would both be followed as jane-street"));
}

TEST(Directory, RefusesALineThatSaysLessOrMoreThanOneShould) {
  EXPECT_THAT(WhyNot("lever acme"), HasSubstr("\"lever acme\" is no line of it"));
  EXPECT_THAT(WhyNot("lever acme !"), HasSubstr("\"lever acme !\" is no line of it"));
  EXPECT_THAT(WhyNot("", "lever\n"), HasSubstr("\"lever\" is no line of it"));
  EXPECT_THAT(WhyNot("", "lever acme Acme\n"), HasSubstr("is no line of it"));
  EXPECT_THAT(WhyNot("", "lever __\n"), HasSubstr("is no line of it"));
  EXPECT_EQ(WhyNot("# well known\n\nlever acme Acme\n", "lever bolt"), "read");
}

TEST(Directory, NamesABoardOfAWellKnownCompanyAsThatAlone) {
  const auto read = Directory::Read("lever Acme The Acme Company\n", "lever acme\nlever bolt-ai\n");

  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2);
  EXPECT_EQ(read->At(0).name, "the-acme-company");
  EXPECT_EQ(read->At(0).display_name, "The Acme Company");
  EXPECT_TRUE(read->At(0).well_known);
  EXPECT_EQ(read->At(1).name, "bolt-ai");
  EXPECT_EQ(read->At(1).display_name, "Bolt Ai");
  EXPECT_FALSE(read->At(1).well_known);
  EXPECT_EQ(read->FindWellKnown("the-acme-company")->token, "Acme");
  EXPECT_FALSE(read->FindWellKnown("bolt-ai"));
}

TEST(BuiltInDirectory, HoldsNoWellKnownBoardThatIsNotAmongTheKnownOnesButForSix) {
  constexpr auto kUnlisted =
      std::to_array<std::string_view>({"amazon", "google", "netflix", "tiktok"});
  const std::string lines = "\n" + TextOf("known_boards.txt");

  std::set<std::string> names;
  std::vector<std::string> invented;
  for (const KnownCompany& one : WellKnownCompanies().WellKnown()) {
    names.insert(one.name);
    EXPECT_TRUE(CheckCompanyName(one.name)) << one.name;
    if (std::ranges::find(kUnlisted, one.name) == kUnlisted.end() &&
        !lines.contains("\n" + one.kind + " " + one.token + "\n"))
      invented.push_back(one.name);
    // A name there proves nothing.
    EXPECT_NE(one.kind, "smartrecruiters") << one.name;
  }

  EXPECT_THAT(invented, testing::IsEmpty());
  EXPECT_GE(names.size(), 66);
  for (const char* name : {"google", "amazon", "anthropic", "tiktok", "roblox", "netflix"})
    EXPECT_TRUE(names.contains(name)) << name;
}

TEST(BuiltInDirectory, CarriesAllKnownBoardsPackedInLittle) {
  const std::string text = TextOf("known_boards.txt");

  EXPECT_EQ(UnpackText(BuiltInTexts().packed_boards), text);
  EXPECT_LE(BuiltInTexts().packed_boards.size(), kMostPackedBoards);
  EXPECT_EQ(std::ranges::count(text, '\n'), 12'079);
  // Those of four more stand in no list.
  EXPECT_EQ(BuiltInDirectory().size(), 12'079 + 4);
}

}  // namespace
}  // namespace rolecall
