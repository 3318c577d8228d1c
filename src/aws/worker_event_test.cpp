#include "aws/worker_event.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

std::string TroubleOfEvent(std::string_view json) {
  const auto event = ReadWorkerEvent(json);
  return event ? "" : event.error().message;
}

TEST(WorkerEvent, IsReadAsItIsWritten) {
  const RunEvent written{
      .run_id = 12, .user_id = 3, .use_test_db = true, .run_key = "k\"1", .chain = 15};

  const auto event = ReadWorkerEvent(JsonOf(written));

  ASSERT_TRUE(event) << event.error().message;
  const auto& read = std::get<RunEvent>(*event);
  EXPECT_EQ(read.run_id, 12);
  EXPECT_EQ(read.user_id, 3);
  EXPECT_TRUE(read.use_test_db);
  EXPECT_EQ(read.run_key, "k\"1");
  EXPECT_EQ(read.chain, 15);
}

TEST(WorkerEvent, NeedsNoKeyAndNoChain) {
  for (const char* json :
       {R"({"run_id": 1, "user_id": 1, "use_test_db": false, "more": []})",
        R"({"run_id": 1, "user_id": 1, "use_test_db": false, "run_key": null, "chain": null})"}) {
    const auto event = ReadWorkerEvent(json);
    ASSERT_TRUE(event) << json;
    EXPECT_FALSE(std::get<RunEvent>(*event).run_key) << json;
    EXPECT_EQ(std::get<RunEvent>(*event).chain, 0) << json;
  }
}

TEST(WorkerEvent, MayBeOfASchedule) {
  EXPECT_TRUE(std::holds_alternative<ScheduledEvent>(*ReadWorkerEvent(R"({"scheduled": true})")));
  EXPECT_EQ(TroubleOfEvent(R"({"scheduled": "yes"})"),
            "the event must have true as its scheduled, or none");
}

TEST(WorkerEvent, SaysWhatItLacks) {
  EXPECT_EQ(TroubleOfEvent("{}"), "the event has no run_id");
  EXPECT_EQ(TroubleOfEvent(R"({"run_id": 1})"), "the event has no user_id");
  EXPECT_EQ(TroubleOfEvent(R"({"run_id": 1, "user_id": 2})"), "the event has no use_test_db");
  EXPECT_EQ(TroubleOfEvent("[1]"), "the event is no JSON object");
  EXPECT_EQ(TroubleOfEvent("run 12"), "the event is no JSON");
  EXPECT_LT(TroubleOfEvent(std::string(1 << 20, 'x')).size(), 200U);
}

TEST(WorkerEvent, IsRefusedWithMembersOfOtherKinds) {
  for (const char* members :
       {R"("run_id": "1", "user_id": 2, "use_test_db": true)",
        R"("run_id": 1.5, "user_id": 2, "use_test_db": true)",
        R"("run_id": 0, "user_id": 2, "use_test_db": true)",
        R"("run_id": -1, "user_id": 2, "use_test_db": true)",
        R"("run_id": 18446744073709551615, "user_id": 2, "use_test_db": true)",
        R"("run_id": 1, "user_id": null, "use_test_db": true)",
        R"("run_id": 1, "user_id": 2, "use_test_db": "true")",
        R"("run_id": 1, "user_id": 2, "use_test_db": 1)",
        R"("run_id": 1, "user_id": 2, "use_test_db": true, "run_key": 7)",
        R"("run_id": 1, "user_id": 2, "use_test_db": true, "chain": 16)",
        R"("run_id": 1, "user_id": 2, "use_test_db": true, "chain": -1)"})
    EXPECT_FALSE(ReadWorkerEvent("{" + std::string(members) + "}")) << members;
}

}  // namespace
}  // namespace rolecall
