// What is read out of files of profiles, and how a broken one is told.
#include "aws/profile_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "aws/region.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

class ProfileFile : public testing::Test {
 protected:
  std::string Write(std::string_view text) {
    std::ofstream(path_, std::ios::binary) << text;
    return path_;
  }
  ~ProfileFile() override { std::filesystem::remove(path_); }

  const std::string path_ = testing::TempDir() + "profile_file_" +
                            testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(ProfileFile, HasTheKeysOfEachSection) {
  Write(
      "\xEF\xBB\xBF# a remark\r\n"
      "[default]\r\n"
      "AWS_Access_Key_Id=AKID # another\r\n"
      "; and one\r\n"
      "aws_secret_access_key  =  a=b#c;d  \r\n"
      "s3 =\r\n"
      "  max_queue_size = 1000\r\n"
      "\r\n"
      "[ profile \"other one\" ] # its own\r\n"
      "  region = eu-west-1\r\n"
      "[default]\r\n"
      "region = eu-west-2");

  const auto keys = ReadSection(path_, "default");
  ASSERT_TRUE(keys) << keys.error().message;
  EXPECT_THAT(**keys, ElementsAre(Pair("aws_access_key_id", "AKID"),
                                  Pair("aws_secret_access_key", "a=b#c;d"),
                                  Pair("region", "eu-west-2"), Pair("s3", "")));
  EXPECT_THAT(**ReadConfigProfile(path_, "other one"), ElementsAre(Pair("region", "eu-west-1")));
  EXPECT_FALSE(*ReadSection(path_, "none"));
}

TEST_F(ProfileFile, IsAsIfEmptyWhereItIsNotThere) {
  EXPECT_FALSE(*ReadSection("/nowhere/credentials", "default"));
  EXPECT_FALSE(*ReadSection("", "default"));
}

TEST_F(ProfileFile, IsToldByItsLineAndNotByItsSecrets) {
  for (const char* text : {"\nsecret\n", "[default]\nsecret\n", "[default]\n=secret\n",
                           "[a]\n[secret\n", "\nsecret=secret\n"}) {
    const auto keys = ReadSection(Write(text), "default");

    ASSERT_FALSE(keys) << text;
    EXPECT_THAT(keys.error().message, HasSubstr(path_ + ":2: "));
    EXPECT_THAT(keys.error().message, Not(HasSubstr("secret")));
  }
}

TEST_F(ProfileFile, IsRefusedWhereItIsNoFile) {
  EXPECT_EQ(ReadSection(testing::TempDir(), "default").error().code, Errc::kInvalidInput);
  EXPECT_THAT(ReadSection(Write(std::string(2 << 20, '#')), "default").error().message,
              HasSubstr("1 MiB"));
}

using Region = ProfileFile;

TEST_F(Region, IsThatOfTheEnvironmentBeforeThatOfTheProfile) {
  Write("[default]\nregion = eu-west-3\n[profile x]\nregion = cn-north-1\n");
  const auto region = [this](const char* named, const char* by_default, const char* profile) {
    return ReadRegion({named, by_default, profile, path_}).value_or("none");
  };
  EXPECT_EQ(region("eu-west-1", "eu-west-2", "x"), "eu-west-1");
  EXPECT_EQ(region("", "eu-west-2", "x"), "eu-west-2");
  EXPECT_EQ(region("", "", "x"), "cn-north-1");
  EXPECT_EQ(region("", "", ""), "eu-west-3");
  EXPECT_EQ(region("", "", "y"), "none");
}

TEST_F(Region, IsAskedForWhereThereIsNone) {
  EXPECT_THAT(ReadRegion({}).error().message, HasSubstr("set AWS_REGION"));
  for (const char* wrong : {"eu west", "a.example.com/", "EU-WEST-1", "-a", "a-"})
    EXPECT_THAT(ReadRegion({.region = wrong}).error().message, HasSubstr("AWS_REGION"));
}

}  // namespace
}  // namespace rolecall
