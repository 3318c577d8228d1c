// Where the search's index is kept.
#include "app/search_folder.h"

#include <gmock/gmock.h>

namespace rolecall {
namespace {

using testing::MatchesRegex;

Config ConfigOf(std::string database_url) {
  Config config;
  config.database_url = std::move(database_url);
  config.data_folder = "/data";
  return config;
}

TEST(SearchFolder, IsBesideAFileAndOneADatabaseElsewhere) {
  Config file = ConfigOf("sqlite:/home/rolecall.db");
  const Config server = ConfigOf("postgresql://a:b@c/d");

  EXPECT_EQ(SearchFolderOf(file), "/home/rolecall.db-search");
  EXPECT_THAT(SearchFolderOf(server).value(), MatchesRegex("/data/search-[0-9a-f]{12}"));
  file.search_folder = "/cache";
  EXPECT_THAT(SearchFolderOf(file).value(), MatchesRegex("/cache/search-[0-9a-f]{12}"));
  EXPECT_NE(SearchFolderOf(server), SearchFolderOf(ConfigOf("postgresql://a:b@c/e")));
}

TEST(SearchFolder, IsNowhereOnLambdaNorWithoutAFolderForData) {
  Config config = ConfigOf("postgresql://a:b@c/d");
  config.data_folder = "";
  EXPECT_EQ(SearchFolderOf(config), std::nullopt);

  config = ConfigOf("sqlite:/tmp/rolecall.db");
  config.aws.function = "api";
  EXPECT_EQ(SearchFolderOf(config), std::nullopt);
  EXPECT_EQ(SearchFolderOf(ConfigOf("sqlite::memory:")), "") << "where the database is";
}

}  // namespace
}  // namespace rolecall
