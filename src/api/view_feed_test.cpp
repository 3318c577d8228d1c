// Feeds of views and the keys that open them, as the interface answers.
#include "api/view_feed.h"

#include <gmock/gmock.h>

#include "api/routes.h"
#include "tests/store/board_rig.h"
#include "tests/support/api_rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ViewFeeds : public testing::Test {
 protected:
  ViewFeeds() : board_(rig_.database()) {
    std::vector<ListedJob> jobs = MakeJobs(1, 4);
    jobs[1].title = "Baker";
    Needed(board_.Read(WholeListing(jobs)));
    auto tx = Needed(rig_.database().Write());
    Needed(AddUser(tx, {.email = "eve@example.org"}, kTestNow));
    // The last one is another user's.
    Needed(tx->Run(R"(
        INSERT INTO user_jobs (user_id, job_id, company, came_run_id, wrote_run_id)
        SELECT CASE WHEN id = 4 THEN 2 ELSE 1 END, id, 'acme', 1, 1
        FROM board_jobs)"));
    Needed(tx.Commit());
    Ask("PUT", "cooks", R"({"q": "cook"})");
    Ask("PUT", "all", "{}");
  }

  Reply Send(Request request) { return Answer(rig_.parts(), request); }
  Reply Ask(std::string method, std::string_view path, std::string body = "",
            std::string_view user = kLocalUser) {
    return Send({.method = std::move(method),
                 .path = fmt::format("/api/views/{}", path),
                 .headers = {{"authorization", "Bearer " + rig_.TokenOf(rig_.User(user))}},
                 .body = std::move(body)});
  }
  // A new key of the user's view.
  std::string Key(std::string_view name, std::string_view user = kLocalUser) {
    const Reply made = Ask("POST", fmt::format("{}/key", name), "", user);
    EXPECT_EQ(made.status, 201);
    return std::string(json::parse(made.body).at("key").as_string());
  }
  Reply Feed(std::string_view name, const std::string& query, std::string held = "") {
    return Send({.method = "GET",
                 .path = fmt::format("/api/views/{}/feed.atom", name),
                 .query = query,
                 .headers = {{"if-none-match", std::move(held)}}});
  }
  std::string HeaderOf(const Reply& reply, std::string_view name) {
    const auto found = std::ranges::find(reply.headers, name, &Header::name);
    return found == reply.headers.end() ? "" : found->value;
  }

  ApiRig rig_;
  BoardRig board_;
};

TEST_F(ViewFeeds, AreOpenedByTheirKeyWithoutAToken) {
  const Reply made = Ask("POST", "cooks/key");

  const json::value told = json::parse(made.body);
  const std::string key(told.at("key").as_string());
  EXPECT_EQ(key.size(), 43);
  EXPECT_EQ(told.at("path"), json::string("/api/views/cooks/feed.atom?key=" + key));
  EXPECT_EQ(HeaderOf(made, "Cache-Control"), "no-store");
  const Reply feed = Feed("cooks", "key=" + key);
  EXPECT_EQ(feed.status, 200);
  EXPECT_EQ(feed.content_type, "application/atom+xml; charset=utf-8");
  EXPECT_THAT(feed.body, HasSubstr("<title>cooks</title>"));
  EXPECT_THAT(feed.body, HasSubstr("<title>Cook, acme</title>"));
  EXPECT_THAT(feed.body, Not(HasSubstr("Baker")));
  EXPECT_THAT(feed.body, HasSubstr("https://board.test/3"));
  EXPECT_THAT(feed.body, Not(HasSubstr("https://board.test/4"))) << "another user's";
  EXPECT_THAT(feed.body, Not(HasSubstr(key)));
}

TEST_F(ViewFeeds, AnswerEveryOtherKeyAlike) {
  Ask("PUT", "cooks", "{}", "eve@example.org");
  const std::string former = Key("cooks"), key = Key("cooks"), of_another = Key("all");
  const std::string eves = Key("cooks", "eve@example.org");
  const Reply right = Feed("cooks", "key=" + key);
  const std::string none = Feed("cooks", "").body;

  ASSERT_EQ(right.status, 200);
  EXPECT_NE(Feed("cooks", "key=" + eves).body, right.body) << "it opens Eve's";
  const std::vector<std::string> others{"",
                                        "key=",
                                        "key=" + former,
                                        "key=" + of_another,
                                        "key=" + key.substr(1),
                                        "key=" + key + "A",
                                        "key=%zz",
                                        "key=%00",
                                        "KEY=" + key,
                                        "token=" + rig_.TokenOf(rig_.User()),
                                        "key=" + std::string(10'000, 'a')};
  for (const std::string& query : others) {
    const Reply reply = Feed("cooks", query);
    EXPECT_EQ(reply.status, 404) << query;
    EXPECT_EQ(reply.body, none);
    EXPECT_EQ(HeaderOf(reply, "Cache-Control"), "no-store");
  }
  for (const char* name : {"Cooks", "no-such-view", "all", "a%2Fb", "%20cooks"})
    EXPECT_EQ(Feed(name, "key=" + key).body, none) << name;
}

TEST_F(ViewFeeds, OpenNothingElse) {
  const std::string key = Key("cooks");

  for (const char* path : {"/api/views", "/api/views/cooks", "/api/jobs", "/api/user"}) {
    const Request asked{.method = "GET", .path = path, .query = "key=" + key};
    EXPECT_EQ(Send(asked).status, 401) << path;
    Request bearer = asked;
    bearer.headers = {{"authorization", "Bearer " + key}};
    EXPECT_EQ(Send(bearer).status, 401) << path;
  }
}

TEST_F(ViewFeeds, EndWithTheirKeyAndWithTheirView) {
  const std::string key = Key("cooks"), other = Key("all");

  EXPECT_EQ(Ask("DELETE", "cooks/key").status, 204);
  EXPECT_EQ(Ask("DELETE", "cooks/key").status, 404);
  EXPECT_EQ(Ask("DELETE", "all").status, 204);

  EXPECT_EQ(Feed("cooks", "key=" + key).status, 404);
  EXPECT_EQ(Feed("all", "key=" + other).status, 404);
  for (const char* method : {"POST", "DELETE"}) {
    EXPECT_EQ(Ask(method, "all/key").status, 404);
    EXPECT_EQ(Ask(method, "a%2Fb/key").status, 404);
    EXPECT_EQ(Ask(method, "cooks/key", "", "eve@example.org").status, 404);
  }
}

TEST_F(ViewFeeds, AreKeptAsHashesAlone) {
  const std::string key = Key("cooks");

  const auto kept = Needed(QueryOne(*Needed(rig_.database().Reader()),
                                    "SELECT key_hash FROM views WHERE name = 'cooks'", {},
                                    [](const Row& row) { return row.String(0); }));

  EXPECT_EQ(kept.value().size(), 32);
  EXPECT_THAT(kept.value(), Not(HasSubstr(key.substr(0, 8))));
  EXPECT_EQ(json::parse(Ask("GET", "cooks").body).at("has_key"), true);
  EXPECT_THAT(Ask("GET", "cooks").body, Not(HasSubstr(key)));
}

TEST_F(ViewFeeds, AreSentToWhoHasAnother) {
  const std::string query = "key=" + Key("cooks");

  const Reply first = Feed("cooks", query);
  const std::string tag = HeaderOf(first, "ETag");
  const Reply again = Feed("cooks", query, "\"another\", " + tag);

  EXPECT_THAT(tag, StartsWith("\""));
  EXPECT_EQ(HeaderOf(first, "Cache-Control"), "private, no-cache");
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(HeaderOf(again, "ETag"), tag);
  EXPECT_EQ(HeaderOf(again, "Cache-Control"), "private, no-cache");
  EXPECT_EQ(Feed("cooks", query, "\"another\"").body, first.body);
  Ask("PUT", "cooks", R"({"q": "baker"})");
  EXPECT_EQ(Feed("cooks", query, tag).status, 200) << "of what the view looks for now";
}

TEST_F(ViewFeeds, HoldAtMostAHundredJobsAndNoExpiredOne) {
  Needed(board_.Read(WholeListing(MakeJobs(1, 130))));
  auto tx = Needed(rig_.database().Write());
  Needed(tx->Run(R"(
      INSERT INTO user_jobs (user_id, job_id, company, came_run_id, wrote_run_id)
      SELECT 1, id, 'acme', 2, 2 FROM board_jobs WHERE id > 4)"));
  Needed(tx->Run("UPDATE user_jobs SET expired_at = :now WHERE job_id = 130", {{"now", kTestNow}}));
  Needed(tx.Commit());

  const std::string body = Feed("all", "key=" + Key("all")).body;

  std::size_t entries = 0;
  for (std::size_t at = 0; (at = body.find("<entry>", at)) != std::string::npos; ++at) ++entries;
  EXPECT_EQ(entries, 100);
  EXPECT_THAT(body, HasSubstr("https://board.test/129\""));
  EXPECT_THAT(body, Not(HasSubstr("https://board.test/130\"")));
  EXPECT_THAT(body, Not(HasSubstr("https://board.test/3\""))) << "it came before the others";
}

}  // namespace
}  // namespace rolecall
