// Who may sign in, said through the real program.
#include "store/users/users.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "auth/sign_in.h"
#include "tests/support/canned_fetcher.h"
#include "tests/support/program.h"
#include "tests/support/secret.h"

namespace rolecall {
namespace {

using testing::HasSubstr;

class Users : public Rolecall {
 protected:
  void SetUp() override {
    Rolecall::SetUp();
    if (IsSkipped()) return;
    environment()["SECRET_KEY"] = kSecret;
    test_database().database();
  }
  // The program, with this as all of its input.
  Finished Type(const std::string& input, const std::string& arguments) {
    environment()["INPUT"] = input;
    return Child({"/bin/sh", "-c",
                  "printf '%s' \"$INPUT\" | " + ProgramPath() + " user " + arguments},
                 environment())
        .Wait();
  }
  bool MayLogIn(std::string_view email, std::string_view password) {
    return sign_in().WithPassword(email, password, "peer", SystemNow()).has_value();
  }
  SignIn& sign_in() {
    if (!sign_in_)
      sign_in_ = std::make_unique<SignIn>(test_database().database(), fetcher_,
                                          SignInSettings{.secret = kSecret});
    return *sign_in_;
  }
  void TearDown() override { sign_in_.reset(); }

 private:
  CannedFetcher fetcher_{[](const FetchRequest&) -> Result<Response> {
    return Fail(Errc::kUnavailable, "nobody answers");
  }};
  std::unique_ptr<SignIn> sign_in_;
};

TEST_P(Users, AreAddedWithAPasswordFromAPipe) {
  const Finished added = Type("correct horse\n", "add Ann@Example.org --name Ann");

  EXPECT_EQ(added.code, 0) << added.err;
  EXPECT_EQ(added.out, "");
  EXPECT_THAT(added.err, HasSubstr("ann@example.org may sign in"));
  EXPECT_TRUE(MayLogIn("ann@example.org", "correct horse"));
  EXPECT_FALSE(MayLogIn("ann@example.org", "correct horse\n"));
  const Finished again = Type("correct horse\n", "add ann@example.org");
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.err, HasSubstr("already"));
}

TEST_P(Users, AreNotAddedWithoutAnAddressOrAPassword) {
  EXPECT_EQ(Type("correct horse\n", "add ann").code, 64);
  EXPECT_EQ(Type("", "add ann@example.org").code, 64);
  const Finished brief = Type("1234567\n", "add ann@example.org");

  EXPECT_EQ(brief.code, 64);
  EXPECT_THAT(brief.err, HasSubstr("at least 8"));
  EXPECT_THAT(brief.err, Not(HasSubstr("1234567")));
}

TEST_P(Users, GetAnotherPassword) {
  ASSERT_EQ(Type("correct horse\n", "add ann@example.org").code, 0);

  EXPECT_EQ(Type("another horse\n", "password ANN@example.org").code, 0);

  EXPECT_FALSE(MayLogIn("ann@example.org", "correct horse"));
  EXPECT_TRUE(MayLogIn("ann@example.org", "another horse"));
  EXPECT_EQ(Type("another horse\n", "password bob@example.org").code, 1);
}

TEST_P(Users, GetATokenThatStandsAloneOnStdout) {
  ASSERT_EQ(Type("correct horse\n", "add ann@example.org").code, 0);
  const Finished local = Do({"user", "token"});
  const Finished ann = Do({"--user", "ann@example.org", "user", "token", "--expires", "1h"});

  ASSERT_EQ(local.code, 0) << local.err;
  ASSERT_EQ(ann.code, 0) << ann.err;
  ASSERT_TRUE(local.out.ends_with('\n') && ann.out.ends_with('\n'));
  const auto who = [&](const std::string& out, Timestamp when) {
    const auto user = sign_in().Check(std::string_view(out).substr(0, out.size() - 1), when);
    return user ? user->email : user.error().message;
  };
  EXPECT_EQ(who(local.out, SystemNow() + std::chrono::days(29)), kLocalUser);
  EXPECT_THAT(who(local.out, SystemNow() + std::chrono::days(31)), HasSubstr("expired"));
  EXPECT_EQ(who(ann.out, SystemNow()), "ann@example.org");
  EXPECT_THAT(who(ann.out, SystemNow() + std::chrono::hours(2)), HasSubstr("expired"));
}

TEST_P(Users, GetATokenSignedWithTheSecretOfTheDataFolder) {
  environment().erase("SECRET_KEY");
  const auto folder = std::filesystem::temp_directory_path() /
                      fmt::format("rolecall_users_{}_{}", getpid(), DialectName({GetParam(), 0}));
  environment()["XDG_DATA_HOME"] = folder.string();

  const Finished token = Do({"user", "token"});

  EXPECT_EQ(token.code, 0) << token.err;
  const auto file = folder / "rolecall" / "secret.key";
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::filesystem::permissions(file, std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(Do({"user", "token"}).code, 64);
  std::filesystem::remove_all(folder);
}

TEST_P(Users, GetNoTokenForATimeThatIsNone) {
  for (const char* none :
       {"0d", "30", "d", "-1d", "1.5h", "3651d", "99999999999999999999d", "30 d", "30D", "1w", ""})
    EXPECT_EQ(Do({"user", "token", "--expires", none}).code, 64) << none;
  EXPECT_EQ(Do({"user", "token", "--expires", "3650d"}).code, 0);
  EXPECT_EQ(Do({"--user", "nobody@b", "user", "token"}).code, 1);
}

ROLECALL_ON_BOTH_DATABASES(Users);

}  // namespace
}  // namespace rolecall
