// A history of real size, with and without a second witness, is told no worse than it is today.
#include "tests/replay/replay.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "boards/definition.h"
#include "tests/replay/figures.h"
#include "tests/support/databases.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

constexpr std::uint32_t kSeed = 1;

// Greenhouse's format, without own addresses.
constexpr char kPlain[] = R"(
kind = "plain"
version = 1
pacing_key = "boards-api.greenhouse.io"
token = '[a-z0-9]+'
token_shape = "a name"

[list]
url = "https://boards-api.greenhouse.io/v1/boards/{token}/jobs?content=true"
paging = "none"
jobs = "/jobs"
total = "/meta/total"

[fields]
id = "/id"
title = "/title"
url = "/absolute_url"
location = "/location/name"
content = "/content"

[content]
escaping = "escaped_html"
)";

// What is reached today, of this seed.
constexpr Figures kOnTwoWitnesses{
    .expiries = 1'545, .undone = 4, .endings = 1'406, .shown = 21, .median_delay_h = 0};
constexpr Figures kOnOneWitness{
    .expiries = 1'597, .undone = 141, .endings = 1'406, .shown = 246, .median_delay_h = 47.9};

void ExpectNoWorse(std::string_view kind, const Figures& today) {
  const RealHistory history = MakeRealHistory(kSeed);
  TestDatabase test_database(Dialect::kSqlite);
  Replay(test_database.database(), *RegistryWith(kPlain), history, kind);

  const auto measured = Measure(test_database.database(), history);

  ASSERT_TRUE(measured) << measured.error().message;
  fmt::print("{}\n", Told(kind, *measured));
  EXPECT_EQ(measured->endings, today.endings) << "another history: measure today's anew";
  EXPECT_LE(measured->UndoneShare(), today.UndoneShare());
  EXPECT_LE(measured->shown, today.shown);
  EXPECT_LE(measured->median_delay_h, today.median_delay_h);
}

TEST(TheReplay, IsNoWorseThanTodayOnTwoWitnesses) { ExpectNoWorse("greenhouse", kOnTwoWitnesses); }

TEST(TheReplay, IsNoWorseThanTodayOnOneWitness) { ExpectNoWorse("plain", kOnOneWitness); }

}  // namespace
}  // namespace rolecall
