// JSON-LD in the forms in which sites write it.
#include "content/job_page.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "content/html_text.h"

namespace rolecall {
namespace {

std::string Page(std::string_view json) {
  return fmt::format(
      "<html><head><SCRIPT Type=\"application/LD+JSON\">{}</SCRIPT></head><p>x</html>", json);
}

constexpr std::string_view kCook =
    R"({"@context":"http://schema.org","@type":"JobPosting","title":"Cook &amp; Baker",
"description":"<p>Soup</p>","identifier":{"@type":"PropertyValue","name":"Acme","value":7},
"url":"https://acme.example/7?a=1&amp;b=2","datePosted":"2025-8-26","qualifications":["A ladle","Salt"],
"jobLocation":[{"@type":"Place","address":{"addressLocality":"Köln","addressCountry":{"name":"DE"}}},
{"@type":"Place","address":"Bern"},"Rome"]})";

// The only posting of a page; an empty one where there is none, or more.
JobPosting Only(std::string_view html) {
  auto postings = ReadJobPostings(html);
  return postings.size() == 1 ? postings.front() : JobPosting{};
}

TEST(ReadJobPostings, ReadsWhatAPostingSays) {
  const JobPosting cook = Only(Page(kCook));

  EXPECT_EQ(cook.id, "7");
  EXPECT_EQ(cook.url, "https://acme.example/7?a=1&b=2");
  EXPECT_EQ(cook.title, "Cook & Baker");
  EXPECT_EQ(cook.description, "<p>Soup</p>");
  EXPECT_EQ(HtmlToText(cook.requirements), "A ladle\n\nSalt");
  EXPECT_EQ(cook.places, (std::vector<std::string>{"Köln, DE", "Bern", "Rome"}));
  EXPECT_EQ(cook.posted_on, "2025-8-26");
  EXPECT_EQ(Only(Page(R"({"@type":"JobPosting","jobLocationType":"TELECOMMUTE"})")).location_type,
            "TELECOMMUTE");
}

PostedSalary SalaryIn(std::string_view keys) {
  return Only(Page(fmt::format(R"({{"@type":"JobPosting",{}}})", keys))).salary;
}

TEST(ReadJobPostings, ReadsASalaryInItsForms) {
  EXPECT_EQ(
      SalaryIn(R"("baseSalary":{"currency":"EUR","value":{"minValue":50000,"maxValue":60000.5,
"unitText":"YEAR"}})"),
      (PostedSalary{
          .words = {}, .least = "50000", .most = "60000.50", .currency = "EUR", .per = "YEAR"}));
  EXPECT_EQ(SalaryIn(R"("salaryCurrency":"USD","baseSalary":{"value":"21.5","unitText":"HOUR"})"),
            (PostedSalary{
                .words = {}, .least = "21.5", .most = "21.5", .currency = "USD", .per = "HOUR"}));
  EXPECT_EQ(SalaryIn(R"("baseSalary":{"currency":"EUR","value":{"value":900}})").most, "900");
  EXPECT_EQ(SalaryIn(R"("baseSalary":"20 &amp; more")").words, "20 & more");
  EXPECT_EQ(SalaryIn(R"("baseSalary":70000)").least, "70000");
  EXPECT_EQ(SalaryIn(R"("baseSalary":[1,2])"), PostedSalary{});
  EXPECT_EQ(SalaryIn(R"("title":"Cook")"), PostedSalary{});
}

TEST(ReadJobPostings, LooksThroughListsGraphsAndItems) {
  for (const auto& json :
       {fmt::format("[{}]", kCook),
        fmt::format(R"({{"@graph":[{{"@type":"WebSite"}},{}]}})", kCook),
        fmt::format(
            R"({{"@type":"ItemList","itemListElement":[{{"@type":"ListItem","item":{}}}]}})",
            kCook),
        fmt::format(R"({{"@type":"WebPage","mainEntity":{}}})", kCook)})
    EXPECT_EQ(Only(Page(json)).id, "7") << json;
  EXPECT_EQ(ReadJobPostings(Page(kCook) + Page(R"({"@type":"JobPosting"})")).size(), 2);
  EXPECT_EQ(Only(Page(R"({"@type":["Thing","JobPosting"],"identifier":"a7"})")).id, "a7");
}

TEST(ReadJobPostings, TakesGuardsAndCommentsOff) {
  for (const char* form : {"//<![CDATA[\n{}\n//]]>", "<![CDATA[{}]]>", "/*<![CDATA[*/{}/*]]>*/",
                           "<!-- {} -->", "{};", "\n  {}\n"}) {
    EXPECT_EQ(Only(Page(fmt::format(fmt::runtime(form), kCook))).id, "7") << form;
    const auto list = fmt::format("[{}]", kCook);
    EXPECT_EQ(Only(Page(fmt::format(fmt::runtime(form), list))).id, "7") << form;
  }
}

TEST(ReadJobPostings, MendsControlsAndEscapes) {
  const auto described = [](std::string_view description) {
    return HtmlToText(
        Only(Page(fmt::format(R"({{"@type":"JobPosting","description":"{}"}})", description)))
            .description);
  };

  EXPECT_EQ(described("Soup\n\tand stew"), "Soup and stew");
  EXPECT_EQ(described("&lt;p&gt;Soup &amp;amp; stew&lt;/p&gt;"), "Soup & stew");
  EXPECT_EQ(described("&amp;lt;p&amp;gt;Soup&amp;lt;/p&amp;gt;"), "Soup");
  EXPECT_EQ(described("a &lt; b"), "a < b");
  EXPECT_EQ(Only(Page("{&quot;@type&quot;:&quot;JobPosting&quot;,&quot;identifier&quot;:9}")).id,
            "9");
}

TEST(ReadJobPostings, TellsAPostingOnceThatStandsTwice) {
  EXPECT_EQ(ReadJobPostings(Page(kCook) + Page(kCook)).size(), 1);
}

TEST(ReadJobPostings, TakesTheNamesOfPlacesThatRepeatOneAddress) {
  const auto places = [](std::string_view locations) {
    return Only(Page(fmt::format(R"({{"@type":"JobPosting","jobLocation":[{}]}})", locations)))
        .places;
  };
  const auto place = [](std::string_view name, std::string_view locality) {
    return fmt::format(R"({{"name":"{}","address":{{"addressLocality":"{}"}}}})", name, locality);
  };

  EXPECT_EQ(places(fmt::format("{},{},{}", place("Köln, DE", "Köln"), place("Bern", "Köln"),
                               place("HQ", "Rome"))),
            (std::vector<std::string>{"Köln, DE", "Bern", "Rome"}));
  EXPECT_EQ(places(fmt::format("{},{}", place("HQ", "Köln"), place("HQ", "Köln"))),
            (std::vector<std::string>{"Köln", "Köln"}));
  EXPECT_EQ(places(fmt::format("{},{}", place("", "Köln"), place("Bern", "Köln"))),
            (std::vector<std::string>{"Köln", "Bern"}));
}

TEST(ReadJobPage, NamesWhatAListLeadsToAndHowMuch) {
  const JobPage page =
      ReadJobPage(Page(fmt::format(R"({{"@type":"ItemList","numberOfItems":5,"itemListElement":[
        {{"@type":"ListItem","position":1,"url":"/jobs/1?a=1&amp;b=2"}},
        {{"@type":"ListItem","position":2,"item":{}}},
        {{"@type":"ListItem","position":3,"item":"https://acme.example/jobs/3"}},
        {{"@type":"ListItem","position":4,"item":{{"@id":"/jobs/4"}}}},"/jobs/5"]}})",
                                   kCook)));

  EXPECT_EQ(page.listed, (std::vector<std::string>{"/jobs/1?a=1&b=2", "https://acme.example/jobs/3",
                                                   "/jobs/4", "/jobs/5"}));
  EXPECT_EQ(page.postings.size(), 1);
  EXPECT_EQ(page.total, 5);
  EXPECT_FALSE(page.broken);
}

TEST(ReadJobPage, TakesNoTotalOfSeveralListsOrOfBreadcrumbs) {
  constexpr std::string_view kList =
      R"({"@type":"ItemList","numberOfItems":1,"itemListElement":[]})";

  EXPECT_EQ(ReadJobPage(Page(kList)).total, 1);
  EXPECT_EQ(ReadJobPage(Page(kList) + Page(kList)).total, std::nullopt);
  const JobPage crumbs = ReadJobPage(
      Page(R"({"@type":"BreadcrumbList","numberOfItems":1,"itemListElement":[{"item":"/jobs"}]})"));
  EXPECT_EQ(crumbs.total, std::nullopt);
  EXPECT_TRUE(crumbs.listed.empty());
  for (const char* number : {"-1", "\"2\"", "3000000000", "1.5"})
    EXPECT_EQ(ReadJobPage(Page(fmt::format(R"({{"@type":"ItemList","numberOfItems":{}}})", number)))
                  .total,
              std::nullopt)
        << number;
}

TEST(ReadJobPage, SaysThatAPostingCannotBeRead) {
  EXPECT_TRUE(ReadJobPage(Page(R"({"@type":"JobPosting","title":"Co)")).broken);
  EXPECT_TRUE(ReadJobPage(Page(R"({"@type":"JobPosting","title":})") + Page(kCook)).broken);
  EXPECT_FALSE(ReadJobPage(Page("")).broken);
  EXPECT_FALSE(ReadJobPage(Page(R"({"@type":"WebSite)")).broken);
  EXPECT_FALSE(ReadJobPage(Page(kCook)).broken);
}

TEST(ReadJobPostings, FindsNoneInWhatHasNone) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  for (const std::string& page :
       {std::string(), std::string("<html>"), Page(""), Page("{"), Page("{}"), Page("[CDATA["),
        Page(R"({"@type":"WebSite"})"), Page(R"({"@type":"JobPosting)"), Page(deep),
        std::string("<script type=application/ld+json>"), std::string("<script"),
        fmt::format("<script>{}</script>", kCook)})
    EXPECT_TRUE(ReadJobPostings(page).empty()) << page.substr(0, 80);
}

TEST(ReadJobPostings, TakesUnavailableForNoWordOfAPlace) {
  const auto posting = Only(Page(R"({"@type":"JobPosting","jobLocation":[
{"address":{"addressLocality":"UNAVAILABLE","addressRegion":"SC","addressCountry":"US"}},
{"address":{"addressLocality":"UNAVAILABLE","addressRegion":"UNAVAILABLE","addressCountry":"UNAVAILABLE"}}]})"));

  EXPECT_EQ(posting.places, std::vector<std::string>{"SC, US"});
}

}  // namespace
}  // namespace rolecall
