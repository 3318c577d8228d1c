// A board that is read once a language, whose page loses one of its languages.
#include <fmt/format.h>

#include "tests/support/canned_fetcher.h"
#include "tests/work/rig.h"

namespace rolecall {
namespace {

class LocalesSuite : public BothDatabases {};

// A cook in English, and a waiter in German alone.
struct TwoLanguages {
  std::string page = R"(<a href="?locale=en_US">E</a><a href="?locale=de_DE">D</a></html>)";

  Result<Response> operator()(const FetchRequest& request) const {
    if (request.url.ends_with("/search/")) return Ok(page);
    if (request.method == "GET") return Ok("<html itemprop=\"description\">Soup</html>");
    const bool is_german = request.body.contains("de_DE");
    return Ok(fmt::format(
        R"({{"totalJobs":1,"jobSearchResult":[{{"response":{{"id":"{}","unifiedStandardTitle":"{}"}}}}]}})",
        is_german ? 2 : 1, is_german ? "Kellner" : "Cook"));
  }
};

TEST_P(LocalesSuite, MissesNoJobOfALanguageThatThePageNamesNoMore) {
  TwoLanguages site;
  CannedFetcher fetcher([&](const FetchRequest& request) { return site(request); });
  Rig rig(database(), SimSettings{.companies = 1, .jobs = 1}, &fetcher);
  rig.Write([&](Transaction& tx) -> Result<void> {
    TRY(const auto board, FindOrAddBoard(tx, "successfactors_search", "jobs.acme.example"));
    return rolecall::Follow(tx, {rig.user, "acme"}, board, rig.clock.Now());
  });
  EXPECT_EQ(Of(rig.Run(), "acme").counts.listed, 2);

  site.page = R"(<a href="?locale=en_US">E</a></html>)";
  rig.clock.Advance(std::chrono::hours(25));
  const CompanyOfRun acme = Of(rig.Run(), "acme");

  EXPECT_EQ(acme.counts.listed, 2);
  EXPECT_EQ(acme.counts.missing, 0);
}

INSTANTIATE_TEST_SUITE_P(Both, LocalesSuite, testing::Values(Dialect::kSqlite, Dialect::kPostgres),
                         DialectName);

}  // namespace
}  // namespace rolecall
