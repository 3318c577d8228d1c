// How events are taken and answered, over the real protocol.
#include "aws/runtime_loop.h"

#include <gmock/gmock.h>

#include <stdexcept>

#include "tests/support/served.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// A Runtime API that gives these events one after the other, and then none.
class RuntimeLoop : public Served {
 protected:
  struct Came {
    std::string path, body, error_type;
  };

  // Until the events are over.
  Error AnswerAll(std::vector<std::string> events, const HandleEvent& handle) {
    events_ = std::move(events);
    given_ = 0;
    End();
    Start([this](const Request& request) { return Serve(request); });
    RuntimeApi runtime(fmt::format("127.0.0.1:{}", port()));
    return AnswerEvents(runtime, handle,
                        [this](std::string_view said) { complaints_.emplace_back(said); });
  }

  std::vector<Came> came_;
  std::vector<std::string> complaints_;
  int status_ = 202;  // of what answers are taken with

 private:
  Reply Serve(const Request& request) {
    if (request.path == "/2018-06-01/runtime/invocation/next") {
      if (given_ == events_.size()) return {.status = 410};
      const std::string id = fmt::format("id-{}", ++given_);
      return {
          .body = events_[given_ - 1],
          .headers = {{"Lambda-Runtime-Aws-Request-Id", id},
                      {"Lambda-Runtime-Deadline-Ms", "1795000000123"},
                      {"Lambda-Runtime-Trace-Id", "Root=" + id},
                      {"Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:r:1:function:f"}}};
    }
    came_.push_back({request.path, request.body,
                     std::string(request.HeaderOf("lambda-runtime-function-error-type"))});
    return {.status = status_};
  }

  std::vector<std::string> events_;
  std::size_t given_ = 0;
};

TEST_F(RuntimeLoop, AnswersEachEvent) {
  std::vector<LambdaEvent> events;
  std::string trace;
  const Error end = AnswerAll({"{}", R"({"x":1})"}, [&](const LambdaEvent& event) {
    events.push_back(event);
    trace = std::getenv("_X_AMZN_TRACE_ID");
    return EventAnswer(R"({"done":)" + event.body + "}");
  });

  EXPECT_THAT(end.message, HasSubstr("HTTP 410"));
  ASSERT_EQ(events.size(), 2);
  EXPECT_EQ(events[1].request_id, "id-2");
  EXPECT_EQ(events[1].deadline.time_since_epoch().count(), 1'795'000'000'123);
  EXPECT_EQ(events[1].function_arn, "arn:aws:lambda:r:1:function:f");
  EXPECT_EQ(trace, "Root=id-2");
  ASSERT_EQ(came_.size(), 2);
  EXPECT_EQ(came_[1].path, "/2018-06-01/runtime/invocation/id-2/response");
  EXPECT_EQ(came_[1].body, R"({"done":{"x":1}})");
  EXPECT_TRUE(complaints_.empty());
}

TEST_F(RuntimeLoop, TellsWhatFailsAndGoesOn) {
  AnswerAll({"1", "2", "3", "4"}, [](const LambdaEvent& event) -> EventAnswer {
    if (event.body == "1") return FunctionError{"Function.InvalidEvent", "no run_id \xFF\n"};
    if (event.body == "2") throw std::runtime_error("a bug");
    if (event.body == "3") throw 5;
    return "null";
  });

  ASSERT_EQ(came_.size(), 4);
  EXPECT_EQ(came_[0].path, "/2018-06-01/runtime/invocation/id-1/error");
  EXPECT_EQ(came_[0].error_type, "Function.InvalidEvent");
  EXPECT_EQ(
      came_[0].body,
      "{\"errorMessage\":\"no run_id \xEF\xBF\xBD\\n\",\"errorType\":\"Function.InvalidEvent\","
      "\"stackTrace\":[]}");
  EXPECT_EQ(came_[1].error_type, "Function.Unhandled");
  EXPECT_THAT(came_[1].body, HasSubstr("a bug"));
  EXPECT_EQ(came_[2].error_type, "Function.Unhandled");
  EXPECT_EQ(came_[3].path, "/2018-06-01/runtime/invocation/id-4/response");
  EXPECT_EQ(complaints_.size(), 3);
}

TEST_F(RuntimeLoop, GoesOnWhereAnAnswerIsTooLarge) {
  status_ = 413;
  AnswerAll({"1", "2"}, [](const LambdaEvent&) { return EventAnswer("null"); });

  EXPECT_EQ(came_.size(), 2);
  EXPECT_EQ(complaints_.size(), 2);
}

TEST_F(RuntimeLoop, EndsWhereAnAnswerIsRefused) {
  for (const int status : {400, 403}) {
    came_.clear();
    status_ = status;
    const Error end = AnswerAll({"1", "2"}, [](const LambdaEvent&) { return EventAnswer("null"); });

    EXPECT_EQ(came_.size(), 1) << status;
    EXPECT_THAT(end.message, HasSubstr("refuses the answer"));
  }
}

TEST_F(RuntimeLoop, EndsWhereTheEnvironmentIsOver) {
  status_ = 500;
  const Error end = AnswerAll({"1", "2"}, [](const LambdaEvent&) { return EventAnswer("null"); });

  EXPECT_EQ(came_.size(), 1);
  EXPECT_THAT(end.message, HasSubstr("HTTP 500"));
}

TEST(RuntimeApi, IsGoneWhereNobodyListens) {
  RuntimeApi runtime("127.0.0.1:1");

  EXPECT_EQ(runtime.Next().error().code, Errc::kUnavailable);
}

}  // namespace
}  // namespace rolecall
