// Careers pages in all the ways in which they name their board, or none.
#include <gmock/gmock.h>

#include <map>

#include "tests/support/board_answers.h"
#include "tests/support/canned_fetcher.h"
#include "tests/work/rig.h"
#include "work/find_board.h"

namespace rolecall {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kPage = "https://www.acme.example/careers";
constexpr const char* kLeverPosting =
    R"([{"id":"6c65bbb9","text":"Cook","hostedUrl":"https://jobs.lever.co/acme/6c65bbb9"}])";
constexpr const char* kPosting =
    R"(<script type="application/ld+json">{"@type":"JobPosting","title":"Cook","identifier":"7",
       "url":"https://www.acme.example/jobs/7"}</script>)";

// The pages of a web, and the boards of one company on it.
struct Web {
  std::map<std::string, Response> pages;

  Result<Response> operator()(const FetchRequest& request) const {
    if (const auto page = pages.find(request.url); page != pages.end()) return page->second;
    if (request.url.starts_with("http://10."))
      return Fail(Errc::kInvalidInput, "refused to fetch it: a private address");
    if (request.url == "https://boards-api.greenhouse.io/v1/boards/acme")
      return Ok(R"({"name":"Acme.ai"})");
    if (request.url.starts_with("https://boards-api.greenhouse.io/v1/boards/acme/jobs"))
      return Ok(GreenhouseList(GreenhouseEntries(7)));
    if (request.url.starts_with("https://api.lever.co/v0/postings/acme?")) return Ok(kLeverPosting);
    return Response{.status = 404};
  }
};

Response Moved(std::string to, std::string body = "") {
  Response response = Ok(std::move(body));
  response.final_url = std::move(to);
  return response;
}

class CareersPages : public testing::Test {
 protected:
  Result<FoundBoard> Find(Web web, const std::string& pasted = kPage) {
    TestDatabase database(Dialect::kSqlite);
    CannedFetcher fetcher(std::move(web));
    Rig rig(database.database(), SimSettings{.companies = 1, .jobs = 1}, &fetcher);
    auto found = FindBoardAt(rig.Tools(), pasted, {});
    asked_ = fetcher.asked().size();
    return found;
  }
  // "greenhouse acme: 7", or why there is none.
  std::string Outcome(const std::string& page, std::map<std::string, Response> others = {}) {
    others.emplace(kPage, Ok(page));
    const auto found = Find({std::move(others)});
    if (!found) return found.error().message;
    return fmt::format("{} {}: {}", Traits(*found->board.definition).kind, found->board.token,
                       found->checked.total);
  }

  std::size_t asked_ = 0;
};

TEST_F(CareersPages, NameTheirBoardInTheirSource) {
  for (
      const char* page :
      {R"(<script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>)",
       R"(<iframe src="//boards.greenhouse.io/embed/job_board?for=acme&amp;b=https%3A%2F%2Fa.b">)",
       R"(<script>fetch("https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true")</script>)",
       R"(<script>{"board":"https:\/\/job-boards.greenhouse.io\/acme\/jobs\/127817"}</script>)",
       R"(<script>{"board":"https:\u002f\u002fboards.greenhouse.io\u002facme"}</script>)",
       R"(<p>See <a href='https://boards.eu.greenhouse.io/acme'>openings</a>)",
       R"(<a href="https://boards.greenhouse.io/acme/jobs/1?gh_src=9">Cook</a>
           <a href="https://boards.greenhouse.io/Acme/jobs/2">Baker</a>)"})
    EXPECT_EQ(Outcome(page), "greenhouse acme: 7") << page;
  EXPECT_EQ(Outcome(R"(<script>x="https://api.lever.co/v0/postings/acme?mode=json"</script>)"),
            "lever acme: 1");
}

TEST_F(CareersPages, LeadOnToAPageThatNamesIt) {
  const std::string named = R"(<a href="https://boards.greenhouse.io/acme">all</a>)";
  const auto led = [&](const char* page, const char* to) {
    return Outcome(page, {{to, Ok(named)}});
  };

  EXPECT_EQ(led(R"(<a href="/company/jobs">Jobs</a>)", "https://www.acme.example/company/jobs"),
            "greenhouse acme: 7");
  EXPECT_EQ(led(R"(<a class=x href="https://team.acme.example/us"><b>Open positions</b></a>)",
                "https://team.acme.example/us"),
            "greenhouse acme: 7");
  EXPECT_EQ(led(R"(<iframe id=f src="https://frames.example/acme?a=1&amp;b=2"></iframe>)",
                "https://frames.example/acme?a=1&b=2"),
            "greenhouse acme: 7");
  EXPECT_EQ(led(R"(<script defer src="/static/jobs.js"></script>)",
                "https://www.acme.example/static/jobs.js"),
            "greenhouse acme: 7");
  EXPECT_EQ(
      led(R"(<meta http-equiv="refresh" content="0; url=/all">)", "https://www.acme.example/all"),
      "greenhouse acme: 7");
}

TEST_F(CareersPages, LeadOnThoughSomeOfWhatTheyLeadToCannotBeAsked) {
  EXPECT_EQ(Outcome(R"(<iframe src="http://10.0.0.1/jobs"></iframe><a href="/gone/jobs">Jobs</a>
                       <a href="/jobs">Jobs</a>)",
                    {{"https://www.acme.example/jobs",
                      Ok(R"(<a href="https://boards.greenhouse.io/acme">all</a>)")}}),
            "greenhouse acme: 7");
}

TEST_F(CareersPages, AreTheirBoardWhereTheyRedirectToIt) {
  const auto found = Find({{{kPage, Moved("https://boards.greenhouse.io/acme", "<html></html>")}}});

  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->board.token, "acme");
  EXPECT_EQ(found->found_on, "https://boards.greenhouse.io/acme");
}

TEST_F(CareersPages, AreSitesOfTheKindWhoseMarkTheyHold) {
  EXPECT_EQ(Outcome(R"(<script src="https://scripts.teamtailor-cdn.com/a.js"></script>)",
                    {{"https://www.acme.example/jobs.json?page=1",
                      Ok(R"({"title":"Acme","items":[{"id":"1","title":"Cook",
                             "url":"https://www.acme.example/jobs/1"}]})")}}),
            "teamtailor www.acme.example: 1");
  EXPECT_EQ(Outcome(R"(<img src="//rmkcdn.successfactors.com/a/b.png">)",
                    {{"https://www.acme.example/sitemal.xml",
                      Ok(R"(<rss><channel><item><g:id xmlns:g="g">1</g:id><title>Cook</title>
                            <link>https://www.acme.example/job/1/</link></item></channel></rss>)")}}),
            "successfactors www.acme.example: 1");
}

TEST_F(CareersPages, SayTheirPostingsThemselves) {
  EXPECT_EQ(Outcome(kPosting), "jsonld www.acme.example/careers: 1");
}

TEST_F(CareersPages, HaveASitemapThatLeadsToThem) {
  const Response posting = Ok(kPosting);
  const auto sitemap =
      Ok("<urlset><url><loc>https://www.acme.example/about</loc></url>"
         "<url><loc>https://www.acme.example/jobs/7</loc></url></urlset>");

  EXPECT_EQ(Outcome("<p>Work with us</p>", {{"https://www.acme.example/sitemap.xml", sitemap},
                                            {"https://www.acme.example/jobs/7", posting}}),
            "jsonld www.acme.example/sitemap.xml#/jobs/: 1");
  EXPECT_EQ(Outcome("<p>Work with us</p>",
                    {{"https://www.acme.example/sitemap.xml",
                      Ok("<sitemapindex><sitemap><loc>https://www.acme.example/pages.xml</loc>"
                         "</sitemap><sitemap><loc>https://www.acme.example/jobs.xml</loc>"
                         "</sitemap></sitemapindex>")},
                     {"https://www.acme.example/jobs.xml", sitemap},
                     {"https://www.acme.example/jobs/7", posting}}),
            "jsonld www.acme.example/jobs.xml: 1");
}

TEST_F(CareersPages, AreRefusedWithWhatStandsThere) {
  EXPECT_THAT(
      Outcome("<p>We bake bread.</p>"),
      StartsWith("https://www.acme.example/careers names no board of a kind that is known"));
  EXPECT_THAT(Outcome("<form><input type=\"password\"></form>"), HasSubstr("is a page to sign in"));
  EXPECT_THAT(Outcome(R"(<a href="https://www.greenhouse.io">Powered by Greenhouse</a>
                         <img src="https://cdn.lever.co/x.png">
                         <script src="https://app.teamtailor.com/x.js"></script>)"),
              HasSubstr("names no board"));
  EXPECT_THAT(Outcome(R"(<a href="https://boards.greenhouse.io/acme">A</a>
                         <a href="https://jobs.lever.co/bolt">B</a>)"),
              AllOf(HasSubstr("names 2 boards: greenhouse acme, lever bolt"),
                    HasSubstr("Which is meant?")));
  EXPECT_EQ(Find({}).error().message, "https://www.acme.example/careers answers HTTP 404");
  EXPECT_EQ(Find({}).error().code, Errc::kInvalidInput);
  EXPECT_EQ(Find({}, std::string(2001, 'a')).error().message,
            "an address of 2001 bytes is none: at most 2000 are taken");
}

TEST_F(CareersPages, LeadToSoManyPagesAtMost) {
  std::string page;
  for (int i = 0; i < 100; ++i) page += fmt::format("<a href='/jobs/{}'>job</a>", i);
  Web web;
  web.pages[kPage] = Ok(page);
  for (int i = 0; i < 100; ++i)
    web.pages[fmt::format("https://www.acme.example/jobs/{}", i)] = Ok(page);

  const auto found = Find(std::move(web));

  EXPECT_THAT(found.error().message, HasSubstr("nor do the 7 pages that it leads to"));
  EXPECT_EQ(asked_, 9) << "eight pages, and a sitemap";
}

TEST_F(CareersPages, AreFollowedByTheNameThatTheirBoardSays) {
  const auto by_address = Find({}, "boards.greenhouse.io/acme?utm_source=mail");
  const auto nameless = Find({}, "jobs.lever.co/acme");

  EXPECT_EQ(by_address->own_name, "Acme.ai");
  EXPECT_EQ(NameToFollowBy(*by_address), "Acme.ai");
  EXPECT_EQ(by_address->found_on, "");
  EXPECT_EQ(nameless->own_name, "");
  EXPECT_EQ(NameToFollowBy(*nameless), "acme");
}

TEST_F(CareersPages, OfABoardThatCannotBeReadTellItAllTheSame) {
  const auto found = Find({}, "https://boards.greenhouse.io/bolt");

  ASSERT_TRUE(found);
  EXPECT_EQ(found->checked.presence, BoardPresence::kUnreadable);
  EXPECT_THAT(found->checked.trouble, StartsWith("HTTP 404: there is no such board"));
}

TEST(LooksLikeAddress, TellsAddressesFromNames) {
  for (const char* address : {"https://acme.example", "acme.example", "acme.example/careers",
                              "jobs.lever.co/acme", "//acme.example", "https://a.b/c d"})
    EXPECT_TRUE(LooksLikeAddress(address)) << address;
  for (const char* name : {"acme", "Acme Labs", "acme-labs", "Acme Inc.", ""})
    EXPECT_FALSE(LooksLikeAddress(name)) << name;
}

}  // namespace
}  // namespace rolecall
