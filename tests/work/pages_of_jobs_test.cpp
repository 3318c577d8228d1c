// A job that is known by what its page says, or by the page's path, is one row through both.
#include <gtest/gtest.h>

#include "tests/support/pretended_site.h"
#include "tests/support/written_board.h"

namespace rolecall {
namespace {

class PagesOfJobs : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    if (TestDatabase::LeftOut(GetParam())) GTEST_SKIP();
    database_ = std::make_unique<TestDatabase>(GetParam());
    board_.emplace(*WrittenBoard::Add(database_->database(), *FindBoard("jsonld", kToken)));
  }

  // What a reading makes of so many jobs that give one identifier, each of a title of its own.
  std::string Write(int jobs) {
    std::vector<std::string> paths;
    for (int job = 1; job <= jobs; ++job) paths.push_back(fmt::format("/jobs/{}", job));
    PretendedSite site("/sitemap.xml", SitemapOf(paths));
    for (const std::string& path : paths)
      site.Put(path, PostingPage("Cook of " + path, R"("identifier":"4711")"));
    return WriteSite(site);
  }

  // Of a page with the identifier, and a second one that says no title.
  std::string WriteWithAnUnreadable() {
    PretendedSite site("/sitemap.xml", SitemapOf({"/jobs/1", "/jobs/2"}));
    site.Put("/jobs/1", PostingPage("Cook of /jobs/1", R"("identifier":"4711")"));
    site.Put("/jobs/2", PostingPage("", R"("identifier":"4712")"));
    return WriteSite(site);
  }

  std::string WriteSite(PretendedSite& site) {
    now_ += std::chrono::hours(25);
    const BoardPlan plan = *board_->Write(
        site.Read(kToken), [](const FetchRequest&) { return Response{.status = 503}; }, now_);
    return fmt::format("{} unchanged, {} new, {} missing", plan.Count(BoardFate::kUnchanged),
                       plan.Count(BoardFate::kNew), plan.Count(BoardFate::kMissing));
  }

  std::string Ids() const {
    std::vector<std::string> ids;
    for (const KnownJob& job : board_->Known()->jobs)
      ids.push_back(fmt::format("{}: {}", job.id, job.external_id));
    std::ranges::sort(ids);
    return fmt::format("{}", fmt::join(ids, ", "));
  }

 private:
  static constexpr std::string_view kToken = "acme.example/sitemap.xml";
  std::unique_ptr<TestDatabase> database_;
  std::optional<WrittenBoard> board_;
  Timestamp now_ = kTestNow;
};

TEST_P(PagesOfJobs, KeepTheirRowsWhenTheirIdsChange) {
  EXPECT_EQ(Write(1), "0 unchanged, 1 new, 0 missing");
  EXPECT_EQ(Ids(), "1: 4711");

  EXPECT_EQ(Write(2), "1 unchanged, 1 new, 0 missing");
  EXPECT_EQ(Ids(), "1: /jobs/1, 2: /jobs/2");

  EXPECT_EQ(Write(1), "1 unchanged, 0 new, 1 missing");
  EXPECT_EQ(Ids(), "1: 4711, 2: /jobs/2");
}

TEST_P(PagesOfJobs, KeepTheirIdsWhileAnEntryOfSomePageCannotBeRead) {
  Write(2);
  EXPECT_EQ(Ids(), "1: /jobs/1, 2: /jobs/2");

  WriteWithAnUnreadable();
  EXPECT_EQ(Ids(), "1: /jobs/1, 2: /jobs/2, 3: 4711");

  Write(1);
  EXPECT_EQ(Ids(), "1: 4711, 2: /jobs/2") << "the rows of the page are one again";
}

INSTANTIATE_TEST_SUITE_P(Both, PagesOfJobs, testing::Values(Dialect::kSqlite, Dialect::kPostgres),
                         [](const auto& one) {
                           return one.param == Dialect::kSqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace rolecall
