// The secret of tokens: given, kept, and kept from others.
#include "app/secret.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

namespace rolecall {
namespace {

using std::filesystem::perms;
using testing::HasSubstr;

class Secret : public testing::Test {
 protected:
  Secret()
      : folder_(std::filesystem::temp_directory_path() /
                fmt::format("rolecall_secret_{}_{}", getpid(),
                            testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::remove_all(folder_);
    config_.data_folder = (folder_ / "data").string();
  }
  ~Secret() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path File() const { return folder_ / "data" / "secret.key"; }
  void Write(std::string_view text, perms access) {
    std::filesystem::create_directories(folder_ / "data");
    std::ofstream(File()) << text;
    std::filesystem::permissions(File(), access);
  }
  perms Access() const { return std::filesystem::status(File()).permissions(); }

  std::filesystem::path folder_;
  Config config_;
};

TEST_F(Secret, IsTheSettingWhereItIsSet) {
  config_.secret_key = "the secret of the setting";

  EXPECT_EQ(SecretOf(config_).value(), "the secret of the setting");
  EXPECT_FALSE(std::filesystem::exists(File()));
}

TEST_F(Secret, IsMadeOnceForItsOwnerAlone) {
  const auto made = SecretOf(config_);

  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->size(), 43);
  EXPECT_EQ(Access(), perms::owner_read | perms::owner_write);
  EXPECT_EQ(SecretOf(config_).value(), *made);
  const std::filesystem::directory_iterator files(folder_ / "data"), none;
  EXPECT_EQ(std::distance(files, none), 1);
}

TEST_F(Secret, IsTheSameForAllWhoBeginAtOnce) {
  std::vector<std::string> secrets(8);
  {
    std::vector<std::jthread> threads;
    for (std::string& secret : secrets)
      threads.emplace_back([&] { secret = SecretOf(config_).value_or(""); });
  }

  const std::set<std::string> different(secrets.begin(), secrets.end());
  EXPECT_EQ(different.size(), 1);
  EXPECT_FALSE(different.contains(""));
}

TEST_F(Secret, IsRefusedWhereOthersMayReadIt) {
  Write("a secret that everybody knows", perms::owner_all | perms::group_read);

  const auto secret = SecretOf(config_);

  ASSERT_FALSE(secret);
  EXPECT_EQ(secret.error().code, Errc::kInvalidInput);
  EXPECT_THAT(secret.error().message, HasSubstr("chmod 600"));
  EXPECT_THAT(secret.error().message, Not(HasSubstr("everybody")));
}

TEST_F(Secret, IsRefusedWhereTheFileHoldsNone) {
  Write(" \n", perms::owner_read | perms::owner_write);

  const auto secret = SecretOf(config_);

  ASSERT_FALSE(secret);
  EXPECT_THAT(secret.error().message, HasSubstr("at least 16"));
}

TEST_F(Secret, NeedsAPlace) {
  config_.data_folder = "";

  EXPECT_THAT(SecretOf(config_).error().message, HasSubstr("SECRET_KEY"));
}

}  // namespace
}  // namespace rolecall
