// A database in which nothing is yet.
#include <gmock/gmock.h>

#include <filesystem>

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

TEST_P(EmptyDatabase, IsPreparedByTheFirstCommandThatWrites) {
  EXPECT_EQ(Json({"jobs"}).at("total").as_int64(), 0);
  EXPECT_EQ(Do({"companies", "add", "acme", "--board", "greenhouse", "--token", "acme"}).code, 0);

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

class NoDatabase : public Rolecall {};

TEST_P(NoDatabase, IsMadeByNoCommandThatOnlyReads) {
  const auto home = test_database().folder() / "nobody yet";
  environment().erase("DATABASE_URL");
  environment()["XDG_DATA_HOME"] = home.string();

  EXPECT_EQ(Json({"jobs"}).at("total").as_int64(), 0);
  EXPECT_EQ(Json({"companies", "list"}).as_array().size(), 0);
  EXPECT_EQ(Json({"user", "list"}).as_array().size(), 1);
  EXPECT_EQ(Do({"runs"}).code, 0);
  EXPECT_EQ(Do({"logs", "1"}).code, 1);
  EXPECT_EQ(Do({"job", "1"}).code, 1);
  EXPECT_EQ(Do({"abort", "1"}).code, 1);
  EXPECT_EQ(Do({"withheld", "1"}).code, 1);
  EXPECT_THAT(Do({"preview"}).err, testing::HasSubstr("no company is enabled"));
  EXPECT_FALSE(std::filesystem::exists(home));
  EXPECT_EQ(Do({"companies", "add", "acme", "--board", "greenhouse", "--token", "acme"}).code, 0);

  const auto folder = home / "rolecall";
  EXPECT_EQ(std::filesystem::status(folder).permissions(), std::filesystem::perms(0700));
  EXPECT_EQ(std::filesystem::status(folder / "rolecall.db").permissions(),
            std::filesystem::perms(0600));
  std::filesystem::permissions(folder / "rolecall.db", std::filesystem::perms(0644));
  EXPECT_EQ(Do({"jobs"}).code, 0);
  EXPECT_EQ(std::filesystem::status(folder / "rolecall.db").permissions(),
            std::filesystem::perms(0600))
      << "as a program of before made it";
}

ROLECALL_ON_BOTH_DATABASES(EmptyDatabase);
INSTANTIATE_TEST_SUITE_P(Default, NoDatabase, testing::Values(Dialect::kSqlite), DialectName);

}  // namespace
}  // namespace rolecall
