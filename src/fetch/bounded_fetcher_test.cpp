// Whose end it is that a request comes to.
#include "fetch/bounded_fetcher.h"

#include <gtest/gtest.h>

#include "tests/support/canned_fetcher.h"

namespace rolecall {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// Answers nothing before it is told to stop.
class SilentFetcher : public Fetcher {
 public:
  Result<Response> Fetch(const FetchRequest&, std::stop_token stop) override {
    WaitForStop(stop);
    return Fail(Errc::kCancelled, "stopped");
  }
  bool IsFree(const std::string&) override { return true; }
};

TEST(BoundedFetcher, BreaksOffWhatHasNoAnswerWhenTheTimeIsOver) {
  SilentFetcher silent;
  BoundedFetcher bounded(silent, milliseconds(1));

  const auto response = bounded.Fetch({.url = "https://x.test/"}, {});

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::kUpstream);
  EXPECT_EQ(response.error().message, "it did not answer within 1 s");
}

TEST(BoundedFetcher, IsCancelledByWhoeverAskedForTheEnd) {
  SilentFetcher silent;
  BoundedFetcher bounded(silent, hours(1));
  std::stop_source stop;
  stop.request_stop();

  EXPECT_EQ(bounded.Fetch({.url = "https://x.test/"}, stop.get_token()).error().code,
            Errc::kCancelled);
}

TEST(BoundedFetcher, AnswersWithinItsTime) {
  CannedFetcher canned([](const FetchRequest&) { return Ok("soup"); });
  BoundedFetcher bounded(canned, hours(1));

  const auto response = bounded.Fetch({.url = "https://x.test/"}, {});

  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "soup");
}

}  // namespace
}  // namespace rolecall
