// What a user hid and applied for.
#include "store/users/marks.h"

#include <gmock/gmock.h>

#include <functional>

#include "db/columns.h"
#include "store/users/job_search.h"
#include "tests/store/search_rig.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MarksSuite : public SearchSuite {
 protected:
  void SetUp() override {
    SearchSuite::SetUp();
    if (IsSkipped()) return;
    List({{"Cook", "Bern"}, {"Baker", "Basel"}});
    List({{"Waiter", "Bern"}}, "bolt");
  }
  std::int64_t IdOf(std::string_view title) {
    return Needed(QueryOne(*Needed(database().Reader()),
                           "SELECT id FROM board_jobs WHERE title = :title", {{"title", title}},
                           FirstColumn<std::int64_t>))
        .value_or(0);
  }
  template <typename Change>
  auto Write(Change change) {
    auto tx = Needed(database().Write());
    auto changed = change(tx);
    if (changed) Needed(tx.Commit());
    return changed;
  }
  void Set(std::string_view title, JobMark mark, Timestamp at = kTestNow) {
    Needed(Write([&](Transaction& tx) { return SetJobMark(tx, {kUser, IdOf(title)}, mark, at); }));
  }
  void Clear(std::string_view title, JobMark mark) {
    Needed(Write([&](Transaction& tx) { return ClearJobMark(tx, {kUser, IdOf(title)}, mark); }));
  }
  // By the roll and by rows, which have to agree; in the order of titles.
  std::vector<std::string> Titles(const std::string& text) {
    auto found = Find(text).titles;
    std::ranges::sort(found);
    std::vector<std::string> by_rows;
    JobWalk walk(kUser, {.text = text, .companies = {}});
    const auto db = Needed(database().Reader());
    for (auto jobs = Needed(walk.Next(*db)); !jobs.empty(); jobs = Needed(walk.Next(*db)))
      for (const JobRow& job : jobs) by_rows.push_back(job.title);
    std::ranges::sort(by_rows);
    EXPECT_EQ(found, by_rows);
    return found;
  }
  JobRow Row(std::string_view title) {
    return Needed(LoadJobsById(*Needed(database().Reader()), kUser, {IdOf(title)})).at(0);
  }
};

TEST_P(MarksSuite, HideAJobUntilTheyAreTakenBack) {
  EXPECT_THAT(Titles(""), ElementsAre("Baker", "Cook", "Waiter"));

  Set("Cook", JobMark::kHidden);

  EXPECT_THAT(Titles(""), ElementsAre("Baker", "Waiter"));
  EXPECT_THAT(Titles("cook"), IsEmpty());
  EXPECT_THAT(Titles("is:hidden"), ElementsAre("Cook"));
  EXPECT_THAT(Titles("is:hidden baker"), IsEmpty());

  Clear("Cook", JobMark::kHidden);
  EXPECT_THAT(Titles(""), ElementsAre("Baker", "Cook", "Waiter"));
  Clear("Cook", JobMark::kHidden);
  EXPECT_THAT(Titles("is:hidden"), IsEmpty());
}

TEST_P(MarksSuite, TellWhatWasAppliedForAndKeepItsDay) {
  Set("Cook", JobMark::kApplied);
  Set("Cook", JobMark::kApplied, kTestNow + std::chrono::hours(1));
  Set("Baker", JobMark::kApplied);
  Set("Baker", JobMark::kHidden);

  EXPECT_THAT(Titles("is:applied"), ElementsAre("Cook"));
  EXPECT_THAT(Titles("is:applied is:hidden"), ElementsAre("Baker"));
  EXPECT_EQ(Row("Cook").applied_at, kTestNow);

  Clear("Baker", JobMark::kHidden);
  EXPECT_THAT(Titles("is:applied"), ElementsAre("Baker", "Cook"));
}

TEST_P(MarksSuite, HideACompanyWithTheJobsThatComeLater) {
  Needed(Write([](Transaction& tx) { return HideCompany(tx, {kUser, "acme"}, kTestNow); }));
  EXPECT_THAT(Titles(""), ElementsAre("Waiter"));

  List({{"Cook", "Bern"}, {"Baker", "Basel"}, {"Butcher", "Basel"}}, "acme 2");
  Needed(Write([](Transaction& tx) { return RenameMarkedCompany(tx, {kUser, "acme"}, "acme 2"); }));
  EXPECT_EQ(Needed(LoadMarks(*Needed(database().Reader()), kUser)).hidden_companies,
            std::vector<std::string>{"acme 2"});
  EXPECT_TRUE(Row("Butcher").company_hidden_at.has_value());

  Needed(Write([](Transaction& tx) { return ShowCompany(tx, {kUser, "acme 2"}); }));
  EXPECT_THAT(Titles("butcher"), ElementsAre("Butcher"));
}

TEST_P(MarksSuite, ListHiddenCompaniesWithTheirOpenJobs) {
  Needed(Write([](Transaction& tx) { return HideCompany(tx, {kUser, "bolt"}, kTestNow); }));
  Needed(Write([](Transaction& tx) { return HideCompany(tx, {kUser, "acme"}, kTestNow); }));
  Needed(Write([&](Transaction& tx) {
    return tx->Run("UPDATE user_jobs SET expired_at = :now WHERE company <> 'acme'",
                   {{"now", kTestNow}});
  }));

  const auto hidden = Needed(ListHiddenCompanies(*Needed(database().Reader()), kUser));
  const auto others = Needed(ListHiddenCompanies(*Needed(database().Reader()), kOther));

  ASSERT_EQ(hidden.size(), 2);
  EXPECT_EQ(hidden[0].company, "acme");
  EXPECT_EQ(hidden[0].open_jobs, 2);
  EXPECT_EQ(hidden[0].hidden_at, kTestNow);
  EXPECT_EQ(hidden[1].company, "bolt");
  EXPECT_EQ(hidden[1].open_jobs, 0);
  EXPECT_THAT(others, IsEmpty());
}

TEST_P(MarksSuite, AreOfOnesOwnJobsAndCompaniesAlone) {
  const auto code_of = [](const auto& result) {
    return result ? std::optional<Errc>() : result.error().code;
  };
  const std::int64_t cook = IdOf("Cook");

  for (const JobOfUser& job : {JobOfUser{kOther, cook}, JobOfUser{kUser, 4711}}) {
    EXPECT_EQ(code_of(Write([&](Transaction& tx) {
                return SetJobMark(tx, job, JobMark::kHidden, kTestNow);
              })),
              Errc::kNotFound);
    EXPECT_EQ(
        code_of(Write([&](Transaction& tx) { return ClearJobMark(tx, job, JobMark::kHidden); })),
        Errc::kNotFound);
  }
  EXPECT_EQ(
      code_of(Write([](Transaction& tx) { return HideCompany(tx, {kUser, "nobody"}, kTestNow); })),
      Errc::kNotFound);
}

TEST_P(MarksSuite, SayWhereAHiddenJobChangedUntilItIsHiddenAnew) {
  Set("Cook", JobMark::kHidden);
  Set("Baker", JobMark::kHidden);
  Needed(Write([&](Transaction& tx) {
    return tx->Run(
        "INSERT INTO job_events (job_id, reading_id, kind, at) VALUES (:cook, 1, 'content', :at), "
        "(:baker, 1, 'missing', :at)",
        {{"cook", IdOf("Cook")},
         {"baker", IdOf("Baker")},
         {"at", kTestNow + std::chrono::hours(1)}});
  }));

  EXPECT_TRUE(Row("Cook").changed_since_hidden);
  EXPECT_FALSE(Row("Baker").changed_since_hidden);
  EXPECT_THAT(Titles("is:hidden"), ElementsAre("Baker", "Cook"));

  Set("Cook", JobMark::kHidden, kTestNow + std::chrono::hours(2));
  EXPECT_FALSE(Row("Cook").changed_since_hidden);
}

ROLECALL_ON_BOTH_DATABASES(MarksSuite);

}  // namespace
}  // namespace rolecall
