// Jobs searched at the command line.
#include <gmock/gmock.h>

#include "tests/support/program.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::AllOf;
using testing::HasSubstr;

class Searching : public Rolecall {
 protected:
  std::vector<json::object> Found(const std::string& words) {
    std::vector<json::object> found;
    const json::value shown = Json({"jobs", "--search", words});
    for (const json::value& job : shown.at("jobs").as_array()) found.push_back(job.as_object());
    return found;
  }
  std::int64_t Count(const std::string& words) { return std::ssize(Found(words)); }
};

TEST_P(Searching, FindsJobsByWordsAndOperators) {
  Simulate(2, 60);
  FollowAll();
  Do({"run"});
  const std::string company = sim().Companies()[0].name;
  const auto all = Found("");
  const auto count = [&](const auto& is) { return std::ranges::count_if(all, is); };
  const auto holds = [](const char* field, const char* word) {
    return [=](const json::object& job) {
      return std::string_view(job.at(field).as_string()).find(word) != std::string_view::npos;
    };
  };

  EXPECT_GT(count(holds("title", "Engineer")), 0);
  EXPECT_EQ(Count("ENGINEER"), count(holds("title", "Engineer")));
  EXPECT_EQ(Count("-engineer"), std::ssize(all) - count(holds("title", "Engineer")));
  EXPECT_EQ(Count("place:zurich"), count(holds("location", "Zürich")));
  EXPECT_EQ(Count("remote"), count(holds("location", "Remote")));
  EXPECT_EQ(Count("company:" + company), 60);
  EXPECT_EQ(Count("is:new since:1d"), 120);
  EXPECT_EQ(Count("since:2020-01-01 nobody-has-this-title"), 0);
}

TEST_P(Searching, FindsWhatCameInTheLastRun) {
  Simulate(1, 20);
  FollowAll();
  Do({"run"});
  Do({"run"});

  EXPECT_EQ(Count("is:new"), 0);
  EXPECT_EQ(Json({"jobs", "--new"}).at("total"), 0);
  EXPECT_EQ(Json({"jobs", "--status", "missing"}).at("total"), 0);
  EXPECT_EQ(Count(""), 20);
}

TEST_P(Searching, LeavesOutWhatWasHiddenUntilItIsLookedFor) {
  Simulate(2, 10);
  FollowAll();
  Do({"run"});
  const auto all = Found("");
  const auto id = [&](std::size_t place) { return std::to_string(all[place].at("id").as_int64()); };
  const std::string company(all[0].at("company").as_string());

  EXPECT_EQ(Do({"mark", "applied", id(1)}).err, "1 job: applied.\n");
  EXPECT_EQ(Do({"mark", "hidden", id(0), id(1)}).err, "2 jobs: hidden.\n");
  EXPECT_EQ(Count(""), 18);
  EXPECT_EQ(Count("is:hidden"), 2);
  EXPECT_EQ(Count("is:hidden is:applied"), 1);
  EXPECT_THAT(Do({"jobs", "--search", "is:hidden"}).out, HasSubstr("ready, applied"));

  EXPECT_THAT(Do({"job", id(1)}).out, AllOf(HasSubstr("applied "), HasSubstr("hidden ")));

  Do({"mark", "hidden", "--company", company});
  Do({"mark", "hidden", id(0), "--undo"});
  EXPECT_EQ(Count(""), 10);
  EXPECT_EQ(Count("is:hidden"), 10);
  Do({"mark", "hidden", "--company", company, "--undo"});
  EXPECT_EQ(Count(""), 19);

  EXPECT_EQ(Do({"mark", "hidden"}).code, 64);
  EXPECT_EQ(Do({"mark", "starred", id(0)}).code, 64);
  EXPECT_EQ(Do({"mark", "applied", "--company", company}).code, 64);
  const Finished refused = Do({"mark", "hidden", id(2), "4711"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("there is no job 4711"));
  EXPECT_EQ(Count(""), 19) << "all of them, or none";
}

TEST_P(Searching, SaysWhatItCannotRead) {
  Simulate(1, 5);
  FollowAll();

  const Finished refused = Do({"jobs", "--search", "cook since:yesterday"});

  EXPECT_EQ(refused.code, 64);
  EXPECT_THAT(refused.err, HasSubstr("since: must be a time ago such as 7d"));
}

ROLECALL_ON_BOTH_DATABASES(Searching);

}  // namespace
}  // namespace rolecall
