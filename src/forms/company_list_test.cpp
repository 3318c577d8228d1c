// Lists of companies in the forms in which people keep them.
#include "forms/company_list.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace rolecall {
namespace {

using testing::ElementsAre;

// "3 acme.example/jobs as Acme", "4 lever acme".
std::vector<std::string> EntriesIn(std::string_view bytes) {
  std::vector<std::string> told;
  for (const CompanyEntry& one : ReadCompanyList(bytes)->entries)
    told.push_back(fmt::format("{} {}{}{}", one.line, one.written,
                               one.board.empty() ? "" : one.board + " " + one.token,
                               one.name.empty() ? "" : " as " + one.name));
  return told;
}

std::string Utf16(std::u16string_view text, bool little) {
  std::string bytes = little ? "\xFF\xFE" : "\xFE\xFF";
  for (const char16_t c : text) {
    const char low = static_cast<char>(c & 0xFF), high = static_cast<char>(c >> 8);
    bytes += little ? low : high;
    bytes += little ? high : low;
  }
  return bytes;
}

TEST(ReadCompanyList, TakesAnAddressOrANameALine) {
  EXPECT_THAT(EntriesIn("# mine\r\nhttps://a.example/jobs\r\n\r\n  Acme Labs \n#x\nb.example"),
              ElementsAre("2 https://a.example/jobs", "4 Acme Labs", "6 b.example"));
  EXPECT_THAT(EntriesIn("https://a.example/j?a=1,2\nhttps://b.example/j;x=1"),
              ElementsAre("1 https://a.example/j?a=1,2", "2 https://b.example/j;x=1"));
  EXPECT_THAT(EntriesIn("Acme, Inc.\nBolt, Sons, Co."),
              ElementsAre("1 Acme, Inc.", "2 Bolt, Sons, Co."));
  EXPECT_THAT(EntriesIn(""), ElementsAre());
}

TEST(ReadCompanyList, TakesTheAddressesOfATable) {
  EXPECT_THAT(
      EntriesIn("Company,Status,Job URL,Notes\nAcme,applied,https://jobs.lever.co/acme,\"a, b\"\n"
                "Bolt,,https://bolt.example/careers,\"two\nlines\"\nCord,,,\n"),
      ElementsAre("2 https://jobs.lever.co/acme as Acme", "3 https://bolt.example/careers as Bolt",
                  "5 Cord"));
  EXPECT_THAT(EntriesIn("name;website\n\"Acme; Sons\";acme.example\n"),
              ElementsAre("2 acme.example as Acme; Sons"));
  EXPECT_THAT(EntriesIn("Acme\tx\thttps://a.example/\nBolt\ty\thttps://b.example/\n"),
              ElementsAre("1 https://a.example/", "2 https://b.example/"));
}

TEST(ReadCompanyList, TakesOtherEncodings) {
  EXPECT_THAT(EntriesIn("\xEF\xBB\xBFZ\xC3\xBCrich"), ElementsAre("1 Zürich"));
  EXPECT_THAT(EntriesIn("Z\xFCrich\nacme"), ElementsAre("1 Zürich", "2 acme"));
  EXPECT_EQ(ReadCompanyList("Z\xFCrich")->encoding, "Latin-1");
  for (const bool little : {true, false}) {
    EXPECT_THAT(EntriesIn(Utf16(u"Zürich\r\nacme 🎉", little)),
                ElementsAre("1 Zürich", "2 acme 🎉"));
    EXPECT_EQ(ReadCompanyList(Utf16(u"a", little))->encoding, "UTF-16");
  }
  EXPECT_THAT(EntriesIn(std::string("a\0b", 3)), ElementsAre("1 a\xEF\xBF\xBD"
                                                             "b"));
}

TEST(ReadCompanyList, TakesWhatIsExported) {
  const FilterTerms terms{
      .titles = {.include = {"engineer", "=c++", "a, \"b\""}, .exclude = {"intern"}},
      .places = {.include = {"Bern, CH"}, .exclude = {"rome"}, .remote = true}};
  const std::string exported =
      CompanyListHeader() + CompanyListLine({"acme", "Acme, Inc.", "lever", "acme", true, terms}) +
      CompanyListLine({"bolt", "-Bolt", "workday", "bolt.wd5/jobs", false, {}});

  const CompanyList list = *ReadCompanyList(exported);

  ASSERT_EQ(list.entries.size(), 2);
  EXPECT_EQ(list.entries[0].name, "acme");
  EXPECT_EQ(list.entries[0].display_name, "Acme, Inc.");
  EXPECT_EQ(list.entries[0].board + " " + list.entries[0].token, "lever acme");
  EXPECT_EQ(Changed({}, list.entries[0].filters), terms);
  EXPECT_TRUE(list.entries[0].enabled);
  EXPECT_EQ(list.entries[1].display_name, "-Bolt");
  EXPECT_FALSE(list.entries[1].enabled);
  EXPECT_EQ(list.encoding, "");
}

TEST(ReadCompanyList, RefusesWhatIsTooLong) {
  EXPECT_EQ(ReadCompanyList(std::string((16 << 20) + 1, 'a')).error().message,
            "a list of 16777217 bytes is too long: at most 16 MiB");
  std::string lines;
  for (int i = 0; i < 20'001; ++i) lines += "a\n";
  EXPECT_EQ(ReadCompanyList(lines).error().message,
            "the list is too long: at most 20000 lines are taken");
}

}  // namespace
}  // namespace rolecall
