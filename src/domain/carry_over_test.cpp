// What becomes of rows that were kept under whole paths.
#include "domain/carry_over.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/property/builders.h"

namespace rolecall {
namespace {

// "R1" of "/Bern/Cook_R1".
std::string BehindTheLowLine(std::string_view path) {
  return std::string(path.substr(path.rfind('_') + 1));
}

// As it was kept under its whole path, listed still.
KnownJob Row(std::int64_t id, std::string path) {
  return {.id = id,
          .external_id = path,
          .title = "Title of " + path,
          .location = "Bern",
          .url = "https://board.test" + path,
          .digest = "digest of " + path,
          .content_digest = "content of " + path,
          .changed_reading = id};
}

KnownJob Missing(KnownJob job, std::int64_t last_seen) {
  job.missing_reading = last_seen + 1;
  job.last_seen_reading = last_seen;
  return job;
}

KnownJob Expired(KnownJob job, std::int64_t last_seen) {
  job = Missing(std::move(job), last_seen);
  job.expired = true;
  return job;
}

struct Carried {
  std::vector<KnownJob> jobs;
  std::vector<CarriedJob> carried;
};

Carried CarryRows(std::vector<KnownJob> rows) {
  KnownBoard known;
  known.jobs = std::move(rows);
  auto carried = CarryOver(known, BehindTheLowLine);
  return {std::move(known.jobs), std::move(carried)};
}

TEST(CarryOver, GivesARowTheIdInItsPath) {
  const auto [jobs, carried] = CarryRows({Row(1, "/Bern/Cook_R1"), Row(2, "/Bern/Chef_R2")});

  ASSERT_EQ(jobs.size(), 2u);
  EXPECT_EQ(jobs[0].external_id, "R1");
  EXPECT_EQ(jobs[0].path, "/Bern/Cook_R1");
  EXPECT_EQ(jobs[0].digest, "digest of /Bern/Cook_R1");
  ASSERT_EQ(carried.size(), 2u);
  EXPECT_EQ(carried[1].id, 2);
  EXPECT_EQ(carried[1].shown, 2);
  EXPECT_EQ(carried[1].content, 2);
  EXPECT_TRUE(carried[1].gone.empty());
  EXPECT_EQ(carried[1].external_id, "R2");
  EXPECT_EQ(carried[1].path, "/Bern/Chef_R2");
}

TEST(CarryOver, LeavesWhatWasCarriedOverAsItIs) {
  KnownBoard known;
  known.jobs = {Row(1, "/Bern/Cook_R1"), Row(2, "/Bern/Chef_R1"), Row(3, "no path")};
  CarryOver(known, BehindTheLowLine);
  ASSERT_EQ(known.jobs.size(), 2u);

  EXPECT_TRUE(CarryOver(known, BehindTheLowLine).empty());

  EXPECT_EQ(known.jobs.size(), 2u);
  EXPECT_EQ(known.jobs[1].external_id, "no path");
  EXPECT_EQ(known.jobs[1].path, "");
}

TEST(CarryOver, FindsNoIdInAnId) {
  KnownBoard known;
  known.jobs = {Row(1, "/Bern/Cook_R_1")};
  const auto behind_the_first = [](std::string_view path) {
    return std::string(path.substr(path.find('_') + 1));
  };
  CarryOver(known, behind_the_first);
  ASSERT_EQ(known.jobs[0].external_id, "R_1");

  EXPECT_TRUE(CarryOver(known, behind_the_first).empty());
}

TEST(CarryOver, MakesOneJobOfRowsOfOneIdWithTheWordsOfTheOneSeenLatest) {
  const auto [jobs, carried] =
      CarryRows({Missing(Row(1, "/Bern/Cook_R1"), 4), Row(2, "/Bern/Baker_R2"),
                 Row(3, "/Bern/Senior-Cook_R1"), Expired(Row(4, "/Bern/Chef_R1"), 9)});

  ASSERT_EQ(jobs.size(), 2u);
  EXPECT_EQ(jobs[0].id, 1);
  EXPECT_EQ(jobs[0].external_id, "R1");
  EXPECT_EQ(jobs[0].path, "/Bern/Senior-Cook_R1");
  EXPECT_EQ(jobs[0].title, "Title of /Bern/Senior-Cook_R1");
  EXPECT_EQ(jobs[0].digest, "digest of /Bern/Senior-Cook_R1");
  EXPECT_EQ(jobs[0].changed_reading, 3);
  EXPECT_EQ(jobs[0].missing_reading, std::nullopt);
  EXPECT_EQ(jobs[0].last_seen_reading, 0);
  EXPECT_FALSE(jobs[0].expired);
  EXPECT_EQ(jobs[1].id, 2);
  EXPECT_EQ(carried[0].shown, 3);
  EXPECT_EQ(carried[0].gone, (std::vector<std::int64_t>{3, 4}));
  EXPECT_EQ(carried[0].names.size(), 3u);
}

TEST(CarryOver, IsOpenWhereAnyRowIsAndMissingSinceTheLastOfThemWas) {
  const auto open = CarryRows(
      {Expired(Row(1, "/A_R1"), 9), Missing(Row(2, "/B_R1"), 4), Missing(Row(3, "/C_R1"), 6)});
  const auto left = CarryRows({Expired(Row(1, "/A_R1"), 9), Expired(Row(2, "/B_R1"), 4)});

  EXPECT_FALSE(open.jobs[0].expired);
  EXPECT_EQ(open.jobs[0].missing_reading, 7);
  EXPECT_EQ(open.jobs[0].last_seen_reading, 6);
  EXPECT_TRUE(left.jobs[0].expired);
  EXPECT_EQ(left.jobs[0].title, "Title of /A_R1");
}

TEST(CarryOver, TakesOfTwoThatAreListedTheSmallerPathAsAListingDoes) {
  const auto [jobs, carried] = CarryRows({Row(1, "/B_R1"), Row(2, "/A_R1")});

  EXPECT_EQ(jobs[0].id, 1);
  EXPECT_EQ(jobs[0].path, "/A_R1");
}

TEST(CarryOver, JoinsARowThatHasItsIdAlready) {
  auto known = Row(1, "R1");
  known.path = "/Bern/Cook_R1";

  const auto [jobs, carried] = CarryRows({Missing(known, 4), Row(2, "/Bern/Chef_R1")});

  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_EQ(jobs[0].path, "/Bern/Chef_R1");
  EXPECT_EQ(carried[0].gone, std::vector<std::int64_t>{2});
}

TEST(CarryOver, KeepsTheOldestContentThatIsReady) {
  auto none = Row(1, "/A_R1"), ready = Row(2, "/B_R1"), failed = Row(3, "/C_R1");
  none.content_state = ContentState::kOutstanding;
  failed.content_state = ContentState::kFailed;

  EXPECT_EQ(CarryRows({Row(1, "/Z_R1"), ready}).carried[0].content, 1);
  EXPECT_EQ(CarryRows({none, ready}).carried[0].content, 2);
  EXPECT_EQ(CarryRows({none, ready}).jobs[0].content_digest, "content of /B_R1");
  EXPECT_EQ(CarryRows({Expired(failed, 4), Row(9, "/Z_R2"), none}).carried[0].content, 1)
      << "none is ready: what is asked for is the one that is shown";
}

// Listed at "/jobs/PAGE", by that or by another id.
ListedJob Listed(std::string_view page, std::string id = "") {
  const std::string path = "/jobs/" + std::string(page);
  ListedJob job{.external_id = id.empty() ? path : id, .title = "Cook", .url = "https://b.test"};
  if (!id.empty()) job.path = path;
  return job;
}

std::string IdsAfter(std::vector<KnownJob> rows, const std::vector<ListedJob>& listed) {
  KnownBoard known;
  known.jobs = std::move(rows);
  CarryOverPages(known, listed);
  EXPECT_TRUE(CarryOverPages(known, listed).empty());
  std::string ids;
  for (const KnownJob& job : known.jobs) ids += job.external_id + " at " + job.path + "; ";
  return ids;
}

KnownJob ByNumber(std::int64_t id, std::string_view page, std::string number) {
  KnownJob job = Row(id, std::move(number));
  job.path = "/jobs/" + std::string(page);
  return job;
}

TEST(CarryOverPages, FollowsAPageFromItsIdToItsPathAndBack) {
  EXPECT_EQ(IdsAfter({ByNumber(1, "a", "7")}, {Listed("a"), Listed("b")}), "/jobs/a at ; ");
  EXPECT_EQ(IdsAfter({Row(1, "/jobs/a"), Row(2, "/jobs/b")}, {Listed("a", "7")}),
            "7 at /jobs/a; /jobs/b at ; ");
}

TEST(CarryOverPages, LeavesAJobWhoseIdIsListed) {
  EXPECT_EQ(IdsAfter({ByNumber(1, "a", "7")}, {Listed("a"), Listed("b", "7")}), "7 at /jobs/a; ");
}

TEST(CarryOverPages, TakesAnotherNumberOfAPageForAnotherJob) {
  EXPECT_EQ(IdsAfter({ByNumber(1, "a", "7")}, {Listed("a", "8")}), "7 at /jobs/a; ");
  EXPECT_EQ(IdsAfter({Row(1, "/jobs/a")}, {Listed("a", "8"), Listed("a", "9")}), "/jobs/a at ; ");
}

TEST(CarryOverPages, LeavesTheRowsOfAPageThatShowedSeveral) {
  const KnownJob first = ByNumber(1, "a", "7"), second = ByNumber(2, "a", "8");

  EXPECT_EQ(IdsAfter({first, second}, {Listed("a")}), "7 at /jobs/a; 8 at /jobs/a; ");
  EXPECT_EQ(IdsAfter({Expired(first, 4), second}, {Listed("a")}), "7 at /jobs/a; 8 at /jobs/a; ");
}

TEST(CarryOverPages, JoinsARowThatHasTheIdAlready) {
  EXPECT_EQ(IdsAfter({Missing(ByNumber(1, "b", "7"), 4), Row(2, "/jobs/a")}, {Listed("a", "7")}),
            "7 at /jobs/a; ");
}

TEST(CarryOver, MakesOneRowOfAUsersRows) {
  const CarriedJob job{.id = 1, .gone = {2, 3}, .names = {}, .external_id = "R1", .path = {}};
  const auto rows_of = [&](std::vector<UserJob> rows) {
    UserView view{.jobs = std::move(rows), .last_reading_id = 7};
    CarryOver(view, {job});
    std::ranges::sort(view.jobs, {}, &UserJob::job_id);
    return view.jobs;
  };

  const auto active = rows_of({{.job_id = 1, .left = true, .missing = true},
                               {.job_id = 2, .wrote_reading = 8},
                               {.job_id = 3, .missing = true},
                               {.job_id = 9, .missing = true}});
  const auto moved = rows_of({{.job_id = 3, .left = true, .missing = true}});

  ASSERT_EQ(active.size(), 2u);
  EXPECT_EQ(active[0].job_id, 1);
  EXPECT_FALSE(active[0].left || active[0].missing);
  EXPECT_EQ(active[0].wrote_reading, 8);
  EXPECT_TRUE(active[1].missing);
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_EQ(moved[0].job_id, 1);
}

}  // namespace
}  // namespace rolecall
