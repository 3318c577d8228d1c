// Companies and settings.
#include "api/companies.h"

#include <gmock/gmock.h>

#include "api/settings.h"
#include "store/users/companies.h"
#include "tests/support/companies_rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

// Null where none has that name.
json::value Named(const json::array& companies, std::string_view name) {
  for (const json::value& one : companies)
    if (one.at("name").as_string() == name) return one;
  return nullptr;
}

class Companies : public CompaniesRig {
 protected:
  std::string Settings() { return Ask(GetSettings).body; }
  // The places that a body is refused for; nothing of it may be written.
  std::vector<std::string> Refused(const std::string& body) {
    const std::string before = Settings();
    const Reply reply = Ask(PostSettings, body);
    EXPECT_EQ(reply.status, 422) << reply.body;
    EXPECT_EQ(Settings(), before);
    std::vector<std::string> places;
    if (reply.status == 422)
      for (const json::value& misfit : json::parse(reply.body).at("detail").as_array())
        places.push_back(json::serialize(misfit.at("loc")));
    return places;
  }
};

TEST_F(Companies, AreNamedToAnybodyAndOnesOwnToOneself) {
  {
    auto tx = Needed(rig_.database().Write());
    const auto board = Needed(FindOrAddBoard(tx, "greenhouse", "mine"));
    const auto user = Needed(AddUser(tx, {.email = "a@b.test"}, kTestNow));
    Needed(Follow(tx, {user, "mine"}, board, kTestNow));
    Needed(tx.Commit());
  }

  const json::array anybodys = Told(GetCompanies, "", 0).as_array();
  const json::array own = Told(GetCompanies, "", 2).as_array();

  ASSERT_THAT(own, SizeIs(anybodys.size() + 1));
  EXPECT_EQ(json::serialize(Named(anybodys, "acme")),
            R"({"name":"acme","display_name":"The acme",)"
            R"("logo_url":"https://jobs.test/logo/The%20acme.svg","board":"greenhouse",)"
            R"("careers_url":"https://careers.test"})");
  EXPECT_TRUE(Named(own, "mine").at("careers_url").is_null());
  EXPECT_TRUE(Named(anybodys, "mine").is_null());
}

TEST_F(Companies, AreAlsoThoseThatAreWellKnown) {
  const json::array anybodys = Told(GetCompanies, "", 0).as_array();
  const json::value scale = Named(anybodys, "scale-ai");
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "scale-ai"}])");

  EXPECT_EQ(json::serialize(scale),
            R"({"name":"scale-ai","display_name":"Scale AI",)"
            R"("logo_url":"https://jobs.test/logo/Scale%20AI.svg","board":"greenhouse",)"
            R"("careers_url":null})");
  EXPECT_EQ(Told(GetCompanies, "", 0).as_array(), anybodys);
  EXPECT_EQ(Told(GetSettings).at(0).at("company_name"), "scale-ai");
  EXPECT_EQ(Named(Told(GetCompanies).as_array(), "scale-ai").at("health").at("state"), "unread");
}

TEST_F(Companies, AreFollowedChangedAndUnfollowedInOrder) {
  const json::array done = Told(PostSettings,
                                R"([{"op": "upsert", "company_name": "bolt", "is_enabled": false,
                "title_filters": {"include": ["cook", "/b.k/"]}},
               {"op": "upsert", "company_name": "acme"},
               {"op": "delete", "company_name": "acme"},
               {"op": "upsert", "company_name": "acme", "title_filters": null},
               {"op": "upsert", "company_name": "bolt", "is_enabled": true}])")
                               .as_array();
  const json::array settings = Told(GetSettings).as_array();

  ASSERT_THAT(done, SizeIs(5));
  EXPECT_EQ(done[0].at("op"), "upsert");
  EXPECT_EQ(done[2].at("op"), "delete");
  for (const json::value& one : done) EXPECT_EQ(one.at("success"), true);
  EXPECT_EQ(done[0].at("id"), done[4].at("id"));
  ASSERT_THAT(settings, SizeIs(2));
  EXPECT_EQ(settings[0].at("company_name"), "acme");
  EXPECT_EQ(json::serialize(settings[0].at("title_filters")), R"({"include":[],"exclude":[]})");
  EXPECT_EQ(settings[0].at("id"), done[3].at("id"));
  EXPECT_EQ(json::serialize(settings[1].at("title_filters")),
            R"({"include":["cook","/b.k/"],"exclude":[]})");
  EXPECT_EQ(settings[1].at("is_enabled"), true);
  EXPECT_EQ(settings[1].at("updated_at"), json::value(ToIso(kTestNow)));
}

TEST_F(Companies, AreChangedAllOrNone) {
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "bolt"}])");

  EXPECT_THAT(Refused(R"([{"op": "upsert", "company_name": "acme"},
                          {"op": "upsert", "company_name": "acne"},
                          {"op": "delete", "company_name": "bolt"},
                          {"op": "delete", "company_name": "bolt"}])"),
              ElementsAre(R"(["body",1,"company_name"])", R"(["body",3,"company_name"])"));
  EXPECT_THAT(Ask(PostSettings, R"([{"op": "upsert", "company_name": "acne"}])").body,
              HasSubstr("Did you mean acme?"));
}

TEST_F(Companies, AreRefusedWithThePlaceOfEachMistake) {
  EXPECT_THAT(
      Refused(R"([{"op": "replace", "company_name": "acme"}, {"company_name": 7, "surprise": 1},
                  {"op": "upsert", "company_name": "acme", "is_enabled": "yes"},
                  {"op": "upsert", "company_name": "acme", "title_filters": []},
                  "upsert"])"),
      ElementsAre(R"(["body",0,"op"])", R"(["body",1,"op"])", R"(["body",1,"company_name"])",
                  R"(["body",1,"surprise"])", R"(["body",2,"is_enabled"])",
                  R"(["body",3,"title_filters"])", R"(["body",4])"));
  EXPECT_THAT(Refused(R"([{"op": "upsert", "company_name": "acme", "title_filters":
                   {"include": ["cook", "/(/", ""], "exclude": "x", "other": []}},
                  {"op": "upsert", "company_name": "acme", "title_filters":
                   {"include": ["cook", "/(/"], "exclude": ["**", 1]}}])"),
              ElementsAre(R"(["body",0,"title_filters","include",2])",
                          R"(["body",0,"title_filters","exclude"])",
                          R"(["body",0,"title_filters","other"])",
                          R"(["body",1,"title_filters","exclude",1])"));
  EXPECT_THAT(Refused(R"([{"op": "upsert", "company_name": "acme", "title_filters":
                   {"include": ["cook", "/(/"], "exclude": ["**"]}}])"),
              ElementsAre(R"(["body",0,"title_filters","include",1])",
                          R"(["body",0,"title_filters","exclude",0])"));
  EXPECT_THAT(Refused(R"({"op": "upsert"})"), ElementsAre(R"(["body"])"));
  EXPECT_EQ(Ask(PostSettings, "[").status, 400);
  EXPECT_EQ(Ask(PostSettings, "[]").body, "[]");
}

std::string UpsertWith(int terms, const std::string& term) {
  json::array include;
  for (int i = 0; i < terms; ++i) include.emplace_back(term);
  return json::serialize(json::object{{"op", "upsert"},
                                      {"company_name", "acme"},
                                      {"title_filters", json::object{{"include", include}}}});
}

TEST_F(Companies, AreRefusedWithFiltersBeyondTheirBudget) {
  EXPECT_THAT(Refused("[" + UpsertWith(201, "cook") + "]"),
              ElementsAre(R"(["body",0,"title_filters","include"])"));
  EXPECT_THAT(Refused("[" + UpsertWith(51, "/c.{1}k/") + "]"),
              ElementsAre(R"(["body",0,"title_filters"])"));
  EXPECT_THAT(Ask(PostSettings, "[" + UpsertWith(1, R"(/(?i)\pL{99}/)") + "]").body,
              HasSubstr("takes more than 128 KiB"));
  EXPECT_EQ(Ask(PostSettings, "[" + UpsertWith(50, "/c.{1}k/") + "]").status, 200);
  std::string many = "[" + UpsertWith(50, "/c.{1}k/");
  for (int i = 0; i < 4; ++i) many += "," + UpsertWith(50, "/c.{1}k/");
  EXPECT_THAT(Refused(many + "]"), ElementsAre(R"(["body",4,"title_filters"])"));
}

TEST_F(Companies, AreLookedUpBeforeTheirFilters) {
  EXPECT_THAT(Refused(R"([{"op": "upsert", "company_name": "nobody",
                           "title_filters": {"include": ["/(/"]}}])"),
              ElementsAre(R"(["body",0,"company_name"])"));
}

TEST_F(Companies, AreChangedAThousandAtOnceAndNoMore) {
  std::string body;
  for (int i = 0; i < 1'000; ++i)
    body += fmt::format(R"({}{{"op": "{}", "company_name": "acme"}})", i == 0 ? "[" : ",",
                        i % 2 == 0 ? "upsert" : "delete");

  EXPECT_THAT(Told(PostSettings, body + "]").as_array(), SizeIs(1'000));
  EXPECT_EQ(Settings(), "[]");
  EXPECT_THAT(Refused(body + R"(,{"op": "upsert", "company_name": "acme"}])"),
              ElementsAre(R"(["body"])"));
}

TEST_F(Companies, AreRefusedWithAHundredMistakesAtMost) {
  std::string body = "[";
  for (int i = 0; i < 200; ++i)
    body += fmt::format(R"({}{{"op": "upsert", "company_name": "none"}})", i == 0 ? "" : ",");

  const std::vector<std::string> places = Refused(body + "]");

  ASSERT_THAT(places, SizeIs(101));
  EXPECT_EQ(places[99], R"(["body",99,"company_name"])");
  EXPECT_EQ(places[100], R"(["body"])");
}

TEST_F(Companies, AreEachUsersOwnToSet) {
  {
    auto tx = Needed(rig_.database().Write());
    Needed(AddUser(tx, {.email = "ann@example.org"}, kTestNow));
    Needed(tx.Commit());
  }
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme"}])");

  EXPECT_THAT(Told(GetSettings, "", 2).as_array(), SizeIs(0));
  EXPECT_EQ(Ask(PostSettings, R"([{"op": "delete", "company_name": "acme"}])", 2).status, 422);
  EXPECT_THAT(Told(GetSettings).as_array(), SizeIs(1));
}

}  // namespace
}  // namespace rolecall
