// Expiries that a guard withheld, settled by a person through the real program.
#include <gmock/gmock.h>

#include "tests/support/program.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class Withheld : public Rolecall {
 protected:
  // Half of the first company's jobs are not listed, though their pages stand, and have not been in
  // four readings over fifteen days: the sixth run withholds them.
  std::string WithholdTwenty() {
    Simulate(2, 40);
    FollowAll();
    Do({"run"});
    std::string company = sim().Companies()[0].name;
    EXPECT_TRUE(sim().Keep(company, 20, UnlistedPages::kStand));
    for (int i = 0; i < 4; ++i) Do({"run"});
    {
      auto tx = test_database().database().Write();
      for (const int run : {2, 3, 4, 5}) {
        const Timestamp then = SystemNow() - std::chrono::hours((17 - run) * 24);
        EXPECT_TRUE((*tx)->Run("UPDATE readings SET finished_at = :then WHERE run_id = :run",
                               {{"then", then}, {"run", run}}));
      }
      EXPECT_TRUE(tx->Commit());
    }
    const Finished sixth = Do({"run"});
    EXPECT_EQ(sixth.code, 2) << sixth.err;
    EXPECT_THAT(sixth.out, HasSubstr("20 expiries are withheld"));
    return company;
  }

  std::int64_t Open() { return Json({"jobs"}).at("total").as_int64(); }
};

TEST_P(Withheld, AreListedWithTheEvidence) {
  const std::string company = WithholdTwenty();

  const json::value list = Json({"withheld", "6"});
  const Finished text = Do({"withheld", "6"});
  const json::value before = Json({"withheld", "5"});

  EXPECT_EQ(list.as_array().size(), 20u);
  EXPECT_EQ(before.as_array().size(), 0u);
  EXPECT_THAT(text.out, HasSubstr(company + ": 20 would leave, and wait"));
  EXPECT_THAT(text.out, HasSubstr("absent from a complete listing of 20"));
  EXPECT_THAT(text.out, HasSubstr("its own page stands"));
  EXPECT_EQ(Open(), 80);
}

TEST_P(Withheld, ExpireOnAPersonsWordOnceTheBoardWasReadAgain) {
  const std::string company = WithholdTwenty();
  ASSERT_TRUE(sim().Keep(company, 25, UnlistedPages::kStand));

  const json::value run = Json({"withheld", "6", "--expire", company});
  const Finished again = Do({"withheld", "6", "--expire", company});

  const json::object& part = CompanyOf(run, company);
  EXPECT_EQ(Number(part, "expired"), 15);
  EXPECT_EQ(Number(part, "unchanged"), 25);
  EXPECT_EQ(Number(part, "withheld"), 0);
  EXPECT_EQ(run.at("companies").as_array().size(), 1u);
  EXPECT_EQ(Open(), 65);
  const json::value gone = Json({"jobs", "--status", "expired"});
  EXPECT_EQ(gone.at("jobs").at(0).at("expired_reason").as_string(), "confirmed");
  const std::string id = std::to_string(gone.at("jobs").at(0).at("id").as_int64());
  EXPECT_THAT(Do({"job", id}).out, HasSubstr("a person agreed"));
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.err, HasSubstr("is withheld"));
}

TEST_P(Withheld, ExpireNothingWhereTheBoardCannotBeReadAgain) {
  const std::string company = WithholdTwenty();
  ASSERT_TRUE(sim().SetFault(company, "truncated_json"));

  const Finished run = Do({"withheld", "6", "--expire", company});

  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(Open(), 80);
  EXPECT_EQ(Json({"withheld", "6"}).as_array().size(), 20u);
}

TEST_P(Withheld, StayWhereAPersonKeepsThem) {
  const std::string company = WithholdTwenty();

  const Finished kept = Do({"withheld", "6", "--keep", company});
  const json::value run = Json({"run"});

  EXPECT_EQ(kept.code, 0) << kept.err;
  EXPECT_THAT(kept.err, HasSubstr("20 of " + company + " are kept"));
  EXPECT_EQ(Number(CompanyOf(run, company), "missing"), 20);
  EXPECT_EQ(Number(CompanyOf(run, company), "withheld"), 0);
  EXPECT_EQ(Number(CompanyOf(run, company), "expired"), 0);
  EXPECT_EQ(Open(), 80);
  EXPECT_EQ(Json({"withheld", "6"}).as_array().size(), 0u);
}

TEST_P(Withheld, OfACompanyThatIsNoneNameTheNearest) {
  const std::string company = WithholdTwenty();

  const Finished refused = Do({"withheld", "6", "--keep", company + "s"});

  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("Did you mean " + company + "?"));
}

class Unreachable : public Withheld {
 protected:
  // The first company's board fails a second time fifteen days after the first: the third run
  // offers its jobs.
  std::string OfferForty() {
    Simulate(2, 40);
    FollowAll();
    Do({"run"});
    std::string company = sim().Companies()[0].name;
    EXPECT_TRUE(sim().SetFault(company, "http_403"));
    EXPECT_EQ(Number(CompanyOf(Json({"run"}), company), "withheld"), 0);
    {
      auto tx = test_database().database().Write();
      EXPECT_TRUE((*tx)->Run("UPDATE readings SET finished_at = :then",
                             {{"then", SystemNow() - std::chrono::hours(15 * 24)}}));
      EXPECT_TRUE(tx->Commit());
    }
    const Finished third = Do({"run"});
    EXPECT_EQ(third.code, 2) << third.err;
    EXPECT_THAT(third.out, HasSubstr("its jobs are offered for expiry as unreachable"));
    return company;
  }
};

TEST_P(Unreachable, BoardsOfferTheirJobsWhichStayReadable) {
  const std::string company = OfferForty();

  const Finished text = Do({"withheld", "3"});
  const json::value run = Json({"run"});

  EXPECT_THAT(text.out, HasSubstr(company + ": 40 would leave, and wait"));
  EXPECT_THAT(text.out, HasSubstr("its board is not readable since 20"));
  EXPECT_EQ(Open(), 80);
  const json::object& part = CompanyOf(run, company);
  EXPECT_EQ(part.at("status").as_string(), "error");
  EXPECT_EQ(Number(part, "withheld"), 40);
  EXPECT_EQ(Number(part, "active_before"), 40);
  EXPECT_EQ(Number(part, "not_reconciled"), 0);
  EXPECT_EQ(Number(part, "included"), 0);
}

TEST_P(Unreachable, BoardsLoseTheirJobsOnAPersonsWordWhereTheyFailAgain) {
  const std::string company = OfferForty();

  const Finished expired = Do({"withheld", "3", "--expire", company});
  const json::value gone = Json({"jobs", "--status", "expired"});
  ASSERT_TRUE(sim().SetFault(company, "none"));
  const json::value back = Json({"run"});

  EXPECT_EQ(expired.code, 1) << expired.err;
  EXPECT_EQ(gone.at("total").as_int64(), 40);
  EXPECT_EQ(gone.at("jobs").at(0).at("expired_reason").as_string(), "unreachable");
  const std::string id = std::to_string(gone.at("jobs").at(0).at("id").as_int64());
  EXPECT_THAT(Do({"job", id}).out, HasSubstr("a person agreed"));
  EXPECT_EQ(Number(CompanyOf(back, company), "reopened"), 40);
  EXPECT_EQ(Open(), 80);
}

TEST_P(Unreachable, BoardsWithdrawTheirOfferWhereTheyAreReadAgain) {
  const std::string company = OfferForty();
  ASSERT_TRUE(sim().SetFault(company, "none"));
  ASSERT_TRUE(sim().Keep(company, 30, UnlistedPages::kStand));

  const json::value run = Json({"withheld", "3", "--expire", company});

  const json::object& part = CompanyOf(run, company);
  EXPECT_EQ(Number(part, "unchanged"), 30);
  EXPECT_EQ(Number(part, "missing"), 10);
  EXPECT_EQ(Number(part, "expired"), 0);
  EXPECT_EQ(Number(part, "withheld"), 0);
  EXPECT_EQ(Json({"withheld", "3"}).as_array().size(), 0u);
  EXPECT_EQ(Open(), 80);
}

TEST_P(Unreachable, BoardsKeepTheirJobsOnAPersonsWord) {
  const std::string company = OfferForty();

  const Finished kept = Do({"withheld", "3", "--keep", company});
  const json::value run = Json({"run"});

  EXPECT_EQ(kept.code, 0) << kept.err;
  EXPECT_EQ(Number(CompanyOf(run, company), "withheld"), 0);
  EXPECT_EQ(Number(CompanyOf(run, company), "not_reconciled"), 40);
  EXPECT_EQ(Json({"withheld", "3"}).as_array().size(), 0u);
}

ROLECALL_ON_BOTH_DATABASES(Withheld);
ROLECALL_ON_BOTH_DATABASES(Unreachable);

}  // namespace
}  // namespace rolecall
