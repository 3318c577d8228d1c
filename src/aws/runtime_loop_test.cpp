// How events are taken and answered, over the real protocol.
#include "aws/runtime_loop.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <thread>
#include <tuple>

#include "aws/base64.h"
#include "http/listening_socket.h"
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

// The pieces, then the end or what broke.
std::function<Result<std::string>()> Pieces(std::vector<std::string> pieces, std::string broken) {
  return [pieces, broken, next = std::size_t{0}]() mutable -> Result<std::string> {
    if (next < pieces.size()) return pieces[next++];
    if (broken.empty()) return "";
    return Fail(Errc::kStorage, broken);
  };
}

TEST_F(RuntimeLoop, PassesPiecesOnAsTheyCome) {
  const std::string long_piece(200'000, 'x');
  AnswerAll({"1", "2", "3", "4"}, [&](const LambdaEvent& event) -> EventAnswer {
    if (event.body == "1") return StreamedAnswer{"{}", Pieces({"a", "b"}, "")};
    if (event.body == "2") return StreamedAnswer{"{}", Pieces({long_piece, "c"}, "")};
    if (event.body == "3") return StreamedAnswer{"{}", Pieces({}, "")};
    return "null";
  });

  const std::string head = "{}" + std::string(8, '\0');
  ASSERT_EQ(came_.size(), 4);
  EXPECT_EQ(came_[0].body, head + "ab");
  EXPECT_EQ(came_[1].body, head + long_piece + "c");
  EXPECT_EQ(came_[2].body, head);
  EXPECT_EQ(came_[3].body, "null");
}

TEST(RuntimeApi, TellsBehindABodyThatItBrokeOff) {
  const ListeningSocket listening = *ListeningSocket::Open("127.0.0.1", 0);
  std::string request;
  std::jthread serving([&] {
    const int connected = accept(listening.number(), nullptr, nullptr);
    std::array<char, 4096> part;
    while (!request.contains("\r\n0\r\n") || !request.ends_with("\r\n\r\n")) {
      const ssize_t came = read(connected, part.data(), part.size());
      if (came <= 0) break;
      request.append(part.data(), static_cast<std::size_t>(came));
    }
    constexpr std::string_view kTaken = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
    std::ignore = write(connected, kTaken.data(), kTaken.size());
    close(connected);
  });
  RuntimeApi runtime(fmt::format("127.0.0.1:{}", listening.port()));

  const auto taken = runtime.Stream("id-1", {"{}", Pieces({"half"}, "the rest is gone")});
  serving.join();

  EXPECT_EQ(taken, RuntimeApi::Taken::kYes);
  EXPECT_THAT(request, HasSubstr("\r\nLambda-Runtime-Function-Response-Mode: streaming\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\n4\r\nhalf\r\n0\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\nLambda-Runtime-Function-Error-Type: Function.BrokeOff\r\n"));
  const auto body = request.find("Lambda-Runtime-Function-Error-Body: ", request.find("half")) + 36;
  const auto error = FromBase64(request.substr(body, request.find('\r', body) - body));
  EXPECT_THAT(error.value_or(""), HasSubstr("the rest is gone"));
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
