// Which titles a term matches, and which rule an exclusion names.
#include "domain/title_filter.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "domain/title_term.h"

namespace rolecall {
namespace {

// Whether a single include term lets the title through.
bool Matches(const std::string& term, std::string_view title) {
  const auto filter = TitleFilter::Compile({.include = {term}, .exclude = {}});
  EXPECT_TRUE(filter) << filter.error().message;
  return filter && !filter->WhyExcluded(title);
}

std::optional<std::string> WhyExcluded(const TitleTerms& terms, std::string_view title) {
  const auto filter = TitleFilter::Compile(terms);
  EXPECT_TRUE(filter) << filter.error().message;
  return filter->WhyExcluded(title);
}

TEST(TitleFilter, LetsEverythingThroughWithoutTerms) {
  EXPECT_EQ(WhyExcluded({}, "Cook"), std::nullopt);
  EXPECT_EQ(WhyExcluded({}, ""), std::nullopt);
}

TEST(TitleFilter, WantsAnyIncludeTermAndNoExcludeTerm) {
  const TitleTerms terms{.include = {"engineer", "developer"}, .exclude = {"intern", "senior"}};

  EXPECT_EQ(WhyExcluded(terms, "Developer"), std::nullopt);
  EXPECT_EQ(WhyExcluded(terms, "Cook"), "no include term matches");
  EXPECT_EQ(WhyExcluded(terms, "Senior Engineer"), "exclude: senior");
  EXPECT_EQ(WhyExcluded(terms, "Senior Cook"), "no include term matches");
}

TEST(TitleFilter, NamesTheFirstExcludingRuleAsItWasWritten) {
  EXPECT_EQ(WhyExcluded({.include = {}, .exclude = {"INTERN*", "internal"}}, "Internal Audit"),
            "exclude: INTERN*");
}

TEST(TitleFilter, MatchesAtWordBoundaries) {
  EXPECT_TRUE(Matches("intern", "Intern"));
  EXPECT_TRUE(Matches("intern", "Summer Intern, Robotics"));
  EXPECT_TRUE(Matches("intern", "(Intern)"));
  EXPECT_FALSE(Matches("intern", "Internal Audit"));
  EXPECT_FALSE(Matches("intern", "Winterns"));
  EXPECT_TRUE(Matches("intern", "Internal audit intern"));
}

TEST(TitleFilter, WaivesABoundaryWhereAStarStands) {
  EXPECT_TRUE(Matches("intern*", "Internal Audit"));
  EXPECT_FALSE(Matches("intern*", "Winterns"));
  EXPECT_TRUE(Matches("*tern", "Intern"));
  EXPECT_FALSE(Matches("*tern", "Internal"));
  EXPECT_TRUE(Matches("*tern*", "Winterns"));
}

TEST(TitleFilter, MatchesAnywhereInAScriptThatIsWrittenWithoutBlanks) {
  EXPECT_TRUE(Matches("エンジニア", "シニアエンジニア(東京)"));
  EXPECT_TRUE(Matches("エンジニア", "機械学習エンジニアリング部"));
  EXPECT_TRUE(Matches("软件工程师", "高级软件工程师"));
  EXPECT_TRUE(Matches("วิศวกร", "ตำแหน่งวิศวกรซอฟต์แวร์"));
  EXPECT_FALSE(Matches("デザイナー", "シニアエンジニア"));
}

TEST(TitleFilter, TakesTheBeginOfSuchAScriptForTheEndOfAWord) {
  EXPECT_TRUE(Matches("Java", "Javaエンジニア"));
  EXPECT_TRUE(Matches("Java", "急募Javaエンジニア"));
  EXPECT_FALSE(Matches("Java", "JavaScriptエンジニア"));
}

TEST(TitleFilter, StillAsksForBoundariesInScriptsWithBlanks) {
  EXPECT_FALSE(Matches("инженер", "Инженерный центр"));
  EXPECT_FALSE(Matches("엔지니어", "소프트웨어엔지니어"));
  EXPECT_TRUE(Matches("엔지니어", "시니어 엔지니어"));
}

TEST(TitleFilter, TakesTypographicApostrophesAndHyphensForPlainOnes) {
  EXPECT_TRUE(Matches("people's", "Head of People’s Operations"));
  EXPECT_TRUE(Matches("people’s", "Head of People's Operations"));
  EXPECT_TRUE(Matches("full-stack", "Full‑Stack Developer"));
  EXPECT_TRUE(Matches("full‐stack", "Full-Stack Developer"));
}

TEST(WhatToAskOf, ATermIsAskedAboutItsCommaAndItsFlags) {
  EXPECT_EQ(WhatToAskOf("CTO, COO"),
            "\"CTO, COO\" is one term, and its comma part of it: give each word by itself");
  EXPECT_EQ(WhatToAskOf("/engineer/i"),
            "\"/engineer/i\" is taken as plain words, for the letters behind its last /: write "
            "/engineer/, as case never counts");
  for (const char* term : {"CTO; COO", "CTO\uFF1BCOO"})
    EXPECT_TRUE(WhatToAskOf(term).value_or("").contains("its semicolon part of it")) << term;
  for (const char* term : {"工程师、设计师", "工程师\uFF0C设计师"})
    EXPECT_TRUE(WhatToAskOf(term).value_or("").contains("its comma part of it")) << term;
  for (const char* term : {"\"data engineer\"", "\u201Cdata engineer\u201D", "«ingénieur»"})
    EXPECT_TRUE(WhatToAskOf(term).value_or("").contains("quotation marks")) << term;
  EXPECT_TRUE(WhatToAskOf("//"));
}

TEST(WhatToAskOf, NothingIsAskedAboutAnyOther) {
  for (const char* term : {"engineer", "C++", "/a{1,2}/", "/engineer/", "UI/UX", "and/or", "*tern"})
    EXPECT_EQ(WhatToAskOf(term), std::nullopt) << term;
}

TEST(TitleFilter, AsksForABoundaryOnlyWhereTheEdgeIsALetterOrDigit) {
  EXPECT_TRUE(Matches("C++", "C++ Developer"));
  EXPECT_TRUE(Matches("C++", "C++20 Developer"));
  EXPECT_FALSE(Matches("C++", "ABC++ Developer"));
  EXPECT_TRUE(Matches(".NET", "ASP.NET Developer"));
  EXPECT_FALSE(Matches("L2", "L25 Support"));
}

TEST(TitleFilter, FoldsCaseAndAccentsOnBothSides) {
  EXPECT_TRUE(Matches("developpeur", "Senior DÉVELOPPEUR"));
  EXPECT_TRUE(Matches("Développeuse", "developpeuse web"));
  EXPECT_TRUE(Matches("strasse", "Bauleiter Straße"));
  EXPECT_TRUE(Matches("cafe\xCC\x81", "Café Manager"));
}

TEST(TitleFilter, KnowsLettersOfAnyScript) {
  EXPECT_TRUE(Matches("повар", "Старший Повар"));
  EXPECT_FALSE(Matches("повар", "Повариха"));
  EXPECT_TRUE(Matches("エンジニア", "シニア・エンジニア"));
  EXPECT_FALSE(Matches("art", "Artéfact"));
}

TEST(TitleFilter, MatchesAcrossRunsOfBlanks) {
  EXPECT_TRUE(Matches("data  engineer", "Senior Data\xC2\xA0 Engineer"));
  EXPECT_TRUE(Matches("  cook ", "Cook"));
  EXPECT_TRUE(Matches("head of", "Head \xE2\x80\x83of Halls"));  // an em space
  EXPECT_TRUE(Matches("head\xE3\x80\x80of", "Head of Halls"));   // an ideographic space
}

TEST(TitleFilter, MatchesWhateverStandsUnseen) {
  EXPECT_TRUE(Matches("software", "Soft\xC2\xADware Engineer"));
  EXPECT_TRUE(Matches("\xEF\xBB\xBF cook", "Cook"));
}

TEST(TitleFilter, TakesAnExpressionBetweenSlashes) {
  EXPECT_TRUE(Matches("/^(head|lead) /", "Lead Cook"));
  EXPECT_FALSE(Matches("/^(head|lead) /", "Cook, Lead "));
  EXPECT_TRUE(Matches("/developpeur/", "Développeur"));
  EXPECT_TRUE(Matches("/Développeur/", "DÉVELOPPEUR"));
  EXPECT_EQ(WhyExcluded({.include = {}, .exclude = {"/co{2}k/"}}, "Cook"), "exclude: /co{2}k/");
}

TEST(TitleFilter, RefusesATermThatNamesNothing) {
  for (const char* term : {"", " ", "*", "**"}) {
    const auto filter = TitleFilter::Compile({.include = {}, .exclude = {term}});
    ASSERT_FALSE(filter) << term;
    EXPECT_EQ(filter.error().code, Errc::kInvalidInput);
    EXPECT_NE(filter.error().message.find('"' + std::string(term) + '"'), std::string::npos);
  }
}

TEST(TitleFilter, RefusesABrokenExpressionAndNamesIt) {
  const auto filter = TitleFilter::Compile({.include = {"/co(ok/"}, .exclude = {}});

  ASSERT_FALSE(filter);
  EXPECT_EQ(filter.error().code, Errc::kInvalidInput);
  EXPECT_NE(filter.error().message.find("/co(ok/"), std::string::npos);
}

TEST(TitleFilter, RefusesAnExpressionThatTakesTooMuch) {
  for (const char* term :
       {R"(/(?i)\pL{99}/)", R"(/(\pL{1,30}){1,30}/)", "/((((a{10}){10}){10}){10})/"}) {
    const auto filter = TitleFilter::Compile({.include = {term}, .exclude = {}});
    ASSERT_FALSE(filter) << term;
    EXPECT_EQ(filter.error().code, Errc::kInvalidInput);
    EXPECT_TRUE(filter.error().message.contains(term)) << filter.error().message;
  }
  EXPECT_TRUE(Matches(R"(/\pL+ \pN/)", "Cook 2"));
}

TEST(TitleFilter, TakesAsManyTermsAsACompanyMayHave) {
  TitleTerms terms{.include = std::vector<std::string>(150, "cook"),
                   .exclude = std::vector<std::string>(50, "/co+k/")};
  EXPECT_TRUE(CheckTerms(terms));

  terms.include.emplace_back("baker");
  EXPECT_TRUE(CheckTerms(terms).error().message.contains("at most 200 terms, and these are 201"));
  terms.include = {"/b/"};
  EXPECT_TRUE(CheckTerms(terms).error().message.contains("at most 50 regular expressions"));
}

TEST(CompileTerm, CompilesEqualExpressionsOnce) {
  const auto first = CompileTerm("/c(oo)k/"), again = CompileTerm("/c(oo)k/");
  ASSERT_TRUE(first && again);

  EXPECT_EQ(*first, *again);
  for (int i = 0; i < 2'000; ++i) ASSERT_TRUE(CompileTerm(fmt::format("/c{}/", i)));
  EXPECT_NE(*CompileTerm("/c(oo)k/"), *first) << "not all are kept for ever";
}

TEST(TitleFilter, IsQuickOnAnExpressionThatBacktrackersChokeOn) {
  const auto filter = TitleFilter::Compile({.include = {"/(a+)+$/"}, .exclude = {}});
  ASSERT_TRUE(filter);

  EXPECT_TRUE(filter->WhyExcluded(std::string(50'000, 'a') + "!"));
}

}  // namespace
}  // namespace rolecall
