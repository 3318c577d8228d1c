// Following a company on a board, over the interface.
#include "api/follow.h"

#include <gmock/gmock.h>

#include "boards/definition.h"
#include "directory/built_in_directory.h"
#include "store/users/companies.h"
#include "tests/store/board_rig.h"
#include "tests/support/api_rig.h"
#include "tests/support/board_answers.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kEmptyForAnyName = R"(
kind = "empty"
title = "EmptyBoards"
pacing_key = "empty.test"
token = '[a-z]+'
token_shape = "a name"
zero_proves_nothing = true
[list]
url = "https://empty.test/{token}"
jobs = "/jobs"
[fields]
id = "/id"
title = "/title"
url = "https://empty.test/{token}/{id}"
content = "/content"
)";

Result<Response> SevenJobsOrNone(const FetchRequest& request) {
  if (request.url.contains("empty.test")) return Ok(GreenhouseList({}));
  if (request.url.ends_with("/boards/zinc")) return Ok(R"({"name": "Zebra & Co"})");
  if (request.url.contains("/nosuch/")) return Response{.status = 404, .body = "{}"};
  if (request.url.contains("/shut/")) return Response{.status = 403, .body = "no"};
  return Ok(GreenhouseList(GreenhouseEntries(7)));
}

class Followed : public testing::Test {
 protected:
  Followed() {
    auto tx = Needed(rig_.database().Write());
    ann_ = Needed(AddUser(tx, {.email = "ann@example.org"}, kTestNow));
    Needed(tx.Commit());
  }

  Reply Ask(std::string body) {
    const Request request{.method = "POST", .body = std::move(body)};
    UserProfile user;
    user.id = ann_;
    auto reply = PostCompany(rig_.parts(), {.request = request, .captured = {}, .user = {user}});
    return reply ? *std::move(reply) : ReplyTo(reply.error());
  }
  json::object Told(std::string body, int status = 201) {
    const Reply reply = Ask(std::move(body));
    EXPECT_EQ(reply.status, status) << reply.body;
    return json::parse(reply.body).as_object();
  }
  // "kind: there is no board …", of the one place that a body is refused for.
  std::string Refused(std::string body) {
    const json::object told = Told(std::move(body), 422);
    const json::array& misfits = told.at("detail").as_array();
    EXPECT_EQ(misfits.size(), 1) << json::serialize(misfits);
    return fmt::format("{}: {}", misfits.at(0).at("loc").at(1).as_string().c_str(),
                       misfits.at(0).at("msg").as_string().c_str());
  }
  // "acme on greenhouse acme".
  std::vector<std::string> Follows() {
    std::vector<std::string> follows;
    for (const Following& one : Needed(LoadFollowings(*Needed(rig_.database().Reader()), ann_)))
      follows.push_back(fmt::format("{} on {} {}", one.company, one.kind, one.token));
    return follows;
  }

  // So often a listing was asked for; what a board calls itself is asked each time.
  std::ptrdiff_t CountListings() {
    return std::ranges::count_if(
        rig_.asked(), [](const FetchRequest& request) { return request.url.contains("/jobs"); });
  }

  ApiRig rig_{SevenJobsOrNone, RegistryWith(kEmptyForAnyName)};
  std::int64_t ann_ = 0;
};

TEST_F(Followed, AreShownWithTheFirstFiveJobs) {
  const json::object told = Told(R"({"kind": "greenhouse", "token": "acme"})");

  const json::array sample = told.at("sample").as_array();
  ASSERT_EQ(sample.size(), 5);
  EXPECT_EQ(json::serialize(sample[0]),
            R"({"id":"4000001","title":"Cook","location":"Berlin",)"
            R"("url":"https://boards.greenhouse.io/acme/jobs/4000001"})");
  EXPECT_EQ(told.at("total_count"), 7);
  EXPECT_EQ(told.at("name"), "acme");
  EXPECT_EQ(told.at("display_name"), "Acme");
  EXPECT_EQ(told.at("board"), "greenhouse");
  EXPECT_EQ(told.at("token"), "acme");
  EXPECT_FALSE(told.contains("checked"));
  EXPECT_THAT(Follows(), ElementsAre("acme on greenhouse acme"));
}

TEST_F(Followed, AreNamedAsTheyAreWritten) {
  const auto named = [&](const char* token, const char* names) {
    const json::object told =
        Told(fmt::format(R"({{"kind": "greenhouse", "token": "{}"{}}})", token, names));
    return fmt::format("{} as {}", told.at("name").as_string().c_str(),
                       told.at("display_name").as_string().c_str());
  };

  EXPECT_EQ(named("a", R"(, "name": "Crusoe")"), "crusoe as Crusoe");
  EXPECT_EQ(named("b", R"(, "display_name": " Société\u0000 Générale")"),
            "societe-generale as Société\uFFFD Générale");
  EXPECT_EQ(named("c", R"(, "name": "moodys", "display_name": "Moody's, Inc.")"),
            "moodys as Moody's, Inc.");
  EXPECT_EQ(named("AcmeRobotics", ""), "acmerobotics as AcmeRobotics");
}

TEST_F(Followed, AreNoneAfterADryRunWhichTheBoardIsNotAskedAgainAfter) {
  const json::object told =
      Told(R"({"kind": "greenhouse", "token": "acme", "dry_run": true})", 200);

  EXPECT_EQ(told.at("checked"), true);
  EXPECT_EQ(told.at("name"), "acme");
  EXPECT_EQ(told.at("total_count"), 7);
  EXPECT_THAT(Follows(), ElementsAre());
  EXPECT_EQ(Told(R"({"kind": "greenhouse", "token": "acme"})").at("total_count"), 7);
  EXPECT_EQ(CountListings(), 1);
}

TEST_F(Followed, AreOnlyThoseWhoseBoardCanBeRead) {
  EXPECT_EQ(Refused(R"({"kind": "greenhouse", "token": "nosuch"})"),
            "token: the board cannot be read: HTTP 404: there is no such board. Is \"nosuch\" the "
            "right token?");
  EXPECT_EQ(Refused(R"({"kind": "greenhouse", "token": "shut", "confirm": true})"),
            "token: the board cannot be read: HTTP 403: no. Look whether kind and token are right, "
            "or try later");

  EXPECT_THAT(Follows(), ElementsAre());
}

TEST_F(Followed, WantAWordWhereTheVendorAnswersToAnyName) {
  const json::object unproven = Told(R"({"kind": "empty", "token": "acme"})", 409);
  const json::object shown = Told(R"({"kind": "empty", "token": "acme", "dry_run": true})", 200);

  EXPECT_EQ(unproven.at("detail"),
            "EmptyBoards lists nothing for acme, as it does for any name: send it again with "
            "\"confirm\": true to follow it all the same.");
  EXPECT_EQ(unproven.at("name"), "acme");
  EXPECT_EQ(unproven.at("total_count"), 0);
  EXPECT_EQ(shown.at("checked"), false);
  EXPECT_THAT(Follows(), ElementsAre());
  Told(R"({"kind": "empty", "token": "acme", "confirm": true})");
  EXPECT_THAT(Follows(), ElementsAre("acme on empty acme"));
}

TEST_F(Followed, WantAWordWhereTheBoardCallsItselfOtherwise) {
  const json::object dry = Told(R"({"kind": "greenhouse", "token": "zinc", "dry_run": true})", 200);
  const json::object asked = Told(R"({"kind": "greenhouse", "token": "zinc"})", 409);
  const auto before = Follows();
  const json::object told = Told(R"({"kind": "greenhouse", "token": "zinc", "confirm": true})");

  EXPECT_EQ(dry.at("own_name"), "Zebra & Co");
  EXPECT_EQ(asked.at("own_name"), "Zebra & Co");
  EXPECT_THAT(std::string(asked.at("detail").as_string()),
              HasSubstr("calls itself \"Zebra & Co\""));
  EXPECT_THAT(before, testing::IsEmpty());
  EXPECT_EQ(told.at("name"), "zinc");
  EXPECT_EQ(told.at("display_name"), "Zebra & Co");
}

TEST_F(Followed, UnderANameThatAPersonGaveAreNoGuess) {
  Told(R"({"kind": "greenhouse", "token": "zinc", "name": "our zinc"})");

  EXPECT_THAT(Follows(), ElementsAre("our-zinc on greenhouse zinc"));
}

TEST_F(Followed, WantAWordWhereTheirTokenAloneIsKnown) {
  std::size_t at = 0;
  const auto is_guess = [](const KnownCompany& one) {
    return !one.well_known && one.kind == "greenhouse";
  };
  while (!is_guess(BuiltInDirectory().At(at))) ++at;
  const std::string body =
      fmt::format(R"({{"kind": "greenhouse", "token": "{}"}})", BuiltInDirectory().At(at).token);

  const json::object asked = Told(body, 409);

  EXPECT_THAT(std::string(asked.at("detail").as_string()), HasSubstr("a guess by its token"));
  EXPECT_TRUE(asked.at("own_name").is_null());
  EXPECT_THAT(Follows(), testing::IsEmpty());
}

TEST_F(Followed, StayOnTheirBoardAndUnderTheirName) {
  Told(R"({"kind": "greenhouse", "token": "acme"})");

  const json::object elsewhere =
      Told(R"({"kind": "greenhouse", "token": "other", "name": "Acme"})", 409);
  const json::object again =
      Told(R"({"kind": "greenhouse", "token": "acme", "name": "Bolt", "dry_run": true})", 409);

  EXPECT_EQ(elsewhere.at("detail"),
            "acme is on another board already: moved to this one, it leaves greenhouse acme. Give "
            "this one another name, or remove that one first.");
  EXPECT_EQ(again.at("detail"), "greenhouse acme is followed as acme already");
  EXPECT_FALSE(again.contains("name"));
  EXPECT_THAT(Follows(), ElementsAre("acme on greenhouse acme"));
  EXPECT_EQ(CountListings(), 1) << "no board is asked that cannot be followed";
  Told(R"({"kind": "greenhouse", "token": "acme", "name": "acme"})");
}

TEST_F(Followed, AreFoundByAnyAddressOfTheirBoard) {
  const json::object shown =
      Told(R"({"url": "boards.greenhouse.io/acme/jobs/7?utm_source=mail", "dry_run": true})", 200);
  EXPECT_EQ(shown.at("checked"), true);
  EXPECT_EQ(shown.at("total_count"), 7);
  EXPECT_THAT(Follows(), ElementsAre());

  const json::object told =
      Told(R"({"url": "https://boards.greenhouse.io/acme", "display_name": "Acme Foods"})");
  EXPECT_EQ(told.at("name"), "acme-foods");
  EXPECT_EQ(told.at("board"), "greenhouse");
  EXPECT_THAT(Follows(), ElementsAre("acme-foods on greenhouse acme"));
  EXPECT_EQ(Told(R"({"url": "https://boards.greenhouse.io/acme"})", 409).at("detail"),
            "greenhouse acme is followed as acme-foods already");
}

TEST_F(Followed, ByAnAddressAreToldThoughTheyCannotBeRead) {
  const json::object shown =
      Told(R"({"url": "https://boards.greenhouse.io/shut", "dry_run": true})", 200);

  EXPECT_EQ(shown.at("checked"), false);
  EXPECT_EQ(shown.at("token"), "shut");
  EXPECT_EQ(shown.at("trouble"), "HTTP 403: no");
  EXPECT_EQ(Refused(R"({"url": "https://boards.greenhouse.io/shut"})"),
            "url: the board greenhouse shut cannot be read: HTTP 403: no. Look whether the "
            "address is right, or try later");
  EXPECT_THAT(Follows(), ElementsAre());
}

TEST_F(Followed, AreRefusedWhereTheBodyCannotBeRight) {
  EXPECT_THAT(Refused(R"({"kind": "grenhouse", "token": "acme"})"),
              AllOf(StartsWith("kind: there is no board \"grenhouse\"; there are "),
                    HasSubstr("Did you mean greenhouse?")));
  EXPECT_THAT(Refused(R"({"kind": "workday", "token": "acme"})"),
              StartsWith("token: the token \"acme\" cannot be one of workday"));
  EXPECT_EQ(Refused(R"({"kind": "workday", "token": "https://boards.greenhouse.io/acme"})"),
            "token: \"https://boards.greenhouse.io/acme\" is an address: its kind is greenhouse, "
            "and its token acme");
  EXPECT_EQ(Refused(R"({"url": "https://boards.greenhouse.io/acme", "kind": "greenhouse"})"),
            "url: stands in place of kind and token: send one of both");
  EXPECT_EQ(Refused(R"({"kind": "greenhouse"})"), "token: is missing");
  EXPECT_THAT(Refused(R"({"kind": "greenhouse", "token": "acme", "name": "株式会社"})"),
              StartsWith("name: "));
  EXPECT_THAT(Refused(R"({"kind": "greenhouse", "token": "acme", "display_name": "!"})"),
              StartsWith("display_name: "));
  EXPECT_THAT(Refused(fmt::format(
                  R"({{"kind": "greenhouse", "token": "a", "name": "a", "display_name": "{}"}})",
                  std::string(201, 'a'))),
              StartsWith("display_name: "));
  EXPECT_EQ(rig_.asked().size(), 0);
}

TEST_F(Followed, AreCheckedOneAtATimeForAUser) {
  {
    const Permit under_way = rig_.parts().checks->Begin(ann_);
    const Reply refused = Ask(R"({"kind": "greenhouse", "token": "acme"})");
    EXPECT_EQ(refused.status, 429) << refused.body;
    EXPECT_EQ(refused.headers.at(0).name, "Retry-After");
  }

  Told(R"({"kind": "greenhouse", "token": "acme"})");
}

TEST_F(Followed, AreNotAddedWhenTheServerEnds) {
  rig_.Stop();

  EXPECT_EQ(Ask(R"({"kind": "greenhouse", "token": "acme"})").status, 503);
  EXPECT_THAT(Follows(), ElementsAre());
}

TEST(GetKinds, NamesEachKindItsVendorAndWhatATokenLooksLike) {
  ApiRig rig;

  const auto reply = GetKinds(rig.parts(), {.request = {}, .captured = {}, .user = {}});

  ASSERT_TRUE(reply) << reply.error().message;
  const json::array kinds = json::parse(reply->body).as_array();
  EXPECT_EQ(kinds.size(), BuiltInRegistry()->Kinds().size());
  EXPECT_THAT(reply->body, HasSubstr(R"({"kind":"greenhouse","title":"Greenhouse",)"
                                     R"("token_hint":"the name in boards.greenhouse.io/NAME"})"));
}

}  // namespace
}  // namespace rolecall
