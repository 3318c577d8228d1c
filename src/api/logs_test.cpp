// A run's log, page by page and as a file.
#include "api/logs.h"

#include <gmock/gmock.h>

#include "store/runs/run_lines.h"
#include "store/runs/runs.h"
#include "tests/store/board_rig.h"
#include "tests/support/api_rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

constexpr std::int64_t kStart = 1'790'000'000'000;

class Logs : public testing::Test {
 protected:
  Logs() {
    auto tx = Needed(rig_.database().Write());
    run_ = Needed(AddRun(tx, {.run_key = "key", .user_id = kUser, .trigger = "api"}, {}, kTestNow));
    Needed(tx.Commit());
  }
  void Append(std::vector<RunLine> lines) {
    auto tx = Needed(rig_.database().Write());
    Needed(AppendLines(tx, run_, lines));
    Needed(tx.Commit());
  }
  static RunLine Line(std::int64_t at, std::string message, std::string level = "info",
                      std::string company = "") {
    return {.at_ms = kStart + at,
            .level = std::move(level),
            .company = std::move(company),
            .message = std::move(message)};
  }
  Result<Reply> Ask(Handle handle, std::string query, const std::string& run = "") {
    return AskOf(rig_.parts(), handle, std::move(query), run);
  }
  Result<Reply> AskOf(const ApiParts& parts, Handle handle, std::string query,
                      const std::string& run) {
    const Request request{.method = "GET", .path = "/", .query = std::move(query)};
    UserProfile user;
    user.id = kUser;
    return handle(parts, {.request = request,
                          .captured = {run.empty() ? std::to_string(run_) : run},
                          .user = {user}});
  }
  json::object Page(std::string query) {
    return json::parse(Needed(Ask(GetLogs, std::move(query))).body).as_object();
  }
  std::vector<std::string> Messages(const json::object& page) const {
    const std::string prefix = fmt::format("[IngestionWorker:run_id={}] ", run_);
    std::vector<std::string> messages;
    for (const json::value& line : page.at("logs").as_array()) {
      const std::string message(line.at("message").as_string());
      EXPECT_THAT(message, StartsWith(prefix));
      messages.push_back(message.substr(prefix.size()));
    }
    return messages;
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
  static std::string Whole(const Reply& reply) {
    std::string whole;
    while (true) {
      const std::string piece = Needed(reply.more());
      if (piece.empty()) return whole;
      whole += piece;
    }
  }

  ApiRig rig_;
  std::int64_t run_ = 0;
};

TEST_F(Logs, OfARunWithoutLinesAreAnEmptyList) {
  const json::object page = Page("");

  EXPECT_EQ(json::serialize(page), R"({"logs":[],"next_token":null})");
}

TEST_F(Logs, TellEachLineWithItsTimes) {
  Append({Line(7, "READ acme", "warning", "acme"), Line(9, "ends")});

  const json::array lines = Page("").at("logs").as_array();

  EXPECT_EQ(json::serialize(lines[0]),
            fmt::format(R"({{"timestamp":{0},"message":"[IngestionWorker:run_id={1}] READ acme",)"
                        R"("ingestion_time":{0},"id":1,"level":"warning","company":"acme"}})",
                        kStart + 7, run_));
  EXPECT_TRUE(lines[1].at("company").is_null());
}

TEST_F(Logs, OfATestDatabaseSaySo) {
  Append({Line(1, "begins")});
  const ApiParts& all = rig_.parts();
  ApiSettings settings = all.settings;
  settings.line_prefix = "[TEST]";
  const ApiParts parts{.database = all.database,
                       .tools = all.tools,
                       .settings = settings,
                       .sign_in = all.sign_in,
                       .feeds = all.feeds,
                       .lines = all.lines,
                       .streams = all.streams,
                       .metrics = all.metrics,
                       .readiness = all.readiness,
                       .wake = {}};

  const std::string wanted = fmt::format("[TEST][IngestionWorker:run_id={}] begins", run_);
  EXPECT_THAT(Needed(AskOf(parts, GetLogs, "", "")).body, HasSubstr("\"" + wanted));
  EXPECT_THAT(Whole(Needed(AskOf(parts, GetLogDownload, "", ""))), HasSubstr("Z " + wanted));
}

TEST_F(Logs, ArePagedByTokenByTimeAndByLine) {
  Append({Line(1, "a"), Line(2, "b"), Line(2, "c"), Line(3, "d"), Line(4, "e")});

  const json::object first = Page("limit=2");
  const std::string token(first.at("next_token").as_string());
  const json::object second = Page("limit=1&next_token=" + token);

  EXPECT_THAT(Messages(first), ElementsAre("a", "b", "c")) << "a millisecond was parted";
  EXPECT_THAT(Messages(second), ElementsAre("d"));
  const json::object third = Page("next_token=" + std::string(second.at("next_token").as_string()));
  EXPECT_THAT(Messages(third), ElementsAre("e"));
  EXPECT_TRUE(third.at("next_token").is_null());
  EXPECT_THAT(Messages(Page(fmt::format("start_time={}", kStart + 3))), ElementsAre("d", "e"));
  EXPECT_THAT(Messages(Page("after=2&limit=1")), ElementsAre("c"));
  EXPECT_THAT(Messages(Page(fmt::format("start_time={}", kStart + 5))), IsEmpty());
}

TEST_F(Logs, LoseNothingToAClientThatOnlyAsksFromTheLastTimestampOn) {
  std::vector<std::string> messages, expected;
  std::int64_t from = 0;
  for (int round = 0; round < 40; ++round) {
    std::vector<RunLine> lines;
    for (int i = 0; i <= round % 3; ++i) {
      expected.push_back(fmt::format("{} {}", round, i));
      lines.push_back(Line((round * 7) % 5, expected.back()));
    }
    Append(lines);
    if (round % 2 == 0) continue;
    for (bool whole = false; !whole;) {
      const json::object page = Page(fmt::format("limit=1&start_time={}", from));
      for (const std::string& message : Messages(page)) messages.push_back(message);
      const json::array& told = page.at("logs").as_array();
      whole = told.empty();
      if (!whole) from = told.back().at("timestamp").as_int64() + 1;
    }
  }

  EXPECT_EQ(messages, expected);
}

TEST_F(Logs, AreFilteredWithANumberOfMatches) {
  Append({Line(1, "READ Zürich", "info", "acme"), Line(2, "read on", "warning", "acme"),
          Line(3, "Read", "error", "bolt"), Line(4, "ends")});

  const json::object read = Page("q=rEAD&limit=1");

  EXPECT_THAT(Messages(read), ElementsAre("READ Zürich"));
  EXPECT_EQ(read.at("total_matches"), 3);
  EXPECT_EQ(read.at("next_token"), "1");
  EXPECT_THAT(Messages(Page("q=zurich")), ElementsAre("READ Zürich"));
  EXPECT_THAT(Messages(Page("level=warning,error")), ElementsAre("read on", "Read"));
  EXPECT_THAT(Messages(Page("company=bolt&company=none")), ElementsAre("Read"));
  EXPECT_FALSE(Page("q=").contains("total_matches"));
}

TEST_F(Logs, BeginWhereTheyAreAskedToAndStandByCompany) {
  Append({Line(1, "READ acme", "info", "bolt"), Line(2, "begins"), Line(3, "read", "info", "acme"),
          Line(4, "ends")});

  EXPECT_THAT(Messages(Page("skip=2&limit=1")), ElementsAre("read"));
  EXPECT_THAT(Messages(Page("tail=1")), ElementsAre("ends"));
  EXPECT_THAT(Messages(Page("tail=1&q=read")), ElementsAre("read"));
  const json::object by_company = Page("sort=company&skip=1&limit=2");
  EXPECT_THAT(Messages(by_company), ElementsAre("ends", "read"));
  EXPECT_TRUE(by_company.at("next_token").is_null());
  EXPECT_EQ(by_company.at("total_matches"), 4);
  const json::object near =
      json::parse(Needed(Ask(GetLogMatches, "q=read&sort=company&id=3")).body).as_object();
  EXPECT_EQ(near.at("up_to"), 1);
  EXPECT_EQ(near.at("next"), 1);
}

TEST_F(Logs, RefuseWhatCannotBeReadByName) {
  for (const char* query :
       {"limit=0", "limit=x", "start_time=-1", "start_time=now", "after=x", "next_token=-1",
        "next_token=abc", "level=loud", "q=%", "skip=-1", "tail=0", "sort=level",
        "after=1&sort=company", "start_time=1&sort=company"})
    EXPECT_THAT(Refusal(GetLogs, query),
                StartsWith(std::string(query).substr(0, std::string(query).find('=')) + " must be"))
        << query;
  EXPECT_THAT(Refusal(GetLogDownload, "format=csv"), StartsWith("format must be"));
}

TEST_F(Logs, AreAsManyAsThereMayBeForALimitOverTheMost) {
  std::vector<RunLine> lines;
  for (int at = 0; at < 1'002; ++at) lines.push_back(Line(at, "a line"));
  Append(lines);

  EXPECT_THAT(Messages(Page("limit=1000000")), SizeIs(1'000));
}

TEST_F(Logs, AreAllThereIsWhereNoLimitIsAskedFor) {
  std::vector<RunLine> lines;
  for (int at = 0; at < 1'502; ++at) lines.push_back(Line(at, "a line"));
  Append(lines);

  const json::object page = Page("");

  EXPECT_THAT(Messages(page), SizeIs(1'502));
  EXPECT_TRUE(page.at("next_token").is_null());
}

TEST_F(Logs, AreAFileFromTheFirstLineOn) {
  std::vector<RunLine> lines(2'100, Line(1, "again"));
  lines.front().message = "first";
  Append(lines);

  const Reply reply = Needed(Ask(GetLogDownload, ""));
  const std::string text = Whole(reply);
  const std::string jsonl = Whole(Needed(Ask(GetLogDownload, "format=jsonl")));

  EXPECT_EQ(reply.headers.at(0).value, fmt::format("attachment; filename=\"run-{}.log\"", run_));
  EXPECT_EQ(std::ranges::count(text, '\n'), 2'100);
  EXPECT_THAT(
      text, StartsWith(fmt::format("{} [IngestionWorker:run_id={}] first\n",
                                   ToIso(Timestamp(std::chrono::milliseconds(kStart + 1))), run_)));
  EXPECT_EQ(std::ranges::count(jsonl, '\n'), 2'100);
  EXPECT_EQ(json::parse(jsonl.substr(0, jsonl.find('\n'))).at("id"), 1);
}

TEST_F(Logs, OfNoneOrAnotherUsersRunAreNotFound) {
  std::int64_t other = 0;
  {
    auto tx = Needed(rig_.database().Write());
    const auto ann = Needed(AddUser(tx, {.email = "ann@example.org"}, kTestNow));
    other = Needed(AddRun(tx, {.run_key = "k", .user_id = ann, .trigger = "api"}, {}, kTestNow));
    Needed(tx.Commit());
  }
  for (const Handle handle : {GetLogs, GetLogDownload})
    for (const std::string& run : {std::to_string(other), std::string("999"), std::string("x")}) {
      const auto reply = Ask(handle, "", run);
      ASSERT_FALSE(reply) << run;
      EXPECT_EQ(reply.error().code, Errc::kNotFound);
    }
}

}  // namespace
}  // namespace rolecall
