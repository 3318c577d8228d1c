// Sites that are read from pages made for people, with the traps of their vendors.
#include <gmock/gmock.h>

#include "boards/board.h"
#include "sim/answer.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

using testing::HasSubstr;
using testing::Not;

// One company of the kind, of 45 jobs.
class PageSites : public testing::Test {
 protected:
  void Open(const std::string& kind) {
    world_ = MakeWorld(BuiltInRegistry(), 5, 1, 45, 0, {kind});
    OpenSites(world_);
  }
  SimCompany& company() { return world_.companies[0]; }
  SimAnswer Get(const std::string& target, const std::string& cookie = "") {
    return AnswerVendor(
        world_, {.method = "GET", .target = target, .body = {}, .headers = {{"cookie", cookie}}});
  }
  std::string JobAt(std::size_t index) { return std::to_string(company().jobs[index].number); }

  SimWorld world_;
};

TEST(SimKinds, AreAllThatAreBuiltIn) {
  EXPECT_EQ(SimKinds(*BuiltInRegistry()), BuiltInRegistry()->Kinds());
}

TEST_F(PageSites, OfIcimsStateWhichPageTheyAre) {
  Open("icims");

  const auto last = Get("/" + company().token + "/jobs/search?ss=1&pr=2&in_iframe=1",
                        "JSESSIONID=" + company().name);

  EXPECT_THAT(last.body, HasSubstr("Page 3 of 3"));
  EXPECT_THAT(last.body, HasSubstr("/jobs/" + JobAt(44) + "/"));
  EXPECT_THAT(last.body, Not(HasSubstr("/jobs/" + JobAt(39) + "/")));
  EXPECT_EQ(Get("/" + company().token + "/jobs/search?ss=1").status, 404);
}

TEST_F(PageSites, OfIcimsAreTheFirstPageWithoutTheSession) {
  Open("icims");

  const auto page = Get("/" + company().token + "/jobs/search?ss=1&pr=2&in_iframe=1");

  EXPECT_THAT(page.body, HasSubstr("Page 1 of 3"));
}

TEST_F(PageSites, OfJazzHrShowEachJobTwiceAndOneThatWasTakenDown) {
  Open("jazzhr");

  const auto list = Get("/" + company().token + ".applytojob.com/apply/jobs");

  const std::string mark = "id=\"row_job_" + JobAt(0) + "\"";
  EXPECT_NE(list.body.find(mark), list.body.rfind(mark));
  EXPECT_THAT(list.body, HasSubstr("Taken down</a> -->"));
  EXPECT_EQ(Get("/" + company().token + ".applytojob.com/apply/jobs/details/1").status, 404);
}

TEST_F(PageSites, OfTilesBeginAtTheRowThatIsAskedFor) {
  Open("successfactors_tiles");
  const std::string list = "/" + company().token + "/tile-search-results/?startrow=";
  const std::string cookie = "JSESSIONID=" + company().name;

  const auto second = Get(list + "27", cookie);

  EXPECT_THAT(second.body, HasSubstr("data-url=\"/job/Opening/" + JobAt(27) + "/\""));
  EXPECT_THAT(second.body, Not(HasSubstr(JobAt(26))));
  EXPECT_THAT(Get(list + "45", cookie).body, Not(HasSubstr("job-tile")));
  EXPECT_THAT(Get(list + "27").body, HasSubstr(JobAt(0))) << "without the session";
}

TEST_F(PageSites, OfJsonLdAreNamedBySitemapsThatNameOthersToo) {
  Open("jsonld");
  const std::string host = "/" + company().token.substr(0, company().token.find('/'));

  const auto map = Get(host + "/sitemap-0.xml");

  EXPECT_THAT(Get(host + "/sitemap.xml").body, HasSubstr("/sitemap-0.xml</loc>"));
  EXPECT_THAT(map.body, HasSubstr("/jobs/" + JobAt(44) + "</loc>"));
  EXPECT_THAT(map.body, HasSubstr("/about</loc>"));
  EXPECT_THAT(Get(host + "/jobs/" + JobAt(44)).body, HasSubstr("JobPosting"));
  EXPECT_EQ(Get(host + "/jobs/1").status, 404);
}

}  // namespace
}  // namespace rolecall
