// Traps of SuccessFactors' search, which answers each language apart.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>

#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kTwoLanguages =
    R"(<a href="?locale=en_US">E</a> <a href="?q=&amp;locale=de_DE">D</a></html>)";

BoardAddress SearchBoard() { return *FindBoard("successfactors_search", "jobs.acme.example"); }

std::string SearchPage(const std::vector<std::pair<int, std::string>>& jobs, std::size_t total) {
  std::string entries;
  for (const auto& [id, title] : jobs)
    entries += fmt::format(R"({}{{"response":{{"id":"{}","unifiedStandardTitle":"{}"}}}})",
                           entries.empty() ? "" : ",", id, title);
  return fmt::format(R"({{"totalJobs":{},"jobSearchResult":[{}]}})", total, entries);
}

// The search page, and a page of each locale.
CannedFetcher::Answer Site(std::string page, std::map<std::string, std::string> of_locales) {
  return [page = std::move(page),
          of_locales = std::move(of_locales)](const FetchRequest& request) -> Result<Response> {
    if (request.method == "GET") return Ok(page);
    for (const auto& [locale, answer] : of_locales)
      if (request.body.contains(fmt::format(R"("locale":"{}")", locale))) return Ok(answer);
    return Response{.status = 500, .body = "no such locale"};
  };
}

TEST(SuccessFactorsSearch, JoinsTheJobsOfEachLocaleByTheirIds) {
  const auto reading =
      ReadWith(SearchBoard(),
               Site(kTwoLanguages, {{"en_US", SearchPage({{1, "Cook"}, {2, "Baker"}}, 2)},
                                    {"de_DE", SearchPage({{1, "Koch"}, {3, "Kellner"}}, 2)}}));

  EXPECT_EQ(OutcomeOf(reading), "complete");
  std::vector<std::string> jobs;
  for (const ListedJob& job : JobsOf(reading)) jobs.push_back(job.title + " " + job.path);
  EXPECT_THAT(jobs, ElementsAre("Cook 1-en_US", "Baker 2-en_US", "Kellner 3-de_DE"));
  EXPECT_EQ(reading.requests, 3);
}

TEST(SuccessFactorsSearch, IsNotCompleteWhereOneLocaleIsNot) {
  const auto short_one =
      ReadWith(SearchBoard(), Site(kTwoLanguages, {{"en_US", SearchPage({{1, "Cook"}}, 1)},
                                                   {"de_DE", SearchPage({{3, "Kellner"}}, 14)}}));
  const auto broken =
      ReadWith(SearchBoard(), Site(kTwoLanguages, {{"en_US", SearchPage({{1, "Cook"}}, 1)}}));

  EXPECT_THAT(OutcomeOf(short_one), StartsWith("partial: the jobs of de_DE are not all there"));
  EXPECT_THAT(OutcomeOf(broken), HasSubstr("HTTP 500"));
  EXPECT_EQ(JobsOf(broken).size(), 1);
}

TEST(SuccessFactorsSearch, APageThatNamesNoLocaleIsAFailureAndNoEmptyList) {
  const auto reading = ReadWith(SearchBoard(), Site("<html>Sign in</html>", {}));

  EXPECT_THAT(OutcomeOf(reading), HasSubstr("failed: "));
  EXPECT_THAT(OutcomeOf(reading), HasSubstr("no locale is named"));
}

TEST(SuccessFactorsSearch, HalfAPageNamesNotItsLocales) {
  const std::string half = R"(<a href="?locale=en_US">E</a> <a href="?loc)";

  const auto reading =
      ReadWith(SearchBoard(), Site(half, {{"en_US", SearchPage({{1, "Cook"}}, 1)}}));

  EXPECT_THAT(OutcomeOf(reading), HasSubstr("\"</html>\" is missing in the"));
  EXPECT_THAT(OutcomeOf(reading), StartsWith("failed: "));
}

TEST(SuccessFactorsSearch, ALocaleOfAnUnknownFormIsAFailure) {
  const std::string page = R"(<a href="?locale=en_US">E</a><a href="?locale=zh-Hant">Z</a></html>)";

  const auto reading =
      ReadWith(SearchBoard(), Site(page, {{"en_US", SearchPage({{1, "Cook"}}, 1)}}));

  EXPECT_THAT(OutcomeOf(reading), HasSubstr("failed: "));
  EXPECT_THAT(OutcomeOf(reading), HasSubstr("\"zh-Hant\", a locale of an unknown form"));
}

TEST(SuccessFactorsSearch, AsksForTheLocalesOfOpenJobsThoughThePageNamesThemNoMore) {
  const std::string one_left = R"(<a href="?locale=en_US">E</a></html>)";
  const KnownBefore known{.validators = {}, .locales = {"de_DE"}};

  const auto reading = ReadWith(SearchBoard(),
                                Site(one_left, {{"en_US", SearchPage({{1, "Cook"}}, 1)},
                                                {"de_DE", SearchPage({{3, "Kellner"}}, 1)}}),
                                {}, known);
  const std::string other_left = R"(<a href="?locale=fr_FR">F</a></html>)";
  const auto refused =
      ReadWith(SearchBoard(), Site(other_left, {{"fr_FR", SearchPage({{1, "Chef"}}, 1)}}), {},
               {.validators = {}, .locales = {"chef", "de_DE"}});

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(JobsOf(reading).size(), 2);
  EXPECT_THAT(OutcomeOf(refused), StartsWith("partial: the jobs of de_DE are not all there"));
  EXPECT_EQ(JobsOf(refused).size(), 1) << "what the page names is read first";
}

TEST(SuccessFactorsSearch, APageOfAnotherCompanyIsAFailure) {
  const auto reading = ReadWith(SearchBoard(), [](const FetchRequest&) {
    Response response{.status = 200, .body = kTwoLanguages};
    response.final_url = "https://www.other.example/careers";
    return response;
  });

  EXPECT_EQ(OutcomeOf(reading), "failed: redirected to www.other.example/careers");
}

TEST(SuccessFactorsSearch, AJobKeepsItsWordsWhateverOrderItsPageHas) {
  const std::map<std::string, std::string> of_locales{{"en_US", SearchPage({{1, "Cook"}}, 1)},
                                                      {"de_DE", SearchPage({{1, "Koch"}}, 1)}};

  const auto reading = ReadWith(
      SearchBoard(),
      Site(R"(<a href="?locale=de_DE"></a><a href="?locale=en_US"></a></html>)", of_locales));

  ASSERT_EQ(JobsOf(reading).size(), 1);
  EXPECT_EQ(JobsOf(reading)[0].title, "Cook");
}

}  // namespace
}  // namespace rolecall
