// Lists of companies, each line followed by itself.
#include "work/import_companies.h"

#include <gmock/gmock.h>

#include "store/users/followings.h"
#include "tests/support/board_answers.h"
#include "tests/support/canned_fetcher.h"
#include "tests/work/rig.h"

namespace rolecall {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;

class Imports : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    rig_ = std::make_unique<Rig>(database(), SimSettings{.companies = 1, .jobs = 1}, &fetcher_);
  }
  void TearDown() override { rig_.reset(); }

  // "followed acme on greenhouse acme: 7" or "refused: …" of each line.
  std::vector<std::string> ImportLines(const std::vector<std::string>& lines, bool dry_run = false,
                                       std::stop_token stop = {}) {
    std::vector<CompanyEntry> entries;
    for (const std::string& line : lines)
      entries.push_back({.line = static_cast<int>(entries.size()) + 1, .written = line});
    return Import(entries, dry_run, std::move(stop));
  }
  std::vector<std::string> Import(const std::vector<CompanyEntry>& entries, bool dry_run = false,
                                  std::stop_token stop = {}) {
    std::vector<std::string> told;
    const auto imported = Must(ImportCompanies(
        rig_->Tools(), {.user_id = rig_->user, .entries = entries, .dry_run = dry_run},
        std::move(stop)));
    for (const ImportedCompany& one : imported) {
      constexpr const char* kWords[] = {"followed", "already", "refused", "not tried"};
      told.push_back(fmt::format("{} {}{}", kWords[static_cast<int>(one.fate)], one.name,
                                 one.why.empty() ? "" : ": " + one.why));
    }
    return told;
  }
  std::int64_t Followed() { return rig_->Number("SELECT count(*) FROM user_company_settings"); }

  CannedFetcher fetcher_{[](const FetchRequest& request) -> Result<Response> {
    if (request.url.contains("/nobody")) return Response{.status = 404};
    if (request.url.ends_with("/boards/acme")) return Ok(R"({"name":"Acme.ai"})");
    if (request.url.contains("greenhouse.io")) return Ok(GreenhouseList(GreenhouseEntries(7)));
    if (request.url.contains("smartrecruiters")) return Ok(R"({"totalFound":0,"content":[]})");
    return Response{.status = 404};
  }};
  std::unique_ptr<Rig> rig_;
};

TEST_P(Imports, FollowWhatIsRightAndSayOfTheRestWhyNot) {
  const auto told = ImportLines(
      {"https://boards.greenhouse.io/acme", "https://boards.greenhouse.io/nobody", "Acme Labs",
       "https://www.nowhere.example/", "https://jobs.smartrecruiters.com/Anyone"});

  EXPECT_EQ(told[0], "followed acme-ai");
  EXPECT_THAT(told[1], HasSubstr("refused : it cannot be read: HTTP 404"));
  EXPECT_THAT(told[2], HasSubstr("\"Acme Labs\" is no address"));
  EXPECT_THAT(told[3], HasSubstr("answers HTTP 404"));
  EXPECT_THAT(told[4], HasSubstr("it lists nothing"));
  EXPECT_EQ(Followed(), 1);
}

TEST_P(Imports, FollowNothingTwice) {
  const auto twice = ImportLines(
      {"https://boards.greenhouse.io/bolt", "https://boards.greenhouse.io/bolt/jobs/7"});
  const auto asked = fetcher_.asked().size();
  const auto again = ImportLines({"boards.greenhouse.io/bolt"});

  std::vector<std::string> sorted = twice;
  std::ranges::sort(sorted);
  EXPECT_THAT(sorted[0], HasSubstr("already : line "));
  EXPECT_EQ(sorted[1], "followed bolt");
  EXPECT_THAT(again, ElementsAre("already bolt: it is followed already"));
  EXPECT_EQ(fetcher_.asked().size(), asked) << "nobody is asked again";
}

TEST_P(Imports, FollowABoardThatAnEarlierLineCouldNotHave) {
  const auto told = Import({{.line = 1, .name = "Acme", .board = "lever", .token = "one"},
                            {.line = 2, .name = "\xE6\xA0\xAA", .board = "lever", .token = "two"},
                            {.line = 3, .name = "Beta", .board = "lever", .token = "two"}});

  // Either may come first: line 2 is refused, or the board is line 3's already.
  EXPECT_THAT(told[1], AnyOf(HasSubstr("refused"), HasSubstr("line 3 is the same board")));
  EXPECT_EQ(told[2], "followed beta");
}

TEST_P(Imports, ChangeNothingWhereTheyAreDry) {
  EXPECT_THAT(ImportLines({"boards.greenhouse.io/acme"}, true), ElementsAre("followed acme-ai"));
  EXPECT_EQ(Followed(), 0);
}

TEST_P(Imports, FindOneNameOnceWhereTheyAreDryAsWhereTheyAreNot) {
  for (const bool dry_run : {true, false}) {
    auto told = Import({{.line = 1, .name = "Acme", .board = "lever", .token = "one"},
                        {.line = 2, .name = "Acme", .board = "ashby", .token = "two"}},
                       dry_run);

    std::ranges::sort(told);
    EXPECT_EQ(told[0], "followed acme") << dry_run;
    EXPECT_THAT(told[1], HasSubstr("give this one another name")) << dry_run;
  }
}

TEST_P(Imports, TakeNamedBoardsAtTheirWordWithTheirFilters) {
  std::vector<CompanyEntry> entries{{.line = 1,
                                     .name = "bolt",
                                     .display_name = "Bolt & Co",
                                     .board = "lever",
                                     .token = "bolt",
                                     .enabled = false},
                                    {.line = 2, .board = "grenhouse", .token = "acme"}};
  entries[0].filters.titles = TitleTerms{{"cook"}, {}};

  const auto told = Import(entries);

  EXPECT_EQ(told[0], "followed bolt");
  EXPECT_THAT(told[1], HasSubstr("Did you mean greenhouse?"));
  const auto followed = Must(LoadFollowing(*Must(database().Reader()), rig_->user, "bolt"));
  EXPECT_THAT(followed->terms.titles.include, ElementsAre("cook"));
  EXPECT_FALSE(followed->enabled);
  EXPECT_EQ(followed->display_name, "Bolt & Co");
  EXPECT_TRUE(fetcher_.asked().empty());
}

TEST_P(Imports, SayWhatTheyDidNotTryWhereTheyAreStopped) {
  std::stop_source stop;
  stop.request_stop();

  EXPECT_THAT(ImportLines({"boards.greenhouse.io/acme"}, false, stop.get_token()),
              ElementsAre("not tried "));
}

INSTANTIATE_TEST_SUITE_P(Both, Imports, testing::Values(Dialect::kSqlite, Dialect::kPostgres),
                         DialectName);

}  // namespace
}  // namespace rolecall
