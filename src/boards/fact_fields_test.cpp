// What boards state of a job beside its words, in the forms in which they state it.
#include "boards/fact_fields.h"

#include <gtest/gtest.h>

#include "tests/support/readings.h"
#include "tests/support/worded_board.h"

namespace rolecall {
namespace {

// Of the only job of an answer whose entry has these keys beside id and title.
JobFacts FactsBy(std::string_view fields, std::string_view keys) {
  const BoardAddress board = BoardWith({.fields = std::string(fields)});
  const auto jobs =
      JobsOf(ReadBody(board, fmt::format(R"({{"jobs":[{{"id":7,"title":"Cook",{}}}]}})", keys)));
  return jobs.size() == 1 ? jobs.front().facts : JobFacts{};
}

TEST(FactFields, ADateIsKeptAsTheBoardWritesIt) {
  EXPECT_EQ(FactsBy("posted = \"/at\"", R"("at":1764205361939)").posted, "1764205361939");
  EXPECT_EQ(FactsBy("posted = \"/at/0\"", R"("at":[1764205361,5])").posted, "1764205361");
  EXPECT_EQ(FactsBy("posted = \"/at\"", R"("at":" March  9,\n2026 ")").posted, "March 9, 2026");
  EXPECT_EQ(FactsBy("posted = \"/at\"", R"("at":null)").posted, "");
  EXPECT_EQ(FactsBy("posted = \"/at\"", R"("at":true)").posted, "");
}

TEST(FactFields, WhereOneWorksIsAWordOrTruths) {
  const std::string_view truths =
      R"(workplace = { remote = "/remote", hybrid = "/hybrid", on_site = "/site" })";
  EXPECT_EQ(FactsBy("workplace = \"/at\"", R"("at":"OnSite")").workplace, "on_site");
  EXPECT_EQ(FactsBy("workplace = \"/at\"", R"("at":"unspecified")").workplace, "");
  EXPECT_EQ(FactsBy(truths, R"("remote":true,"hybrid":true)").workplace, "hybrid");
  EXPECT_EQ(FactsBy(truths, R"("remote":true,"hybrid":false)").workplace, "remote");
  EXPECT_EQ(FactsBy(truths, R"("remote":false,"hybrid":null,"site":true)").workplace, "on_site");
  EXPECT_EQ(FactsBy(truths, R"("remote":"yes")").workplace, "");
}

TEST(FactFields, ASalaryIsALineOrARange) {
  const std::string_view range =
      R"(salary = { least = "/min", most = "/max", currency = "/in", per = "/per" })";
  EXPECT_EQ(FactsBy("salary = \"/pay\"", R"("pay":"$135K – $198K")").salary, "$135K – $198K");
  EXPECT_EQ(FactsBy(range, R"("min":"60000","max":75000,"in":"EUR","per":"year")").salary,
            "EUR 60,000–75,000 a year");
  EXPECT_EQ(FactsBy(range, R"("min":135000.0,"max":null,"in":"USD")").salary, "USD from 135,000");
  EXPECT_EQ(FactsBy(range, R"("max":21.5,"min":0,"per":"per-hour-wage")").salary,
            "up to 21.50 an hour");
  EXPECT_EQ(FactsBy(range, R"("min":"a lot","max":"1e9","in":"EUR")").salary, "");
}

TEST(FactFields, DepartmentsStandInSeveralParts) {
  EXPECT_EQ(FactsBy("department = \"/all/*/name\"",
                    R"("all":[{"name":"Kitchen"},{"name":"Food"},{"name":"Kitchen"}])")
                .department,
            "Kitchen; Food");
}

TEST(FactFields, AKeyThatIsNoneIsRefused) {
  EXPECT_EQ(ReadWords({.fields = R"(salary = { leest = "/min" })"}).error().message,
            "board definition test.toml: fields.salary.leest: is no key of a definition. Did you "
            "mean least?");
}

}  // namespace
}  // namespace rolecall
