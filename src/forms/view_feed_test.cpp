// Feeds of views: what stands in an entry, what is stable, and what no reader of XML would take.
#include "forms/view_feed.h"

#include <gmock/gmock.h>

#include <set>

namespace rolecall {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Timestamp kAt{std::chrono::milliseconds(1'790'000'000'000)};
const View kCooks{.user_id = 1,
                  .name = "Cooks & <more>",
                  .query = "q=cook",
                  .created_at = kAt - std::chrono::days(9),
                  .updated_at = kAt - std::chrono::days(3)};

Arrival Came(std::string title = "Cook", std::int64_t job = 7, std::int64_t run = 3) {
  return {.job = {.id = job,
                  .company = "acme",
                  .url = "https://acme.test/jobs/7?a=1&b=2",
                  .title = std::move(title),
                  .location = "Zürich",
                  .first_seen_at = kAt - std::chrono::days(1)},
          .run_id = run,
          .at = kAt};
}

// What stands in each element of this name, in order.
std::vector<std::string> Each(const std::string& feed, const std::string& name) {
  std::vector<std::string> found;
  const std::string begin = "<" + name + ">";
  for (std::size_t at = feed.find(begin); at != std::string::npos; at = feed.find(begin, at)) {
    at += begin.size();
    found.push_back(feed.substr(at, feed.find("</" + name + ">", at) - at));
  }
  return found;
}

TEST(ViewFeed, TellsEachArrivalWithWhatIsKnownOfTheJob) {
  Arrival known = Came("Chef \"de\" Partie");
  known.job.department = "Kitchen & Bar";
  known.job.salary = "CHF 90,000";
  known.job.workplace = "on_site";

  const std::string feed = ViewFeed(kCooks, {known});

  EXPECT_THAT(feed, testing::StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                                        "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"));
  EXPECT_EQ(Each(feed, "title"), (std::vector<std::string>{"Cooks &amp; &lt;more&gt;",
                                                           "Chef &quot;de&quot; Partie, acme"}));
  EXPECT_THAT(feed, HasSubstr("<link rel=\"alternate\" "
                              "href=\"https://acme.test/jobs/7?a=1&amp;b=2\"/>"));
  EXPECT_EQ(Each(feed, "published"), std::vector<std::string>{ToIso(kAt)});
  EXPECT_EQ(Each(feed, "updated"), (std::vector<std::string>{ToIso(kAt), ToIso(kAt)}));
  EXPECT_EQ(Each(feed, "summary"),
            std::vector<std::string>{"Zürich · Kitchen &amp; Bar · CHF 90,000 · on site"});
}

TEST(ViewFeed, KnowsAnArrivalByTheJobAndItsRun) {
  Arrival renamed = Came("Chef");
  renamed.job.company = "acme-robotics";
  const std::string before = ViewFeed(kCooks, {Came()});
  const std::string after = ViewFeed(kCooks, {renamed, Came("Cook", 7, 4), Came("Cook", 8)});

  const auto ids = Each(after, "id");
  EXPECT_EQ(ids.at(0), Each(before, "id").at(0)) << "of the view";
  EXPECT_EQ(ids.at(1), Each(before, "id").at(1)) << "of the job that is another now";
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 4);
  for (const std::string& id : ids)
    EXPECT_THAT(id, testing::MatchesRegex("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab]"
                                          "[0-9a-f]{3}-[0-9a-f]{12}"));
}

TEST(ViewFeed, WithoutArrivalsIsAsOldAsWhatTheViewLooksFor) {
  View another = kCooks;
  another.name = "cooks & <more>";

  const std::string feed = ViewFeed(kCooks, {});

  EXPECT_EQ(Each(feed, "updated"), std::vector<std::string>{ToIso(kCooks.updated_at)});
  EXPECT_THAT(feed, Not(HasSubstr("<entry>")));
  EXPECT_NE(Each(feed, "id"), Each(ViewFeed(another, {}), "id"));
}

TEST(ViewFeed, HoldsNothingThatAReaderOfXmlRefuses) {
  Arrival odd = Came(
      "a\x01"
      "b\x1B[31m \xEF\xBF\xBE \xFF]]>\r\n\u202Ec <!--");
  odd.job.url = "https://acme.test/\"><script>\n `x`{1}";
  odd.job.location = "";

  const std::string feed = ViewFeed(kCooks, {odd});

  EXPECT_EQ(Each(feed, "title").at(1), "ab[31m \uFFFD \uFFFD]]&gt; c &lt;!--, acme");
  EXPECT_THAT(feed, HasSubstr("href=\"https://acme.test/%22%3E%3Cscript%3E%0A%20%60x%60%7B1%7D\""));
  EXPECT_THAT(feed, Not(HasSubstr("<summary>")));
  for (const char one : feed) EXPECT_TRUE(one == '\n' || static_cast<unsigned char>(one) >= 0x20);
}

}  // namespace
}  // namespace rolecall
