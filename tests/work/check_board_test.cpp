// What a check says of a board, and what it leaves.
#include "work/check_board.h"

#include <gmock/gmock.h>

#include "boards/definition.h"
#include "store/boards/listings.h"
#include "tests/support/board_answers.h"
#include "tests/support/canned_fetcher.h"
#include "tests/support/registry.h"
#include "tests/work/rig.h"

namespace rolecall {
namespace {

using std::chrono::minutes;
using testing::HasSubstr;

constexpr const char* kAnswersToAnyName = R"(
kind = "anyname"
pacing_key = "any.test"
token = '[a-z]+'
token_shape = "a name"
zero_proves_nothing = true
[list]
url = "https://any.test/{token}"
jobs = "/jobs"
[fields]
id = "/id"
title = "/title"
url = "https://any.test/{token}/{id}"
content = "/content"
)";

class BoardChecks : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    rig_ = std::make_unique<Rig>(database(), SimSettings{.companies = 1, .jobs = 1}, &fetcher_);
    rig_->kinds = RegistryWith(kAnswersToAnyName);
  }
  void TearDown() override { rig_.reset(); }
  Rig& rig() { return *rig_; }

  Result<CheckedBoard> Ask(const std::string& kind, const std::string& token,
                           std::stop_token stop = {}) {
    return CheckBoard(rig().Tools(), Must(rig().kinds->FindBoard(kind, token)), std::move(stop));
  }
  CheckedBoard Check(const std::string& kind = "greenhouse", const std::string& token = "acme") {
    return Must(Ask(kind, token));
  }
  std::int64_t Boards() { return rig().Number("SELECT count(*) FROM boards"); }
  std::int64_t Kept() { return rig().Number("SELECT count(*) FROM listings"); }

  Result<Response> answer_ = Ok(GreenhouseList(GreenhouseEntries(7)));
  CannedFetcher fetcher_{[this](const FetchRequest& request) -> Result<Response> {
    // Of a board of Workday's only the first page comes.
    if (request.body.contains("\"offset\":20")) return Fail(Errc::kUpstream, "broken off");
    return answer_;
  }};

 private:
  std::unique_ptr<Rig> rig_;
};

TEST_P(BoardChecks, ShowTheFirstJobsOfABoardAndKeepItsListing) {
  const CheckedBoard checked = Check();

  EXPECT_EQ(checked.presence, BoardPresence::kStands);
  EXPECT_EQ(checked.trouble, "");
  EXPECT_EQ(checked.total, 7);
  ASSERT_EQ(checked.sample.size(), 5);
  EXPECT_EQ(checked.sample[0].external_id, "4000001");
  EXPECT_EQ(checked.sample[4].external_id, "4000005");
  EXPECT_EQ(Boards(), 1);
  EXPECT_EQ(Kept(), 1);
}

TEST_P(BoardChecks, AskNoBoardAgainWhoseListingIsKept) {
  Check();
  rig().clock.Advance(minutes(14));
  const CheckedBoard again = Check();
  EXPECT_EQ(again.total, 7);
  EXPECT_EQ(again.sample.size(), 5);
  EXPECT_EQ(fetcher_.asked().size(), 1);

  rig().clock.Advance(minutes(2));
  Check();

  EXPECT_EQ(fetcher_.asked().size(), 2);
}

TEST_P(BoardChecks, SayWhyABoardCannotBeReadAndLeaveNothingOfIt) {
  answer_ = Response{.status = 404, .body = "{}"};

  const CheckedBoard checked = Check();

  EXPECT_EQ(checked.presence, BoardPresence::kUnreadable);
  EXPECT_THAT(checked.trouble, HasSubstr("there is no such board"));
  EXPECT_EQ(Boards(), 0);
}

TEST_P(BoardChecks, TakeAnEmptyBoardOnlyFromAVendorThatKnowsItsNames) {
  answer_ = Ok(GreenhouseList({}));

  EXPECT_EQ(Check("anyname", "acme").presence, BoardPresence::kUnproven);
  EXPECT_EQ(Boards(), 0);
  EXPECT_EQ(Check("greenhouse", "acme").presence, BoardPresence::kStands);
  rig().Write([](Transaction& tx) -> Result<void> {
    CHECK_OK(FindOrAddBoard(tx, "anyname", "acme"));
    CHECK_OK(tx->Run("UPDATE boards SET ever_listed = TRUE WHERE kind = 'anyname'"));
    return {};
  });
  EXPECT_EQ(Check("anyname", "acme").presence, BoardPresence::kStands);
}

TEST_P(BoardChecks, TakeWhatCameOfALongBoardForAll) {
  answer_ = Ok(WorkdayPage(143, 1, 20));

  const CheckedBoard checked = Check("workday", "acme.wd5/careers");

  EXPECT_EQ(checked.presence, BoardPresence::kStands);
  EXPECT_EQ(checked.total, 143);
  EXPECT_EQ(checked.sample.size(), 5);
  EXPECT_THAT(checked.trouble, HasSubstr("broken off"));
  EXPECT_EQ(Boards(), 0);
}

TEST_P(BoardChecks, ForgetWhatWasKeptWhereTheBoardIsAnotherNow) {
  Check();
  rig().clock.Advance(minutes(16));
  answer_ = Response{.status = 403, .body = "no"};

  EXPECT_EQ(Check().presence, BoardPresence::kUnreadable);

  EXPECT_EQ(Kept(), 0);
}

TEST_P(BoardChecks, EndWhenTheyAreStopped) {
  std::stop_source stop;
  stop.request_stop();

  EXPECT_EQ(Ask("greenhouse", "acme", stop.get_token()).error().code, Errc::kCancelled);
}

ROLECALL_ON_BOTH_DATABASES(BoardChecks);

}  // namespace
}  // namespace rolecall
