// A database in which nothing is yet.
#include <gmock/gmock.h>

#include "store/migrate.h"
#include "tests/support/program.h"

namespace rolecall {
namespace {

class EmptyDatabase : public Rolecall {
 protected:
  void SetUp() override {
    Rolecall::SetUp();
    if (IsSkipped()) return;
    empty_ = std::make_unique<TestDatabase>(GetParam(), TestDatabase::Begins::kEmpty);
    environment()["DATABASE_URL"] = empty_->url();
  }
  SchemaState State() { return CheckSchema(empty_->database()).value(); }

 private:
  std::unique_ptr<TestDatabase> empty_;
};

TEST_P(EmptyDatabase, IsPreparedByTheFirstCommand) {
  EXPECT_EQ(Json({"jobs"}).at("total").as_int64(), 0);

  EXPECT_EQ(State(), SchemaState::kCurrent);
}

TEST_P(EmptyDatabase, IsMigratedOnce) {
  const Finished first = Do({"migrate"});
  const Finished second = Do({"migrate"});

  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_EQ(second.code, 0) << second.err;
  EXPECT_NE(first.err + first.out, second.err + second.out);
  EXPECT_EQ(State(), SchemaState::kCurrent);
}

ROLECALL_ON_BOTH_DATABASES(EmptyDatabase);

}  // namespace
}  // namespace rolecall
