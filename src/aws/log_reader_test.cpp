// That of a run's log no line is lost and none comes twice, over a group that grows meanwhile.
#include "aws/log_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <mutex>

#include "tests/support/aws_client.h"
#include "tests/support/scripted_aws.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kStart = 1'795'000'000'000;

// A log group in pages of two events.
class LogGroup {
 public:
  LogGroup() : server_([this](const std::string& request) { return Serve(request); }) {}

  // At so many seconds after the run's start.
  void Put(std::int64_t second, std::string_view message) {
    std::scoped_lock lock(mutex_);
    events_.emplace(kStart + second * 1000, json::object{{"eventId", fmt::format("{}", ++ids_)},
                                                         {"timestamp", kStart + second * 1000},
                                                         {"ingestionTime", kStart},
                                                         {"message", message}});
  }
  void PutLine(std::int64_t second, std::string_view words) {
    Put(second, fmt::format("[IngestionWorker:run_id=12] {}\n", words));
  }
  // These come before what else there is to say; nothing says that one is done.
  void SayFirst(std::deque<std::optional<Script>> script) {
    std::scoped_lock lock(mutex_);
    script_ = std::move(script);
  }
  // Where each request began, in seconds after the run's start.
  std::vector<std::int64_t> Begun() {
    std::scoped_lock lock(mutex_);
    return begun_;
  }
  std::string url() const { return server_.Url(""); }

 private:
  Script Serve(const std::string& request) {
    std::scoped_lock lock(mutex_);
    const json::value asked = json::parse(request.substr(request.find("\r\n\r\n") + 4));
    const std::int64_t from = asked.at("startTime").as_int64();
    begun_.push_back((from - kStart) / 1000);
    if (!script_.empty()) {
      const std::optional<Script> next = script_.front();
      script_.pop_front();
      if (next) return *next;
    }
    const json::value* token = asked.as_object().if_contains("nextToken");
    std::size_t skipped = token == nullptr ? 0 : std::stoull(token->as_string().c_str());
    json::object page{{"events", json::array()}};
    const std::size_t after = skipped + 2;
    for (auto at = events_.lower_bound(from); at != events_.end(); ++at) {
      if (skipped > 0) {
        --skipped;
        continue;
      }
      json::array& events = page["events"].as_array();
      if (events.size() < 2)
        events.push_back(at->second);
      else
        page["nextToken"] = std::to_string(after);
    }
    return Says(200, json::serialize(page));
  }

  std::mutex mutex_;
  std::multimap<std::int64_t, json::object> events_;
  std::deque<std::optional<Script>> script_;
  std::vector<std::int64_t> begun_;
  int ids_ = 100;
  RawServer server_;
};

class LogReading : public testing::Test {
 protected:
  // The words of what is new, or why there are none.
  std::vector<std::string> New() { return Words(reader_.ReadNew({})); }

  static std::vector<std::string> Words(const Result<std::vector<LogEvent>>& events) {
    if (!events) return {"error: " + std::to_string(static_cast<int>(events.error().code))};
    std::vector<std::string> words;
    for (const LogEvent& event : *events)
      words.push_back(event.message.substr(event.message.rfind(' ') + 1));
    return words;
  }
  static std::string ErrorOf(Errc code) {
    return "error: " + std::to_string(static_cast<int>(code));
  }

  LogGroup group_;
  std::unique_ptr<AwsClient> client_ = MakeAwsClient(SettingsFor(group_.url()));
  LogReader reader_{*client_, "g", "[IngestionWorker:run_id=12]", LogKind::kProduction, kStart};
};

const Script kNoGroup = Says(400, R"({"__type":"ResourceNotFoundException","message":"none"})");
const Script kThrottled = Says(400, R"({"__type":"ThrottlingException","message":"slow"})");

TEST_F(LogReading, TellsEachLineOnce) {
  for (const int second : {-5, 1, 2, 3, 400}) group_.PutLine(second, std::to_string(second));

  EXPECT_THAT(New(), ElementsAre("-5", "1", "2", "3", "400"));
  EXPECT_TRUE(reader_.is_through());
  EXPECT_THAT(New(), IsEmpty());
  group_.PutLine(500, "500");
  EXPECT_THAT(New(), ElementsAre("500"));
  EXPECT_THAT(New(), IsEmpty());
  EXPECT_THAT(group_.Begun(), ElementsAre(-60, -60, -60, 280, 280, 380));
}

TEST_F(LogReading, HasLateLines) {
  group_.PutLine(400, "400");
  EXPECT_THAT(New(), ElementsAre("400"));
  group_.PutLine(281, "281");
  group_.PutLine(279, "279");
  group_.PutLine(399, "399");

  EXPECT_THAT(New(), ElementsAre("281", "399"));
  EXPECT_THAT(New(), IsEmpty());
}

TEST_F(LogReading, KeepsRunsAndKindsApart) {
  group_.Put(1, "[IngestionWorker:run_id=12] one");
  group_.Put(2, "[TEST][IngestionWorker:run_id=12] two");
  group_.Put(3, "[IngestionWorker:run_id=12]three");
  group_.Put(4, "[IngestionWorker:run_id=121] four");
  group_.Put(5, "of [IngestionWorker:run_id=12] five");
  LogReader test(*client_, "g", "[IngestionWorker:run_id=12]", LogKind::kTest, kStart);

  EXPECT_THAT(New(), ElementsAre("one"));
  EXPECT_THAT(Words(test.ReadNew({})), ElementsAre("two"));
}

TEST_F(LogReading, GoesThroughEmptyPages) {
  group_.SayFirst({Says(200, R"({"events":[],"nextToken":"0"})"), std::nullopt});
  group_.PutLine(1, "1");

  EXPECT_THAT(New(), ElementsAre("1"));
}

TEST_F(LogReading, IsOfNothingWhereNothingWasLogged) {
  group_.SayFirst({kNoGroup});

  EXPECT_THAT(New(), IsEmpty());
  EXPECT_TRUE(reader_.is_through());
  group_.PutLine(1, "1");
  EXPECT_THAT(New(), ElementsAre("1"));
}

TEST_F(LogReading, GoesOnWhereItWasThrottled) {
  for (const int second : {1, 2, 3}) group_.PutLine(second, std::to_string(second));
  group_.SayFirst({kThrottled, kThrottled, kThrottled, kThrottled, std::nullopt, kThrottled,
                   kThrottled, kThrottled, kThrottled});

  EXPECT_THAT(New(), ElementsAre(ErrorOf(Errc::kUnavailable)));
  EXPECT_THAT(New(), ElementsAre("1", "2"));
  EXPECT_FALSE(reader_.is_through());
  EXPECT_THAT(New(), ElementsAre("3"));
  EXPECT_TRUE(reader_.is_through());
}

TEST_F(LogReading, BeginsAgainWhereItsPlaceIsRefused) {
  for (const int second : {1, 2, 3}) group_.PutLine(second, std::to_string(second));
  group_.SayFirst({std::nullopt, Says(400, R"({"__type":"InvalidParameterException"})")});

  EXPECT_THAT(New(), ElementsAre("1", "2"));
  EXPECT_THAT(New(), ElementsAre("3"));
}

TEST_F(LogReading, DoesNotGoInCircles) {
  const Script circle = Says(200, R"({"events":[],"nextToken":"9"})");
  group_.SayFirst({circle, circle});

  EXPECT_THAT(New(), ElementsAre(ErrorOf(Errc::kUpstream)));
  EXPECT_FALSE(reader_.is_through());
  group_.PutLine(1, "1");
  EXPECT_THAT(New(), ElementsAre("1"));
}

TEST_F(LogReading, TellsALongLogInParts) {
  for (int second = 0; second < 201; ++second) group_.PutLine(second, std::to_string(second));

  EXPECT_EQ(New().size(), 200);
  EXPECT_FALSE(reader_.is_through());
  EXPECT_THAT(New(), ElementsAre("200"));
}

TEST_F(LogReading, EndsOnceItIsToldToStop) {
  std::stop_source stop;
  stop.request_stop();
  group_.PutLine(1, "1");

  EXPECT_EQ(reader_.ReadNew(stop.get_token()).error().code, Errc::kCancelled);
  EXPECT_THAT(New(), ElementsAre("1"));
}

}  // namespace
}  // namespace rolecall
