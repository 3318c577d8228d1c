// What a run would do, as whoever asks is told.
#include "api/dry_run.h"

#include <gmock/gmock.h>

#include "api/filters_for_all.h"
#include "api/routes.h"
#include "api/runs.h"
#include "api/settings.h"
#include "tests/support/companies_rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::SizeIs;

class DryRun : public CompaniesRig {
 protected:
  // What a dry run under filters that are not saved says of acme.
  json::value Tried(const std::string& body, const std::string& query = "") {
    const Reply reply = Ask(PostDryRun, body, 1, query);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return json::parse(reply.body).at("acme");
  }
  // The first place and sentence for which a body is refused.
  std::string Refused(const std::string& body, const std::string& query = "") {
    const Reply reply = Ask(PostDryRun, body, 1, query);
    EXPECT_EQ(reply.status, 422) << reply.body;
    if (reply.status != 422) return "";
    const json::value misfit = json::parse(reply.body).at("detail").at(0);
    return fmt::format("{} {}", json::serialize(misfit.at("loc")),
                       std::string(misfit.at("msg").as_string()));
  }
};

TEST_F(DryRun, ShowsOneByOne) {
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme",
                         "title_filters": {"exclude": ["intern"]}},
                        {"op": "upsert", "company_name": "bolt", "is_enabled": false},
                        {"op": "upsert", "company_name": "broken"}])");

  const json::object shown = Told(PostDryRun).as_object();

  ASSERT_THAT(shown, SizeIs(2));
  const json::object& acme = shown.at("acme").as_object();
  EXPECT_EQ(acme.at("status"), "success") << json::serialize(acme);
  EXPECT_EQ(acme.at("total_count"), 3);
  EXPECT_EQ(acme.at("urls_count"), 2);
  EXPECT_EQ(json::serialize(acme.at("excluded_jobs")),
            R"([{"id":"2","title":"Intern","location":"Berlin",)"
            R"("url":"https://boards.greenhouse.io/acme/jobs/4000001",)"
            R"("fate":"excluded","rule":"exclude: intern","match":{"begin":0,"length":6}}])");
  EXPECT_EQ(acme.at("included_jobs").at(0).at("fate"), "new");
  EXPECT_EQ(acme.at("plan").at("new"), 2);
  EXPECT_EQ(shown.at("broken").at("status"), "error");
  EXPECT_THAT(std::string(shown.at("broken").at("error_message").as_string()), HasSubstr("403"));
}

TEST_F(DryRun, ShowsWhatWasReadBeforeWhereThatIsAskedFor) {
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme"}])");
  const auto preview = [&](std::string query) {
    const Reply reply = Ask(PostDryRun, "", 1, std::move(query));
    EXPECT_EQ(reply.status, 200) << reply.body;
    return json::parse(reply.body).at("acme");
  };
  preview("");
  rig_.clock().Advance(std::chrono::minutes(4));

  const json::value kept = preview("kept=true");
  const json::value afresh = preview("kept=false");

  EXPECT_EQ(kept.at("kept"), true);
  EXPECT_EQ(kept.at("read_at"), json::value(ToIso(kTestNow)));
  EXPECT_EQ(afresh.at("kept"), false);
  EXPECT_EQ(afresh.at("read_at"), json::value(ToIso(rig_.clock().Now())));
  EXPECT_EQ(asked_, 2);
  const Reply refused = Ask(PostDryRun, "", 1, "kept=maybe");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr(R"(kept must be one of false, true, and is \"maybe\".)"));
}

TEST_F(DryRun, TriesFiltersOnAWellKnownCompanyThatNobodyFollows) {
  const std::string body =
      R"({"company": "stripe", "title_filters": {"include": ["baker"], "exclude": []}})";

  const Reply asked = Ask(PostDryRun, body);
  const Reply kept = Ask(PostDryRun, body, 1, "kept=true");
  const Reply unasked =
      Ask(PostDryRun, R"({"company": "figma", "title_filters": {}})", 1, "kept=true");

  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(json::parse(asked.body).at("stripe").at("urls_count"), 1);
  EXPECT_EQ(json::parse(kept.body).at("stripe").at("urls_count"), 1);
  ASSERT_EQ(unasked.status, 200) << unasked.body;
  EXPECT_TRUE(json::parse(unasked.body).at("figma").at("read_at").is_null());
  EXPECT_EQ(asked_, 1);
}

TEST_F(DryRun, IsOneAtATimeForAUser) {
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme"}])");
  const auto refused = [&] {
    const Permit under_way = rig_.parts().dry_runs->Begin(1);
    return Ask(PostDryRun);
  }();

  EXPECT_EQ(refused.status, 429) << refused.body;
  EXPECT_EQ(refused.headers.at(0).name, "Retry-After");
  EXPECT_EQ(Ask(PostDryRun).status, 200);
}

TEST_F(DryRun, AsksBoardsAtOnceWhereTheProcessHasNoLanes) {
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme"},
                        {"op": "upsert", "company_name": "bolt"}])");
  rig_.tools().settings.lanes = 0;
  at_once_ = 2;

  EXPECT_EQ(Ask(PostDryRun).status, 200);
}

TEST_F(DryRun, IsNoneWhenTheServerEnds) {
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme"}])");
  rig_.Stop();

  const Request request{.method = "POST"};
  UserProfile user;
  user.id = 1;
  const auto ended = PostDryRun(rig_.parts(), {.request = request, .captured = {}, .user = {user}});

  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, Errc::kCancelled);
  EXPECT_EQ(ended.error().message, "The server ends: try again in a moment.");
}

TEST_F(DryRun, IsNoneWhereNoCompanyIsEnabled) {
  const Reply none = Ask(PostDryRun);
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme", "is_enabled": false}])");

  EXPECT_EQ(none.status, 400);
  EXPECT_EQ(json::parse(none.body).at("detail"), json::value(kNothingEnabled));
  EXPECT_EQ(Ask(PostDryRun).status, 400);
}

TEST_F(DryRun, TriesFiltersThatAreNotSaved) {
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme",
                         "title_filters": {"exclude": ["intern"]}},
                        {"op": "upsert", "company_name": "bolt"}])");
  const std::string saved = Ask(GetSettings).body;

  const json::object shown =
      Told(PostDryRun, R"({"company": "acme", "title_filters": {"exclude": ["baker", "COOK"]}})")
          .as_object();

  ASSERT_THAT(shown, SizeIs(1)) << "one company alone";
  const json::value& acme = shown.at("acme");
  EXPECT_EQ(acme.at("urls_count"), 1);
  EXPECT_EQ(acme.at("included_jobs").at(0).at("title"), "Intern");
  EXPECT_EQ(acme.at("excluded_jobs").at(0).at("rule"), "exclude: COOK");
  EXPECT_EQ(Ask(GetSettings).body, saved);
}

TEST_F(DryRun, TriesFiltersOfACompanyThatIsNotFollowed) {
  const json::value acme = Tried(R"({"company": "acme", "title_filters": {"include": ["cook"]}})");

  EXPECT_EQ(acme.at("urls_count"), 1);
  EXPECT_EQ(acme.at("plan").at("new"), 1);
  EXPECT_EQ(Ask(GetSettings).body, "[]");
}

TEST_F(DryRun, TriesFiltersBesideThoseForAllCompanies) {
  Ask(PutFilters, R"({"title_filters": {"exclude": ["cook"]}, "place_filters": {}})");

  const json::value unfollowed = Tried(R"({"company": "acme", "title_filters": {}})");
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme"}])");
  const json::value followed = Tried(R"({"company": "acme", "title_filters": {}})");

  for (const json::value& shown : {unfollowed, followed}) {
    ASSERT_EQ(shown.at("excluded_jobs").as_array().size(), 1);
    EXPECT_EQ(shown.at("excluded_jobs").at(0).at("rule"), "exclude: cook (all companies)");
  }
}

TEST_F(DryRun, TakesTheFiltersThatAreSavedWhereNoneAreSent) {
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme", "is_enabled": false,
                         "title_filters": {"include": ["baker"]}}])");

  EXPECT_EQ(Tried(R"({"company": "acme"})").at("urls_count"), 1);
  EXPECT_EQ(Tried(R"({"company": "acme", "title_filters": {}})").at("urls_count"), 3);
}

TEST_F(DryRun, RefusesWhatCannotBeTried) {
  EXPECT_EQ(Refused(R"({"company": "acne"})"),
            R"(["body","company"] no company named acne is known. Did you mean acme?)");
  EXPECT_THAT(Refused(R"({"title_filters": {}})"), HasSubstr(R"(["body","company"])"));
  EXPECT_THAT(Refused(R"({"company": "acme", "pay_filters": {"include": []}})"),
              HasSubstr(R"(["body","pay_filters"])"));
  EXPECT_THAT(Refused(R"({"company": "acme", "title_filters": {"include": ["cook", "/(/"]}})"),
              HasSubstr(R"(["body","title_filters","include",1] the filter /(/ is no)"));
  EXPECT_THAT(Refused(R"([{"company": "acme"}])"), HasSubstr(R"(["body"])"));
  EXPECT_EQ(asked_, 0);
  EXPECT_EQ(Ask(PostDryRun, "{").status, 400);
}

TEST_F(DryRun, TakesAnEmptyBodyForNone) {
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme"}])");

  for (const char* body : {"", " ", "{}", "null\n"})
    EXPECT_THAT(Told(PostDryRun, body).as_object(), SizeIs(1)) << body;
}

TEST_F(DryRun, ShowsOfARemovedCompanyNothingThatLeavesWhereItIsTried) {
  Ask(PostSettings, R"([{"op": "upsert", "company_name": "acme"}])");
  Ask(PostSettings, R"([{"op": "delete", "company_name": "acme"}])");

  const json::object all = Told(PostDryRun).as_object();
  const json::value tried = Tried(R"({"company": "acme"})");

  EXPECT_EQ(all.at("acme").at("removed"), true);
  EXPECT_FALSE(tried.as_object().contains("moved_from")) << json::serialize(tried);
}

TEST_F(DryRun, AsksNoBoardWhereWhatIsKeptIsTried) {
  const json::value never = Tried(R"({"company": "acme"})", "kept=true");
  Tried(R"({"company": "acme"})");
  const int asked = asked_;

  const json::value kept =
      Tried(R"({"company": "acme", "title_filters": {"exclude": ["intern"]}})", "kept=true");

  EXPECT_TRUE(never.at("read_at").is_null());
  EXPECT_EQ(never.at("status"), "success");
  EXPECT_EQ(never.at("plan").at("complete"), false);
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(asked_, asked);
  EXPECT_EQ(kept.at("kept"), true);
  EXPECT_EQ(kept.at("read_at"), json::value(ToIso(kTestNow)));
  EXPECT_EQ(kept.at("urls_count"), 2);
  EXPECT_EQ(kept.at("excluded_jobs").at(0).at("match").at("length"), 6);
}

TEST_F(DryRun, WaitsForNoOtherWhereItAsksNoBoard) {
  const Permit anns = rig_.parts().dry_runs->Begin(1), bens = rig_.parts().dry_runs->Begin(2);

  EXPECT_EQ(Ask(PostDryRun, R"({"company": "acme"})").status, 429);
  EXPECT_EQ(Ask(PostDryRun, R"({"company": "acme"})", 1, "kept=true").status, 200);
}

TEST_F(DryRun, IsOneTrialAtATimeForAUser) {
  const Permit under_way = rig_.parts().trials->Begin(1);

  const Reply refused = Ask(PostDryRun, R"({"company": "acme"})", 1, "kept=true");

  EXPECT_EQ(refused.status, 429) << refused.body;
  EXPECT_EQ(refused.headers.at(0).name, "Retry-After");
  EXPECT_EQ(refused.headers.at(0).value, "1");
  EXPECT_EQ(Ask(PostDryRun, R"({"company": "acme"})").status, 200);
}

TEST_F(DryRun, GetsATurnOfItsOwnWhereItAsksNoBoard) {
  const auto turn = [](std::string query, std::string body) {
    return TurnOf({.method = "POST",
                   .path = "/api/ingestion/dry-run",
                   .query = std::move(query),
                   .body = std::move(body)});
  };

  EXPECT_EQ(turn("kept=true", R"({"company": "acme"})"), Turn::kTrial);
  EXPECT_EQ(turn("kept=true", "{}"), Turn::kDryRun);
  EXPECT_EQ(turn("kept=true", ""), Turn::kDryRun);
  EXPECT_EQ(turn("kept=false", R"({"company": "acme"})"), Turn::kDryRun);
  EXPECT_EQ(turn("", R"({"company": "acme"})"), Turn::kDryRun);
}

}  // namespace
}  // namespace rolecall
