// Pages of jobs, one job, and files of them, as the interface tells them.
#include "api/jobs.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <unistd.h>

#include "api/job_cursor.h"
#include "tests/store/board_rig.h"
#include "tests/support/api_rig.h"
#include "tests/support/temporary_folder.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

class Jobs : public testing::Test {
 protected:
  Jobs() : board_(rig_.database()) {
    std::vector<ListedJob> jobs = MakeJobs(1, 6);
    jobs[1].title = "=1+1, \"Sum\"";
    jobs[2].location = "Zürich";
    Needed(board_.Read(WholeListing(jobs)));
    // The last one is another user's.
    auto tx = Needed(rig_.database().Write());
    Needed(tx->Run(R"(
        INSERT INTO user_jobs (user_id, job_id, company, came_run_id, wrote_run_id)
        SELECT CASE WHEN id = 6 THEN 2 ELSE 1 END,
          id, CASE WHEN id < 3 THEN 'bolt' ELSE 'acme' END, 1, 1
        FROM board_jobs)"));
    Needed(tx.Commit());
  }

  Result<Reply> Ask(Handle handle, std::string query, std::vector<std::string> captured = {}) {
    const Request request{.method = "GET", .path = "/", .query = std::move(query)};
    return handle(rig_.parts(),
                  {.request = request, .captured = std::move(captured), .user = {rig_.User()}});
  }
  json::object Page(const std::string& query) {
    return json::parse(Needed(Ask(GetJobs, query)).body).as_object();
  }
  static std::vector<std::int64_t> Ids(const json::object& page) {
    std::vector<std::int64_t> ids;
    for (const json::value& job : page.at("jobs").as_array())
      ids.push_back(job.at("id").as_int64());
    return ids;
  }
  static std::string CursorIn(const json::object& page) {
    const json::value& cursor = page.at("next_cursor");
    return cursor.is_null() ? "" : std::string(cursor.as_string());
  }
  // The sentence that refuses a query, which begins with the parameter that it is about.
  std::string Refusal(Handle handle, const std::string& query) {
    const Reply reply = Needed(Ask(handle, query));
    if (reply.status != 422) return "accepted";
    const json::value misfit = json::parse(reply.body).at("detail").at(0);
    std::string sentence(misfit.at("msg").as_string());
    EXPECT_EQ(misfit.at("loc"), json::value({"query", sentence.substr(0, sentence.find(' '))}));
    return sentence;
  }
  // The whole of a file, as it is told.
  static std::string Whole(const Reply& reply) {
    std::string whole;
    while (true) {
      const std::string piece = Needed(reply.more());
      if (piece.empty()) return whole;
      whole += piece;
    }
  }

  ApiRig rig_;
  BoardRig board_;
};

TEST_F(Jobs, AreTheUsersOwnWithTheirNumbers) {
  const json::object page = Page("");

  EXPECT_THAT(Ids(page), ElementsAre(3, 4, 5, 2, 1));
  EXPECT_EQ(page.at("total"), 5);
  EXPECT_TRUE(page.at("next_cursor").is_null());
  EXPECT_EQ(json::serialize(page.at("facets")),
            R"({"company":{"acme":3,"bolt":2},)"
            R"("status":{"error":0,"expired":0,"pending":0,"ready":5},)"
            R"("place":{"Bern":4,"Zürich":1},"remote":{"yes":0,"no":5}})");
  const json::object& job = page.at("jobs").as_array()[0].as_object();
  EXPECT_EQ(job.at("first_seen_at"), json::value(ToIso(kTestNow)));
  EXPECT_EQ(job.at("location"), "Zürich");
  EXPECT_TRUE(job.at("missing_since").is_null());
}

TEST_F(Jobs, AreFoundByEveryParameter) {
  EXPECT_THAT(Ids(Page("q=ZURICH+cook")), ElementsAre(3));
  EXPECT_THAT(Ids(Page("company=bolt&sort=newest")), ElementsAre(2, 1));
  EXPECT_THAT(Ids(Page("company=bolt,acme&company=none&limit=1")), ElementsAre(3));
  EXPECT_THAT(Ids(Page("status=expired")), IsEmpty());
  EXPECT_THAT(Ids(Page("status=all&since=" + ToIso(kTestNow))), SizeIs(5));
  EXPECT_THAT(Ids(Page("since=2099-01-01")), IsEmpty());
}

TEST_F(Jobs, ComePageByPageUnderTheSameTotal) {
  for (const char* sort : {"company", "newest", "title"}) {
    const std::string query = fmt::format("sort={}&limit=2", sort);
    std::vector<std::int64_t> ids;
    std::string cursor;
    do {
      const json::object page =
          Page(cursor.empty() ? query : fmt::format("{}&cursor={}", query, cursor));
      EXPECT_EQ(page.at("total"), 5);
      for (const std::int64_t id : Ids(page)) ids.push_back(id);
      cursor = CursorIn(page);
    } while (!cursor.empty());

    EXPECT_EQ(ids, Ids(Page(fmt::format("sort={}", sort))));
  }
}

TEST_F(Jobs, AreFoundThoughAWordIsMistypedWhichIsSaid) {
  const json::object page = Page("q=zurcih");

  EXPECT_THAT(Ids(page), ElementsAre(3));
  EXPECT_EQ(page.at("corrected"), (json::value{{"from", "zurcih"}, {"to", "zurich"}}));
  EXPECT_FALSE(page.contains("search"));
  EXPECT_THAT(Ids(Page("q=zurcih&exact=true")), IsEmpty());
  EXPECT_FALSE(Page("q=zurich").contains("corrected"));
  EXPECT_THAT(Refusal(GetJobs, "exact=perhaps"), StartsWith("exact must be"));
}

TEST_F(Jobs, AreFoundByTheWordsAloneWhereThereIsNoIndexWhichIsSaid) {
  ApiParts parts = rig_.parts();
  parts.index = nullptr;
  const auto page = [&](std::string query) {
    const Request request{.method = "GET", .path = "/", .query = std::move(query)};
    return json::parse(
               Needed(GetJobs(parts, {.request = request, .captured = {}, .user = {rig_.User()}}))
                   .body)
        .as_object();
  };

  EXPECT_EQ(page("q=zurich").at("search"), "words only");
  EXPECT_THAT(Ids(page("q=zurich")), ElementsAre(3));
  EXPECT_THAT(Ids(page("q=zurcih")), IsEmpty());
  EXPECT_FALSE(page("q=place:zurich").contains("search"));
}

TEST_F(Jobs, AreFoundByTitlesWhileTextsAreTakenWhichIsSaid) {
  const TemporaryFolder folder;
  const auto index = Needed(KeptIndex::Open(rig_.database(), folder.path()));
  // Another process is just making theirs.
  const int lock =
      open((folder.path() + "/texts.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_EQ(flock(lock, LOCK_EX), 0);
  ApiParts parts = rig_.parts();
  parts.index = index.get();
  const Request request{.method = "GET", .path = "/", .query = "q=zurich"};

  const json::object page =
      json::parse(
          Needed(GetJobs(parts, {.request = request, .captured = {}, .user = {rig_.User()}})).body)
          .as_object();

  close(lock);
  EXPECT_THAT(Ids(page), ElementsAre(3));
  EXPECT_EQ(page.at("search"), "some texts");
}

TEST_F(Jobs, GoOnByNoCursorOfAnotherWayToLookForWords) {
  const std::string query = "q=cook&limit=1";
  const std::string cursor = CursorIn(Page(query));
  ASSERT_NE(cursor, "");
  ApiParts parts = rig_.parts();
  parts.index = nullptr;
  const Request request{.method = "GET", .path = "/", .query = query + "&cursor=" + cursor};

  EXPECT_EQ(
      Needed(GetJobs(parts, {.request = request, .captured = {}, .user = {rig_.User()}})).status,
      422);
  EXPECT_EQ(Ids(Page(request.query)).size(), 1);
}

TEST_F(Jobs, RefuseWhatCannotBeReadByName) {
  for (const char* query : {"limit=0", "limit=501", "limit=x", "status=gone", "sort=random",
                            "since=yesterday", "cursor=x", "q=%f"})
    EXPECT_THAT(Refusal(GetJobs, query),
                StartsWith(std::string(query).substr(0, std::string(query).find('=')) + " must be"))
        << query;
  EXPECT_THAT(Refusal(GetJobs, "q=" + std::string(201, 'x')), StartsWith("q must be at most 200"));
}

TEST_F(Jobs, RefuseACursorThatIsNotOfThisSearch) {
  const std::string cursor = CursorIn(Page("q=cook&limit=1"));
  ASSERT_THAT(Page("q=cook&limit=3&cursor=" + cursor).at("jobs").as_array(), SizeIs(3));

  for (const std::string& query : std::vector<std::string>{
           "q=cooks&cursor=" + cursor, "cursor=" + cursor, "q=cook&sort=title&cursor=" + cursor,
           "q=cook&status=open&cursor=" + cursor, "q=cook&company=acme&cursor=" + cursor,
           "q=cook&since=2020-01-01&cursor=" + cursor, "q=cook&cursor=" + cursor + "A",
           "q=cook&cursor=" + cursor.substr(1), "q=cook&cursor=W10",
           "q=cook&cursor=" + std::string(5'000, 'A')})
    EXPECT_THAT(Refusal(GetJobs, query), HasSubstr("cursor must be the next_cursor")) << query;
}

TEST(Cursor, ThatWasChangedAnywhereIsRefused) {
  const JobSearch search{.filter = {.text = "cook", .companies = {"acme"}, .since = kTestNow},
                         .after = {}};
  const JobPlace place{.first = "acme", .second = "köchin", .id = 42};
  const std::string cursor = CursorOf(search, place);
  EXPECT_EQ(ReadCursor(search, cursor).value(), place);

  for (std::size_t i = 0; i < cursor.size(); ++i) {
    std::string changed = cursor;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(ReadCursor(search, changed)) << i;
  }
}

TEST_F(Jobs, TellTheLifeOfOne) {
  const json::object job = json::parse(Needed(Ask(GetJob, "", {"3"})).body).as_object();

  EXPECT_EQ(job.at("id"), 3);
  EXPECT_EQ(job.at("description"), "<p>Text</p>");
  EXPECT_TRUE(job.at("requirements").is_null());
  ASSERT_THAT(job.at("events").as_array(), SizeIs(1));
  EXPECT_EQ(job.at("events").as_array()[0].at("kind"), "new");
  for (const char* none : {"6", "99", "0", "x"}) {
    const auto reply = Ask(GetJob, "", {none});
    ASSERT_FALSE(reply) << none;
    EXPECT_EQ(reply.error().code, Errc::kNotFound);
  }
}

TEST_F(Jobs, AreAFileWithoutFormulas) {
  const Reply reply = Needed(Ask(GetJobsExport, ""));
  const std::string csv = Whole(reply);

  EXPECT_THAT(reply.content_type, StartsWith("text/csv"));
  EXPECT_EQ(reply.headers.at(0).name, "Content-Disposition");
  EXPECT_EQ(reply.headers.at(0).value, "attachment; filename=\"jobs.csv\"");
  EXPECT_THAT(csv, StartsWith("id,company,external_id,title,"));
  EXPECT_EQ(std::ranges::count(csv, '\n'), 6);
  EXPECT_THAT(csv, HasSubstr("\r\n2,bolt,J2,\"'=1+1, \"\"Sum\"\"\",Bern,"));
}

TEST_F(Jobs, AreAFileOfWhatMatches) {
  const Reply reply = Needed(Ask(GetJobsExport, "format=jsonl&company=bolt&sort=title&limit=1"));
  const std::string lines = Whole(reply);

  EXPECT_EQ(reply.content_type, "application/x-ndjson");
  ASSERT_EQ(std::ranges::count(lines, '\n'), 2);
  EXPECT_EQ(json::parse(lines.substr(0, lines.find('\n'))).at("id"), 1);
  EXPECT_EQ(Whole(Needed(Ask(GetJobsExport, "format=jsonl&company=none"))), "");
  EXPECT_THAT(Refusal(GetJobsExport, "format=xml"), StartsWith("format must be"));
  EXPECT_THAT(Refusal(GetJobsExport, "status=x"), StartsWith("status must be"));
}

}  // namespace
}  // namespace rolecall
