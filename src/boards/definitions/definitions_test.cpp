// Each kind against the answers in its folder: the listing, a job's own answer, and the one that
// says that it is gone. What expected.json says of them was read by eye.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {
namespace json = boost::json;
namespace fs = std::filesystem;

const fs::path kFolder = fs::path(ROLECALL_SOURCE_DIR) / "src/boards/definitions";

std::vector<std::string> KindsInFolder() {
  std::vector<std::string> kinds;
  for (const auto& entry : fs::directory_iterator(kFolder))
    if (entry.is_directory()) kinds.push_back(entry.path().filename());
  std::ranges::sort(kinds);
  return kinds;
}

std::string TextOf(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The answer of that name in whatever form the board has.
std::optional<std::string> AnswerIn(const fs::path& folder, std::string_view name) {
  for (const char* form : {".json", ".html", ".xml"})
    if (const fs::path path = folder / fmt::format("{}{}", name, form); fs::exists(path))
      return TextOf(path);
  return std::nullopt;
}

// What the board lists where that is its answer; a page that is asked first, and what the site
// answers behind its end, stand in its folder.
BoardReading ReadListing(const BoardAddress& board, const std::string& listing) {
  const fs::path folder = kFolder / Traits(*board.definition).kind;
  auto page = AnswerIn(folder, "page");
  const auto end = AnswerIn(folder, "end");
  bool listed = false;
  return ReadWith(board, [&](const FetchRequest&) {
    if (page) return Ok(*std::exchange(page, std::nullopt));
    return Ok(std::exchange(listed, true) && end ? *end : listing);
  });
}

class Definition : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(fs::exists(folder_ / "expected.json")) << "each kind says what its answers hold";
    expected_ = json::parse(TextOf(folder_ / "expected.json")).as_object();
    auto board = FindBoard(GetParam(), Expected(expected_, "token"));
    ASSERT_TRUE(board) << board.error().message;
    board_ = *std::move(board);
    const auto listing = AnswerIn(folder_, "listing");
    ASSERT_TRUE(listing);
    reading_ = ReadListing(board_, *listing);
  }

  static std::string Expected(const json::object& of, std::string_view key) {
    const json::value* value = of.if_contains(key);
    return value == nullptr ? "" : std::string(value->as_string());
  }

  static JobFacts ExpectedFacts(const json::object& of) {
    return {.posted = Expected(of, "posted"),
            .workplace = Expected(of, "workplace"),
            .department = Expected(of, "department"),
            .salary = Expected(of, "salary")};
  }

  ListedJob Listed(std::string_view id) const {
    for (const ListedJob& job : JobsOf(reading_))
      if (job.external_id == id) return job;
    ADD_FAILURE() << "no job " << id;
    return {};
  }

  // What the job's own address answers `response` makes of it.
  WitnessAnswer Ask(std::string_view id, const Response& response) const {
    CannedFetcher fetcher([&](const FetchRequest&) { return response; });
    return *AskWitness(board_, RefOf(Listed(id)), fetcher, {});
  }

  fs::path folder_ = kFolder / GetParam();
  json::object expected_;
  BoardAddress board_{};
  BoardReading reading_{.listing = FailedListing{}, .validators = {}};
};

TEST_P(Definition, ListsWhatItsAnswerHolds) {
  EXPECT_EQ(OutcomeOf(reading_), Expected(expected_, "outcome"));
  EXPECT_EQ(JobsOf(reading_).size(), expected_.at("count").to_number<std::size_t>());
  for (const json::value& one : expected_.at("jobs").as_array()) {
    const json::object& expected = one.as_object();
    const ListedJob job = Listed(Expected(expected, "id"));
    SCOPED_TRACE(job.external_id);
    EXPECT_EQ(job.title, Expected(expected, "title"));
    EXPECT_EQ(job.url, Expected(expected, "url"));
    EXPECT_EQ(job.location, Expected(expected, "location"));
    EXPECT_EQ(job.path, Expected(expected, "path"));
    EXPECT_EQ(job.facts, ExpectedFacts(expected));
    EXPECT_EQ(job.content.has_value(), !Traits(*board_.definition).content_by_request);
    if (!job.content) continue;
    const JobContent content = InlineContent(*board_.definition, *job.content);
    EXPECT_EQ(content.description, Expected(expected, "description"));
    EXPECT_EQ(content.requirements, Expected(expected, "requirements"));
  }
}

TEST_P(Definition, ReadsAJobsOwnAnswer) {
  const auto answer = AnswerIn(folder_, "job");
  ASSERT_EQ(answer.has_value(), expected_.contains("job"));
  if (!answer) return;
  const json::object& expected = expected_.at("job").as_object();
  const std::string id = Expected(expected, "id");
  if (Traits(*board_.definition).content_by_request) {
    CannedFetcher fetcher([&](const FetchRequest&) { return Ok(*answer); });
    const auto content = ReadContent(board_, RefOf(Listed(id)), fetcher, {});
    ASSERT_TRUE(content) << content.error().message;
    EXPECT_EQ(fetcher.asked().front().url, Expected(expected, "asked"));
    EXPECT_EQ(content->description, Expected(expected, "description"));
    EXPECT_EQ(content->requirements, Expected(expected, "requirements"));
    EXPECT_EQ(content->location, Expected(expected, "location"));
    EXPECT_EQ(content->facts.value_or(JobFacts{}), ExpectedFacts(expected));
  }
  if (Traits(*board_.definition).has_second_witness)
    EXPECT_EQ(Ask(id, Ok(*answer)).witness, Witness::kStands);
}

TEST_P(Definition, KnowsAJobThatIsGone) {
  const bool asked = Traits(*board_.definition).has_second_witness;
  ASSERT_EQ(asked, expected_.contains("gone"));
  if (!asked) return;
  const json::object& expected = expected_.at("gone").as_object();
  const std::string id = Expected(expected, "id");
  const Response gone{.status = expected.at("status").to_number<int>(),
                      .body = AnswerIn(folder_, "gone").value_or("")};
  EXPECT_EQ(Ask(id, gone).witness, Witness::kGone);
  for (const int status : {200, 204, 400, 401, 403, 408, 429, 500, 502, 503})
    EXPECT_EQ(Ask(id, {.status = status, .body = "<html>Sorry</html>"}).witness, Witness::kUnclear)
        << status;
}

TEST_P(Definition, TakesNoAnswerOfAnotherKindForItsListing) {
  for (const std::string& other : KindsInFolder()) {
    if (other == GetParam()) continue;
    const auto reading = ReadListing(board_, AnswerIn(kFolder / other, "listing").value_or(""));
    EXPECT_TRUE(JobsOf(reading).empty()) << other;
    EXPECT_EQ(CompletenessOf(reading.listing), Completeness::kFailed) << other;
  }
}

INSTANTIATE_TEST_SUITE_P(Each, Definition, testing::ValuesIn(KindsInFolder()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rolecall
