// Places at the command line: filtered by, for one company and for all, and several in a line.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "tests/support/program.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Places : public Rolecall {
 protected:
  void SetUp() override {
    Rolecall::SetUp();
    if (IsSkipped()) return;
    Simulate(2, 60);
    FollowAll();
    company_ = sim().Companies()[0].name;
  }
  std::string company_;
};

TEST_P(Places, AreFilteredByAndSaidSo) {
  const Finished filter = Do({"companies", "filter", company_, "--place", "Zurich", "Germany",
                              "--not-place", "munich", "--remote"});
  const Finished titles = Do({"companies", "filter", company_, "--exclude", "intern"});
  const json::value listed = Json({"companies", "list"});
  const Finished list = Do({"companies", "list"});
  const json::value preview = Json({"preview", "--company", company_});

  const Finished shown = Do({"companies", "filter", company_});
  EXPECT_THAT(shown.err, AllOf(HasSubstr("but none with \"intern\"; at \"Zurich\""),
                               HasSubstr("--every-place")));
  EXPECT_EQ(Do({"companies", "list"}).out, list.out) << "to look changes nothing";
  EXPECT_THAT(filter.err, HasSubstr(company_ + ": every title; at \"Zurich\" or \"Germany\" or "
                                               "remote, but not at \"munich\"."));
  EXPECT_THAT(titles.err, HasSubstr(": every title, but none with \"intern\"; at \"Zurich\""));
  EXPECT_THAT(list.out,
              AllOf(HasSubstr("\"Zurich\" or \"Germany\" or remote"), HasSubstr("not at")));
  bool is_listed = false;
  for (const json::value& one : listed.as_array())
    if (one.at("company_name").as_string() == company_) {
      is_listed = true;
      EXPECT_EQ(one.at("place_filters").at("remote"), true);
      EXPECT_EQ(one.at("place_filters").at("include").as_array().size(), 2u);
      EXPECT_EQ(one.at("title_filters").at("exclude").as_array().size(), 1u);
    }
  EXPECT_TRUE(is_listed);
  const json::value& of_company = preview.at(company_);
  EXPECT_FALSE(of_company.at("included_jobs").as_array().empty());
  std::set<std::string> rules;
  for (const json::value& job : of_company.at("excluded_jobs").as_array())
    rules.insert(std::string(job.at("rule").as_string()));
  EXPECT_TRUE(rules.contains("no include place matches"));
}

TEST_P(Places, OfAllCompaniesAreFilteredAtOnce) {
  Do({"run"});

  const Finished filter =
      Do({"companies", "filter", "--all", "--place", "nowhere", "--as-written"});
  const Finished list = Do({"companies", "list"});
  const Finished run = Do({"run"});
  const Finished none = Do({"jobs"});
  const Finished undone = Do({"companies", "filter", "--all", "--every-place"});
  Do({"run"});
  const Finished back = Do({"jobs"});

  EXPECT_THAT(filter.err, AllOf(HasSubstr("all companies, beside the filters of each: every title; "
                                          "at \"nowhere\"."),
                                HasSubstr("no include place matches (all companies)")));
  EXPECT_THAT(list.err, HasSubstr("All of them: every title; at \"nowhere\"."));
  EXPECT_EQ(run.code, 2) << "it says what the filter took";
  EXPECT_THAT(none.out + none.err, Not(HasSubstr("Germany")));
  EXPECT_THAT(undone.err, HasSubstr("beside the filters of each: every title."));
  EXPECT_THAT(back.out, HasSubstr("Germany"));
}

TEST_P(Places, GoWithAnExportedListAndComeBack) {
  Do({"companies", "filter", company_, "--place", "Bern, CH", "--remote"});
  const Finished exported = Do({"companies", "export"});
  Do({"companies", "filter", company_, "--every-place"});

  const std::string list = fmt::format("{}/rolecall_places_{}_{}.csv", testing::TempDir(), getpid(),
                                       static_cast<const void*>(this));
  std::ofstream(list) << exported.out;
  const Finished imported = Do({"companies", "import", list});
  std::filesystem::remove(list);
  const Finished again = Do({"companies", "export"});

  EXPECT_THAT(exported.out, HasSubstr("\"Bern, CH\",,yes"));
  EXPECT_EQ(imported.code, 0) << imported.err;
  EXPECT_THAT(again.out, HasSubstr(",,,no")) << "what is followed already stays as it is";
}

TEST_P(Places, OfOneRoleAreOneLine) {
  Do({"run"});

  const Finished roles = Do({"jobs"});
  const Finished each = Do({"jobs", "--expand"});
  const json::value all = Json({"jobs"});

  const auto lines = [](const std::string& text) { return std::ranges::count(text, '\n'); };
  const auto jobs = all.at("total").to_number<std::int64_t>();
  EXPECT_EQ(lines(each.out), jobs + 1);
  EXPECT_LT(lines(roles.out), lines(each.out));
  EXPECT_THAT(roles.out, HasSubstr(" postings: "));
  EXPECT_THAT(roles.err, HasSubstr("--expand shows each"));
  EXPECT_THAT(each.out, Not(HasSubstr(" postings: ")));
  const Finished preview = Do({"preview", "--all"}),
                 expanded = Do({"preview", "--all", "--expand"});
  EXPECT_LT(lines(preview.out), lines(expanded.out));
}

TEST_P(Places, WhatCannotBeMeantIsRefused) {
  struct Case {
    std::vector<std::string> words;
    std::string sentence;
  };
  for (const Case& one : {
           Case{{"--all", company_}, "name none beside it"},
           Case{{}, "name a company, or all of them with --all"},
           Case{{company_, "--place", "x", "--every-place"}, "cannot both be meant"},
           Case{{company_, "--place", "Bern; Rome"}, "its semicolon part of it"},
           Case{{company_, "--not-place", "/(/"}, "is no regular expression"},
           Case{{company_, "--place", ""}, "the filter \"\" names no letter"},
           Case{{company_, "--place", std::string(501, 'x')}, "a term takes at most 500 bytes"},
       }) {
    std::vector<std::string> words{"companies", "filter"};
    words.insert(words.end(), one.words.begin(), one.words.end());
    const Finished refused = Do(words);
    EXPECT_EQ(refused.code, 64) << one.sentence;
    EXPECT_THAT(refused.err, HasSubstr(one.sentence));
  }
}

ROLECALL_ON_BOTH_DATABASES(Places);

}  // namespace
}  // namespace rolecall
