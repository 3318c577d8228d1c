// Which jobs made the numbers of runs, and what differs between two of them.
#include "store/runs/run_fates.h"

#include <gmock/gmock.h>

#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RunFatesSuite : public BothDatabases {
 protected:
  template <typename Change>
  auto Write(Change change) {
    auto tx = Needed(database().Write());
    auto changed = change(tx);
    if (changed) Needed(tx.Commit());
    return changed;
  }
  void End(std::int64_t run) {
    Needed(Write([&](Transaction& tx) {
      return tx->Run(
          "UPDATE ingestion_runs SET status = 'finished', finished_at = :now WHERE id = :run",
          {{"now", kTestNow}, {"run", run}});
    }));
  }
  std::int64_t Begin(std::int64_t user = kUser) {
    return Needed(Write([&](Transaction& tx) {
      return AddRun(tx,
                    {.run_key = fmt::format("key {}", ++keys_), .user_id = user, .trigger = "cli"},
                    {}, kTestNow);
    }));
  }
  void Keep(std::int64_t run, const std::vector<FateOfJob>& fates,
            std::string_view company = "acme") {
    Needed(Write([&](Transaction& tx) { return KeepFates(tx, {run, company}, fates); }));
  }
  // A run that is over.
  std::int64_t Made(const std::vector<FateOfJob>& fates) {
    const std::int64_t run = Begin();
    Keep(run, fates);
    End(run);
    return run;
  }
  std::vector<std::int64_t> Jobs(std::int64_t run, UserFate fate) {
    return Needed(
        LoadJobsOfFate(*Needed(database().Reader()), {.user_id = kUser, .id = run}, fate));
  }
  Result<RunsCompared> Compare(std::int64_t earlier, std::int64_t later) {
    return CompareRuns(*Needed(database().Reader()), kUser, earlier, later);
  }

  int keys_ = 0;
};

TEST_P(RunFatesSuite, TellWhichJobsMadeANumber) {
  const std::int64_t run = Begin();
  Keep(run, {{7, UserFate::kNew},
             {3, UserFate::kNew},
             {4, UserFate::kExpired},
             {5, UserFate::kUnchanged}});
  Keep(run, {{9, UserFate::kExpired}});
  Keep(run, {{1, UserFate::kNew}}, "bolt");

  EXPECT_THAT(Jobs(run, UserFate::kNew), ElementsAre(1, 3, 7));
  EXPECT_THAT(Jobs(run, UserFate::kExpired), ElementsAre(4, 9));
  EXPECT_THAT(Jobs(run, UserFate::kMissing), IsEmpty());
  EXPECT_THAT(Jobs(run, UserFate::kUnchanged), IsEmpty());
}

TEST_P(RunFatesSuite, ComparedAreWhatDiffersBetweenTheEndsOfTwoRuns) {
  const std::int64_t first = Made({{1, UserFate::kNew},
                                   {2, UserFate::kNew},
                                   {3, UserFate::kNew},
                                   {4, UserFate::kNew},
                                   {5, UserFate::kNew},
                                   {8, UserFate::kNew}});
  const std::int64_t second = Made({{5, UserFate::kExpired}});
  Made({{1, UserFate::kChanged},
        {2, UserFate::kExpired},
        {6, UserFate::kNew},
        {7, UserFate::kNew},
        {3, UserFate::kMissing}});
  Made({{5, UserFate::kReopened}, {7, UserFate::kExpired}, {2, UserFate::kReopened}});
  const std::int64_t last = Made({{8, UserFate::kExpired}, {3, UserFate::kWithheld}});

  const RunsCompared all = Needed(Compare(second, last));
  EXPECT_THAT(all.came, ElementsAre(6)) << "7 came and left between";
  EXPECT_THAT(all.back, ElementsAre(5));
  EXPECT_THAT(all.changed, ElementsAre(1));
  EXPECT_THAT(all.gone, ElementsAre(8)) << "2 left and came back between";

  const RunsCompared from_first = Needed(Compare(first, last));
  EXPECT_THAT(from_first.back, IsEmpty()) << "5 was there, left and came back";
  EXPECT_THAT(from_first.came, ElementsAre(6));
  const RunsCompared none = Needed(Compare(last, last));
  EXPECT_EQ(none.came.size() + none.back.size() + none.changed.size() + none.gone.size(), 0);
}

TEST_P(RunFatesSuite, AreOfOnesOwnRunsThatAreOverAndKeptAlone) {
  const std::int64_t before = Made({});
  const std::int64_t older = Made({{1, UserFate::kNew}});
  const std::int64_t made = Made({{2, UserFate::kNew}});
  Needed(Write([&](Transaction& tx) {
    return tx->Run("UPDATE ingestion_runs SET keeps_fates = FALSE WHERE id = :run",
                   {{"run", older}});
  }));
  const auto code_of = [](const auto& result) {
    return result ? std::optional<Errc>() : result.error().code;
  };
  const auto jobs = [&](std::int64_t user, std::int64_t run) {
    return code_of(
        LoadJobsOfFate(*Needed(database().Reader()), {.user_id = user, .id = run}, UserFate::kNew));
  };

  EXPECT_EQ(jobs(kUser, older), Errc::kConflict);
  EXPECT_EQ(jobs(kOther, made), Errc::kNotFound);
  EXPECT_EQ(jobs(kUser, 4711), Errc::kNotFound);
  EXPECT_EQ(code_of(Compare(before, made)), Errc::kConflict);
  EXPECT_EQ(code_of(Compare(older, made)), std::nullopt) << "what it left itself is no matter";
  EXPECT_EQ(code_of(Compare(4711, made)), Errc::kNotFound);
  const std::int64_t active = Begin();
  EXPECT_EQ(code_of(Compare(made, active)), Errc::kConflict);
}

ROLECALL_ON_BOTH_DATABASES(RunFatesSuite);

}  // namespace
}  // namespace rolecall
