// What is found of a name as people type it, in the directory that is built in.
#include "directory/search_directory.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>
#include <utility>

#include "directory/built_in_directory.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string BoardOf(const KnownCompany& one) { return one.kind + " " + one.token; }

std::vector<KnownCompany> Found(std::string_view typed, int limit = kMostFound) {
  auto found = SearchDirectory(BuiltInDirectory(), typed, limit);
  EXPECT_TRUE(found) << typed;
  return found.value_or(std::vector<KnownCompany>());
}

std::string FirstFound(std::string_view typed) {
  const auto found = Found(typed);
  return found.empty() ? "nothing" : BoardOf(found.front());
}

std::string Refused(std::string_view typed) {
  const auto found = SearchDirectory(BuiltInDirectory(), typed);
  EXPECT_FALSE(found) << typed;
  if (found) return "";
  EXPECT_EQ(found.error().code, Errc::kInvalidInput);
  return found.error().message;
}

TEST(SearchDirectory, FindsAWellKnownCompanyFirstByAnyFormOfItsName) {
  for (const auto& [typed, board] : std::vector<std::pair<const char*, const char*>>{
           {"stripe", "greenhouse stripe"},
           {"STRIPE", "greenhouse stripe"},
           {"  Stripe  ", "greenhouse stripe"},
           {"Stripe, Inc.", "greenhouse stripe"},
           {"stripe.com", "greenhouse stripe"},
           {"Stripe careers", "greenhouse stripe"},
           {"open ai", "ashby openai"},
           {"Open-AI", "ashby openai"},
           {"Scale AI", "greenhouse scaleai"},
           {"The New York Times", "greenhouse thenewyorktimes"},
           {"new york times", "greenhouse thenewyorktimes"},
           {"box", "greenhouse boxinc"},
           {"HubSpot", "greenhouse hubspotjobs"},
           {"door dash", "greenhouse doordashusa"},
           {"cockroach", "greenhouse cockroachlabs"},
           {"khan academy", "greenhouse khanacademy"},
           {"Lucid", "greenhouse lucidmotors"},
           {"duck duck go", "ashby duck-duck-go"},
           {"1 Password", "ashby 1password"},
           {"n26", "greenhouse n26"},
           {"Ánthropic", "greenhouse anthropic"},
           {"ＦＩＧＭＡ", "greenhouse figma"},
           {"netflix", "eightfold explore.jobs.netflix.net/netflix.com"},
           {"google", "google google"},
           {"amazon", "amazon amazon"},
           {"tiktok", "tiktok tiktok"},
           {"roblox", "greenhouse roblox"}})
    EXPECT_EQ(FirstFound(typed), board) << typed;
}

TEST(SearchDirectory, ForgivesSlipsOfTheFingers) {
  for (const auto& [typed, board] : std::vector<std::pair<const char*, const char*>>{
           {"Strpie", "greenhouse stripe"},
           {"stirpe", "greenhouse stripe"},
           {"stripee", "greenhouse stripe"},
           {"sripe", "greenhouse stripe"},
           {"Strpie, Inc.", "greenhouse stripe"},
           {"antropic", "greenhouse anthropic"},
           {"anthorpic", "greenhouse anthropic"},
           {"Anthrpoic", "greenhouse anthropic"},
           {"netflx", "eightfold explore.jobs.netflix.net/netflix.com"},
           {"netfilx", "eightfold explore.jobs.netflix.net/netflix.com"},
           {"gogle", "google google"},
           {"googel", "google google"},
           {"amazn", "amazon amazon"},
           {"tiktk", "tiktok tiktok"},
           {"robolx", "greenhouse roblox"},
           {"robloxx", "greenhouse roblox"},
           {"opne ai", "ashby openai"},
           {"opnai", "ashby openai"},
           {"coudflare", "greenhouse cloudflare"},
           {"cloudlfare", "greenhouse cloudflare"},
           {"databrikcs", "greenhouse databricks"},
           {"databriks", "greenhouse databricks"},
           {"datdog", "greenhouse datadog"},
           {"pintrest", "greenhouse pinterest"},
           {"spotfy", "lever spotify"},
           {"spottify", "lever spotify"},
           {"palentir", "lever palantir"},
           {"coinbsae", "greenhouse coinbase"},
           {"robbinhod", "greenhouse robinhood"},
           {"airbbn", "greenhouse airbnb"},
           {"twillio", "greenhouse twilio"},
           {"twlio", "greenhouse twilio"},
           {"mongo bd", "greenhouse mongodb"},
           {"duolinog", "greenhouse duolingo"},
           {"gramarly", "greenhouse grammarly"},
           {"dicsord", "greenhouse discord"},
           {"fgima", "greenhouse figma"},
           {"cokroach", "greenhouse cockroachlabs"},
           {"perplexty", "ashby perplexity"},
           {"supabse", "ashby supabase"}})
    EXPECT_EQ(FirstFound(typed), board) << typed;
}

TEST(SearchDirectory, FindsBoardsThatNobodyLookedAtAfterThoseThatAreWellKnown) {
  const auto airbnb = Found("airbnb");
  const auto tenth = Found("10x team");

  ASSERT_GE(airbnb.size(), 2);
  EXPECT_EQ(BoardOf(airbnb[0]), "greenhouse airbnb");
  EXPECT_TRUE(airbnb[0].well_known);
  EXPECT_EQ(BoardOf(airbnb[1]), "smartrecruiters airbnb");
  EXPECT_FALSE(airbnb[1].well_known);
  ASSERT_FALSE(tenth.empty());
  EXPECT_EQ(BoardOf(tenth[0]), "ashby 10xteam");
  EXPECT_EQ(tenth[0].display_name, "10xteam");
}

TEST(SearchDirectory, LooksPastTheEndingOfAToken) {
  const Directory directory = Directory::Read("", "lever acmeable\nlever acmecareers\n").value();

  const auto whole = SearchDirectory(directory, "acme").value();
  const auto slip = SearchDirectory(directory, "amce").value();

  ASSERT_THAT(whole, SizeIs(2));
  EXPECT_EQ(whole[0].token, "acmecareers");
  ASSERT_THAT(slip, SizeIs(1));
  EXPECT_EQ(slip[0].token, "acmecareers");
}

TEST(SearchDirectory, FindsNothingOfNonsense) {
  for (const char* typed :
       {"xqzvwkjq", "qqqqqqqq", "zzxxyyqqww", "asdlkfjqwpoeiruty", "日本語", "!?x9q7z",
        "77777777777", "the quick brown fox jumps over the lazy dog"})
    EXPECT_THAT(Found(typed), IsEmpty()) << typed;
}

TEST(SearchDirectory, TakesShortNamesAsTheyAre) {
  EXPECT_EQ(FirstFound("n26"), "greenhouse n26");
  EXPECT_EQ(FirstFound("n27"), "nothing");
}

TEST(SearchDirectory, NamesEachBoardOnceAndNoMoreThanAsked) {
  std::set<std::string> boards;

  const auto many = Found("data");
  const auto few = Found("data", 3);

  ASSERT_THAT(many, SizeIs(kMostFound));
  for (const KnownCompany& one : many) EXPECT_TRUE(boards.insert(BoardOf(one)).second);
  ASSERT_THAT(few, SizeIs(3));
  for (std::size_t i = 0; i < few.size(); ++i) EXPECT_EQ(BoardOf(few[i]), BoardOf(many[i]));
  EXPECT_THAT(Found("data", 1'000), SizeIs(kMostFound));
  EXPECT_THAT(Found("data", 0), IsEmpty());
  EXPECT_THAT(Found("data", -1), IsEmpty());
}

TEST(SearchDirectory, RefusesWhatIsNoName) {
  EXPECT_THAT(Refused(""), HasSubstr("holds no letter and no digit"));
  EXPECT_THAT(Refused(" -&!"), HasSubstr("holds no letter and no digit"));
  EXPECT_THAT(Refused(std::string(10'000, 'a')), HasSubstr("is longer than 200 bytes"));
  EXPECT_THAT(Refused("str\x01ipe"), HasSubstr("holds what no name can hold"));
  EXPECT_THAT(Refused("stripe\xE2\x80\xAE"), HasSubstr("holds what no name can hold"));
  EXPECT_THAT(Refused("stri\xFFpe"), HasSubstr("holds what no name can hold"));
  EXPECT_THAT(Refused(std::string_view("str\0ipe", 7)), HasSubstr("holds what no name can hold"));
}

TEST(KnownAs, NamesThoseOfJustThatNameTheWellKnownFirst) {
  std::vector<std::string> boards;
  for (const KnownCompany& one : KnownAs(BuiltInDirectory(), "AirBnB"))
    boards.push_back(BoardOf(one));

  EXPECT_THAT(boards, ElementsAre("greenhouse airbnb", "smartrecruiters airbnb"));
  EXPECT_THAT(KnownAs(BuiltInDirectory(), "airbn"), IsEmpty());
  EXPECT_THAT(KnownAs(BuiltInDirectory(), ""), IsEmpty());
  EXPECT_THAT(KnownAs(BuiltInDirectory(), "!"), IsEmpty());
}

}  // namespace
}  // namespace rolecall
