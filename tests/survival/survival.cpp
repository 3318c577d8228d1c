// Faults and churn by the number of the round, so that every copy meets the same.
#include "tests/survival/survival.h"

#include "store/runs/run_lines.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

constexpr int kCompanies = 72;  // each fault in each round, once

}  // namespace

std::vector<std::string> Left(Database& database, std::int64_t run_id) {
  auto db = database.Reader();
  EXPECT_TRUE(db);
  auto left = QueryAll(
      **db,
      "SELECT v.company, v.external_id, v.status, v.expired_reason, j.digest, v.description, "
      "v.requirements, j.title, j.missing_reading IS NOT NULL, j.withheld_at IS NOT NULL "
      "FROM jobs v JOIN board_jobs j ON j.id = v.id WHERE v.user_id = :user "
      "ORDER BY v.company, v.external_id",
      {{"user", kUser}}, [](const Row& row) {
        return fmt::format("{} {} {} {} {} {} {} {} {}{}", row.Text(0), row.Text(1), row.Text(2),
                           row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7),
                           row.Bool(8) ? "missing" : "", row.Bool(9) ? "withheld" : "");
      });
  EXPECT_TRUE(left);
  const auto run = LoadRun(**db, kUser, run_id);
  EXPECT_TRUE(run);
  const auto told = [](const std::string& name, const CompanyCounts& c) {
    return fmt::format("{}: {} {} {} | {} {} {} {} | {} {} {} | {} {} | {} {} {}", name, c.listed,
                       c.included, c.excluded, c.new_jobs, c.changed, c.unchanged, c.reopened,
                       c.missing, c.expired, c.withheld, c.active_before, c.not_reconciled, c.ready,
                       c.skipped, c.failed);
  };
  for (const CompanyOfRun& one : run->companies)
    left->push_back(told(one.company, one.counts) + " " + std::string(Name(one.stage)) + " " +
                    one.error_message);
  left->push_back(told("all", run->totals) + " " + std::string(Name(run->status)));
  std::vector<std::string> warnings;
  for (const RunWarning& one : run->warnings) warnings.push_back(one.company + ": " + one.message);
  std::ranges::sort(warnings);
  left->insert(left->end(), warnings.begin(), warnings.end());
  return *left;
}

void ExpectTheSame(const std::vector<std::string>& found, const std::vector<std::string>& wanted) {
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i], wanted[i]);
}

std::int64_t NumberOf(Database& database, Sql sql, const Binds& binds) {
  auto db = database.Reader();
  EXPECT_TRUE(db);
  const auto number = QueryOne(**db, sql, binds, [](const Row& row) { return row.Int(0); });
  EXPECT_TRUE(number) << number.error().message;
  return number && *number ? **number : -1;
}

void ExpectWhole(Database& database, std::int64_t run_id) {
  const Binds run{{"run", run_id}};
  EXPECT_EQ(
      NumberOf(database, "SELECT count(*) - max(seq) FROM run_lines WHERE run_id = :run", run), 0)
      << "the log has a gap";
  EXPECT_EQ(NumberOf(database,
                     "SELECT count(*) FROM run_lines WHERE run_id = :run AND message LIKE 'RUN "
                     "finished%'",
                     run),
            1);
  EXPECT_EQ(NumberOf(database,
                     "SELECT count(*) FROM (SELECT board_id FROM readings WHERE run_id = :run AND "
                     "completeness IN ('complete', 'confirmed') GROUP BY board_id HAVING count(*) "
                     "> 1) AS twice",
                     run),
            0)
      << "a complete reading was made twice";
  EXPECT_EQ(NumberOf(database,
                     "SELECT count(*) FROM readings a JOIN readings b ON a.board_id = b.board_id "
                     "AND a.id < b.id AND a.started_at < b.finished_at AND b.started_at < "
                     "a.finished_at"),
            0)
      << "a board was read by two at once";
  EXPECT_EQ(NumberOf(database, "SELECT count(*) FROM run_contents"), 0);
  EXPECT_EQ(NumberOf(database, "SELECT count(*) FROM run_companies WHERE worker IS NOT NULL"), 0);
  EXPECT_EQ(
      NumberOf(database,
               "SELECT count(*) FROM (SELECT user_id, job_id FROM user_jobs GROUP BY user_id, "
               "job_id HAVING count(*) > 1) AS twice"),
      0);
}

void Survival::Prepare(std::chrono::milliseconds delay) {
  SimSettings settings{
      .companies = kCompanies, .jobs = 3, .seed = 23, .churn = 0.3, .delay = delay};
  Simulate(settings);
  FollowAllIn(database(), kUser);
  for (int round = 1; round <= 2; ++round) {
    SetFaults(round);
    UseDatabase(test_database());
    ASSERT_EQ(Do({"run"}).code, 2);
    sim().Next();
  }
  SetFaults(3);
}

void Survival::SetFaults(int round) {
  static constexpr std::array kFaults{"http_500",  "html",         "empty_list",
                                      "half",      "wraps",        "duplicates",
                                      "bad_bytes", "page_3_fails", "bare_entry"};
  const auto companies = sim().Companies();
  for (std::size_t i = 0; i < companies.size(); ++i) {
    const bool faulty = (i + static_cast<std::size_t>(round)) % 9 == 0;
    ASSERT_TRUE(
        sim().SetFault(companies[i].name, faulty ? kFaults[(i / 9) % kFaults.size()] : "none"));
    const bool keeps = (i + static_cast<std::size_t>(round)) % 7 == 0;
    ASSERT_TRUE(sim().Keep(companies[i].name, keeps ? std::optional(2) : std::nullopt,
                           i % 2 == 0 ? UnlistedPages::kStand : UnlistedPages::kGone));
  }
}

}  // namespace rolecall
