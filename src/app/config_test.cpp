// What each setting takes, and what is said of one that is wrong.
#include "app/config.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

using std::chrono::milliseconds;

Config Read(Environment environment) {
  environment.try_emplace("HOME", "/home/mia");
  auto config = ReadConfig(environment);
  if (!config) ADD_FAILURE() << config.error().message;
  return config.value_or(Config{});
}

std::string Refusal(Environment environment) {
  environment.try_emplace("HOME", "/home/mia");
  const auto config = ReadConfig(environment);
  if (config) return "";
  EXPECT_EQ(config.error().code, Errc::kInvalidInput);
  return config.error().message;
}

TEST(Config, KeepsItsDatabaseUnderTheUsersDataFolderUnlessTold) {
  EXPECT_EQ(Read({}).database_url, "sqlite:/home/mia/.local/share/rolecall/rolecall.db");
  EXPECT_EQ(Read({{"XDG_DATA_HOME", "/data"}}).database_url, "sqlite:/data/rolecall/rolecall.db");
  EXPECT_EQ(Read({{"DATABASE_URL", "sqlite:here.db"}}).database_url, "sqlite:here.db");
  EXPECT_EQ(Read({{"DATABASE_URL", ""}}).database_url,
            "sqlite:/home/mia/.local/share/rolecall/rolecall.db");
}

TEST(Config, BeginsLinesWithTestWhereItsDatabaseIsTheTestDatabase) {
  EXPECT_EQ(
      LinePrefix(Read({{"DATABASE_URL", "sqlite:a.db"}, {"TEST_DATABASE_URL", "sqlite:a.db"}})),
      "[TEST]");
  EXPECT_EQ(
      LinePrefix(Read({{"DATABASE_URL", "sqlite:a.db"}, {"TEST_DATABASE_URL", "sqlite:b.db"}})),
      "");
  EXPECT_EQ(LinePrefix(Read({{"DATABASE_URL", "sqlite:a.db"}})), "");
}

TEST(Config, PausesBetweenRequestsUnlessAGatewayDecidesThat) {
  EXPECT_EQ(Read({}).fetch.pacing.pause, milliseconds(250));
  EXPECT_EQ(Read({{"ROLECALL_GATEWAY", "http://127.0.0.1:9001"}}).fetch.pacing.pause,
            milliseconds(0));
  EXPECT_EQ(Read({{"ROLECALL_GATEWAY", "http://127.0.0.1:9001"}, {"ROLECALL_HOST_PAUSE", "100ms"}})
                .fetch.pacing.pause,
            milliseconds(100));
}

TEST(Config, ReadsProxiesInSmallLettersOrElseInCapitals) {
  const OutwardProxies small = Read({{"https_proxy", "http://a.example:1"},
                                     {"HTTPS_PROXY", "http://b.example:2"},
                                     {"http_proxy", "http://c.example:3"},
                                     {"no_proxy", "acme.example"}})
                                   .fetch.proxies;
  const OutwardProxies capitals = Read({{"HTTPS_PROXY", "http://b.example:2"},
                                        {"HTTP_PROXY", "http://d.example:4"},
                                        {"NO_PROXY", "*"}})
                                      .fetch.proxies;

  EXPECT_EQ(small.for_https, "http://a.example:1");
  EXPECT_EQ(small.for_http, "http://c.example:3");
  EXPECT_EQ(small.left_out, "acme.example");
  EXPECT_EQ(capitals.for_https, "http://b.example:2");
  EXPECT_EQ(capitals.for_http, "") << "a header of a request to a web server sets it";
  EXPECT_EQ(capitals.left_out, "*");
}

TEST(Config, ReadsEverySetting) {
  const Config config = Read({{"ROLECALL_FETCH_DEADLINE", "1.5"},
                              {"ROLECALL_MAX_JOBS", "10"},
                              {"ROLECALL_MAX_PAGES", "3"},
                              {"ROLECALL_ALLOW_HOSTS", "Intranet.example, 10.0.0.8,"},
                              {"ROLECALL_CONTACT", "mia@example.com"},
                              {"ROLECALL_LANES", "2"},
                              {"ROLECALL_INGESTION", "mock"},
                              {"ROLECALL_MOCK_WAIT", "2m"},
                              {"ROLECALL_DEFINITIONS", "/etc/boards"},
                              {"ROLECALL_PROXIES", "10.0.0.0/8"},
                              {"TERM", "xterm"}});

  EXPECT_EQ(config.fetch.deadline, milliseconds(1'500));
  EXPECT_EQ(config.limits.max_jobs, 10);
  EXPECT_EQ(config.limits.max_pages, 3);
  EXPECT_EQ(config.fetch.allowed_hosts, (std::vector<std::string>{"intranet.example", "10.0.0.8"}));
  EXPECT_EQ(config.fetch.contact, "mia@example.com");
  EXPECT_EQ(config.lanes, 2);
  EXPECT_EQ(config.ingestion, Ingestion::kMock);
  EXPECT_EQ(config.mock_wait, milliseconds(120'000));
  EXPECT_EQ(config.definitions_folder, "/etc/boards");
  EXPECT_TRUE(config.proxies.Has("10.0.0.8"));
  EXPECT_TRUE(config.steerable);
  EXPECT_TRUE(config.color);
}

TEST(Config, ColoursNothingWithNoColorOrOnADumbTerminal) {
  EXPECT_FALSE(Read({{"TERM", "xterm"}, {"NO_COLOR", "1"}}).color);
  EXPECT_TRUE(Read({{"TERM", "xterm"}, {"NO_COLOR", ""}}).color);
  EXPECT_FALSE(Read({{"TERM", "dumb"}}).color);
  EXPECT_FALSE(Read({}).steerable);
}

TEST(Config, ReadsLogsFromCloudwatchWhereAFunctionWorks) {
  EXPECT_EQ(Read({}).log_source, LogSource::kTable);
  EXPECT_EQ(Read({{"WORKER_FUNCTION_NAME", "worker:prod"}}).log_source, LogSource::kCloudwatch);
  EXPECT_EQ(Read({{"WORKER_FUNCTION_NAME", "worker"}, {"LOG_SOURCE", "table"}}).log_source,
            LogSource::kTable);
  EXPECT_NE(Refusal({{"LOG_SOURCE", "cloudwatch"}}), "");
  EXPECT_NE(Refusal({{"WORKER_FUNCTION_NAME", "no such name"}}), "");
  EXPECT_EQ(
      Refusal({{"LOG_SOURCE", "cloudwach"}}),
      "LOG_SOURCE must be table or cloudwatch, and is \"cloudwach\". Did you mean cloudwatch?");
}

TEST(Config, ReadsHowAFunctionUrlPassesAnswersOn) {
  EXPECT_FALSE(Read({}).aws.function_url_streams);
  EXPECT_FALSE(Read({{"ROLECALL_FUNCTION_URL", "none"}}).aws.function_url_streams);
  EXPECT_TRUE(Read({{"ROLECALL_FUNCTION_URL", "RESPONSE_STREAM"}}).aws.function_url_streams);
  EXPECT_NE(Refusal({{"ROLECALL_FUNCTION_URL", "stream"}}), "");
}

TEST(Config, NamesTheNearestSettingOfAMisspeltOne) {
  EXPECT_EQ(Refusal({{"ROLECALL_MAX_JOB", "5"}}),
            "ROLECALL_MAX_JOB is no setting. Did you mean ROLECALL_MAX_JOBS?");
  EXPECT_EQ(Refusal({{"ROLECALL_TEST_POSTGRES", "x"}, {"OTHER", "x"}}), "");
}

TEST(Config, RefusesValuesThatCannotBeRight) {
  EXPECT_EQ(Refusal({{"ROLECALL_MAX_JOBS", "0"}}),
            "ROLECALL_MAX_JOBS must be a whole number from 1 to 10000000, and is \"0\"");
  for (const char* time : {"soon", "-1", "5 s", "nan", "inf", "25h", "1e9", "1d"})
    EXPECT_NE(Refusal({{"ROLECALL_FETCH_DEADLINE", time}}), "") << time;
  EXPECT_NE(Refusal({{"ROLECALL_FETCH_DEADLINE", "0"}}), "");
  EXPECT_NE(Refusal({{"ROLECALL_CONTACT", "a\r\nX-Evil: 1"}}), "");
  EXPECT_EQ(
      Refusal({{"ROLECALL_PROXIES", "proxy.example"}}),
      "ROLECALL_PROXIES: \"proxy.example\" is neither an address nor a block of them, such as "
      "10.0.0.0/8");
  EXPECT_NE(Refusal({{"ROLECALL_INGESTION", "mok"}}).find("Did you mean mock?"), std::string::npos);
}

}  // namespace
}  // namespace rolecall
