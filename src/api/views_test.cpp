// Views, as the interface keeps and tells them.
#include "api/views.h"

#include <gmock/gmock.h>

#include "api/routes.h"
#include "tests/store/board_rig.h"
#include "tests/support/api_rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class Views : public testing::Test {
 protected:
  Reply Ask(std::string method, std::string_view name, std::string body = "",
            std::string_view token = "") {
    const std::string bearer = fmt::format("Bearer {}", token.empty() ? token_ : token);
    const Request request{.method = std::move(method),
                          .path = fmt::format("/api/views{}{}", name.empty() ? "" : "/", name),
                          .headers = {{"authorization", bearer}},
                          .body = std::move(body)};
    return Answer(rig_.parts(), request);
  }
  json::object Json(const Reply& reply) { return json::parse(reply.body).as_object(); }
  // "path.name: must …" of each mistake; "status: body" of what is no 422.
  std::vector<std::string> Misfits(const Reply& reply) {
    if (reply.status != 422) return {fmt::format("{}: {}", reply.status, reply.body)};
    std::vector<std::string> told;
    for (const json::value& one : Json(reply).at("detail").as_array()) {
      std::string place;
      for (const json::value& part : one.at("loc").as_array())
        place += (place.empty() ? "" : ".") + std::string(part.as_string());
      told.push_back(place + ": " + std::string(one.at("msg").as_string()));
    }
    return told;
  }

  ApiRig rig_;
  std::string token_ = rig_.TokenOf(rig_.User());
};

TEST_F(Views, ShowWhatTheyKeepAsItWasGiven) {
  const std::string q = R"(c++ "data engineer" -senior & 50%)";

  const Reply made =
      Ask("PUT", "Cooks%20%26%20more",
          json::serialize(json::object{
              {"q", q}, {"company", {"acme", "bolt"}}, {"status", "open"}, {"sort", "newest"}}));

  EXPECT_EQ(made.status, 201);
  const json::object view = Json(made);
  EXPECT_EQ(view.at("name"), "Cooks & more");
  EXPECT_EQ(view.at("q"), json::string(q));
  EXPECT_EQ(view.at("company"), (json::array{"acme", "bolt"}));
  EXPECT_EQ(view.at("status"), "open");
  EXPECT_EQ(view.at("sort"), "newest");
  EXPECT_EQ(view.at("query"),
            "q=c%2B%2B%20%22data%20engineer%22%20-senior%20%26%2050%25&company=acme&company=bolt&"
            "status=open&sort=newest");
  EXPECT_EQ(view.at("has_key"), false);
  EXPECT_EQ(view.at("created_at"), json::string(ToIso(kTestNow)));
  EXPECT_EQ(Json(Ask("GET", "Cooks%20%26%20more")), view);
  EXPECT_EQ(Json(Ask("GET", "")).at("views"), json::array{view});
}

TEST_F(Views, MayLeaveOutEverything) {
  for (const char* body : {"{}", R"({"q": null, "company": null, "status": null, "sort": null})",
                           R"({"q": "", "company": [], "status": "", "sort": ""})"}) {
    const json::object view = Json(Ask("PUT", "all", body));
    EXPECT_EQ(view.at("query"), "") << body;
    EXPECT_EQ(view.at("company"), json::array());
    for (const char* none : {"q", "status", "sort"}) EXPECT_TRUE(view.at(none).is_null()) << none;
  }
}

TEST_F(Views, TakeThePlaceOfTheOneOfThatNameAndCase) {
  Ask("PUT", "cooks", R"({"q": "cook"})");
  rig_.clock().Advance(std::chrono::hours(1));

  EXPECT_EQ(Ask("PUT", "cooks", R"({"q": "baker"})").status, 200);
  EXPECT_EQ(Ask("PUT", "Cooks", R"({"q": "other"})").status, 201);
  EXPECT_EQ(Ask("PUT", "%20cooks%20", R"({"q": "chef"})").status, 200);

  const json::object view = Json(Ask("GET", "cooks"));
  EXPECT_EQ(view.at("q"), "chef");
  EXPECT_EQ(view.at("created_at"), json::string(ToIso(kTestNow)));
  EXPECT_EQ(view.at("updated_at"), json::string(ToIso(kTestNow + std::chrono::hours(1))));
  EXPECT_EQ(Json(Ask("GET", "")).at("views").as_array().size(), 2);
}

TEST_F(Views, RefuseWhatASearchForJobsRefusesInItsWords) {
  EXPECT_THAT(Misfits(Ask("PUT", "v", R"({"status": "odd", "sort": "odd"})")),
              ElementsAre(StartsWith("body.status: status must be one of all, open"),
                          StartsWith("body.sort: sort must be one of company, newest")));
  EXPECT_THAT(Misfits(Ask("PUT", "v", R"({"q": ")" + std::string(10'000, 'a') + R"("})")),
              ElementsAre(StartsWith("body.q: q must be at most 200 bytes long, and is")));
  EXPECT_THAT(Misfits(Ask("PUT", "v", R"({"q": "since:never"})")),
              ElementsAre(StartsWith("body.q: since: must be")));
  EXPECT_THAT(Misfits(Ask("PUT", "v", R"({"q": 1, "company": "acme", "odd": true})")),
              ElementsAre("body.q: must be a text", "body.company: must be a list",
                          StartsWith("body.odd: is no field")));
  EXPECT_EQ(Ask("GET", "v").status, 404);
}

TEST_F(Views, KeepSignsThatMeanNothingElsewhere) {
  const json::object view = Json(Ask("PUT", "%E0%B8%84%E0%B8%A3%E0%B8%B1%E0%B8%A7",
                                     R"({"q": "a\u0000b ครัว", "company": ["a,b", " a "]})"));

  EXPECT_EQ(view.at("name"), "ครัว");
  EXPECT_EQ(view.at("q"), json::string("a\0b ครัว", 16));
  EXPECT_EQ(view.at("company"), (json::array{"a", "b"})) << "as GET /api/jobs reads it";
}

TEST_F(Views, RefuseNamesThatAreNone) {
  for (const std::string& name :
       {std::string(10'000, 'a'), std::string("a%00b"), std::string("a%2Fb"), std::string("%2F"),
        std::string("%20"), std::string(".."), std::string("%FF"), std::string("a%0Ab")}) {
    EXPECT_THAT(Misfits(Ask("PUT", name, "{}")),
                ElementsAre(StartsWith("path.name: must be 1 to 80 bytes")));
    for (const char* method : {"GET", "DELETE"}) {
      const Reply none = Ask(method, name);
      EXPECT_EQ(none.status, 404);
      EXPECT_LT(none.body.size(), 500);
    }
  }
  EXPECT_EQ(Ask("PUT", "%zz", "{}").status, 404);
  EXPECT_THAT(Misfits(Ask("PUT", "a%2Fb", R"({"sort": "odd"})")).size(), 2);
}

TEST_F(Views, RefuseBodiesThatAreNone) {
  for (const char* body : {"", "cook", "{\"q\": ", "\x00\xff"})
    EXPECT_EQ(Ask("PUT", "v", body).status, 400) << body;
  for (const char* body : {"[]", "null", "\"q\""})
    EXPECT_THAT(Misfits(Ask("PUT", "v", body)), ElementsAre("body: must be an object")) << body;
}

TEST_F(Views, AreNoMoreThanAUserMayHave) {
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Ask("PUT", fmt::format("{}", i), "{}").status, 201);

  EXPECT_THAT(Misfits(Ask("PUT", "more", "{}")),
              ElementsAre(HasSubstr("path.name: would be one more than the 100 views")));
  EXPECT_EQ(Ask("PUT", "5", "{}").status, 200);
}

TEST_F(Views, GoOnce) {
  Ask("PUT", "cooks", "{}");

  EXPECT_EQ(Ask("DELETE", "cooks").status, 204);
  EXPECT_EQ(Ask("DELETE", "cooks").status, 404);
  EXPECT_EQ(Json(Ask("GET", "")).at("views"), json::array());
}

TEST_F(Views, AreTheirUsersAlone) {
  {
    auto tx = Needed(rig_.database().Write());
    Needed(AddUser(tx, {.email = "eve@example.org"}, kTestNow));
    Needed(tx.Commit());
  }
  const std::string eve = rig_.TokenOf(rig_.User("eve@example.org"));
  Ask("PUT", "mine", "{}");

  EXPECT_EQ(Ask("GET", "mine", "", eve).status, 404);
  EXPECT_EQ(Ask("DELETE", "mine", "", eve).status, 404);
  EXPECT_EQ(Ask("PUT", "mine", "{}", eve).status, 201);
  EXPECT_EQ(Json(Ask("GET", "", "", eve)).at("views").as_array().size(), 1);
  EXPECT_EQ(Ask("GET", "", "", "none").status, 401);
}

}  // namespace
}  // namespace rolecall
