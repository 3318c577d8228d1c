// By what a job is known may change with what other pages say: the job stays the same all the same.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/carry_over.h"
#include "domain/reconcile.h"
#include "tests/support/pretended_site.h"

namespace rolecall {
namespace {

constexpr Timestamp kNow{std::chrono::milliseconds(1'795'000'000'000)};

// Each page's title, and what it gives as its identifier.
struct SaidPage {
  std::string path, title, identifier;
};

BoardReading ReadPages(const std::vector<SaidPage>& pages) {
  std::vector<std::string> paths;
  for (const SaidPage& page : pages) paths.push_back(page.path);
  PretendedSite site("/sitemap.xml", SitemapOf(paths));
  for (const SaidPage& page : pages)
    site.Put(page.path,
             PostingPage(page.title, fmt::format(R"("identifier":"{}")", page.identifier)));
  return site.Read("acme.example/sitemap.xml");
}

KnownBoard KnownBy(const BoardReading& reading) {
  KnownBoard known;
  for (const ListedJob& job : JobsOf(reading))
    known.jobs.push_back({.id = std::ssize(known.jobs) + 1,
                          .external_id = job.external_id,
                          .path = job.path,
                          .title = job.title,
                          .url = job.url,
                          .digest = JobDigest(job)});
  return known;
}

// How many of each fate the second reading makes of what the first one listed.
std::string FatesAfter(const std::vector<SaidPage>& before, const std::vector<SaidPage>& after) {
  KnownBoard known = KnownBy(ReadPages(before));
  const BoardReading reading = ReadPages(after);
  CarryOverPages(known, JobsOf(reading));
  const BoardPlan plan = Reconcile(known, reading.listing, {}, {}, kNow);
  return fmt::format("{} unchanged, {} changed, {} new, {} missing",
                     plan.Count(BoardFate::kUnchanged), plan.Count(BoardFate::kChanged),
                     plan.Count(BoardFate::kNew), plan.Count(BoardFate::kMissing));
}

const SaidPage kPageOfCook{"/jobs/1", "Cook", "4711"};
const SaidPage kPageOfBaker{"/jobs/2", "Baker", "4711"};

TEST(JsonLd, AJobStaysWhenAnotherComesWithItsIdentifier) {
  EXPECT_EQ(FatesAfter({kPageOfCook}, {kPageOfCook, kPageOfBaker}),
            "1 unchanged, 0 changed, 1 new, 0 missing");
}

TEST(JsonLd, AJobStaysWhenTheOthersOfItsIdentifierLeave) {
  EXPECT_EQ(FatesAfter({kPageOfCook, kPageOfBaker}, {kPageOfBaker}),
            "1 unchanged, 0 changed, 0 new, 1 missing");
}

TEST(JsonLd, AJobStaysWhenTheTitlesOfItsIdentifierComeApartOrTogether) {
  const std::vector<SaidPage> together{kPageOfCook, {"/jobs/2", "Cook", "4711"}};

  EXPECT_EQ(FatesAfter(together, {kPageOfCook, kPageOfBaker}),
            "1 unchanged, 0 changed, 1 new, 0 missing");
  EXPECT_EQ(FatesAfter({kPageOfCook, kPageOfBaker}, together),
            "1 unchanged, 0 changed, 0 new, 1 missing");
}

TEST(JsonLd, AnAddressOfSeveralTitlesHidesNone) {
  const auto outcome = [](std::string_view last, std::string_view keys) {
    std::string postings;
    for (const std::string_view title : {"Chef", "Clerk", "Waiter", "Porter"})
      postings +=
          fmt::format(R"({{"@type":"JobPosting","title":"{0}","url":"/jobs/{0}"}},)", title);
    for (const std::string_view title : {std::string_view("Cook"), last})
      postings += fmt::format(R"({{"@type":"JobPosting","title":"{}",{}}},)", title, keys);
    postings.pop_back();
    const std::string page = fmt::format(
        R"(<script type="application/ld+json">{{"@type":"ItemList","numberOfItems":6,"itemListElement":[{}]}}</script>)",
        postings);
    return OutcomeOf(PretendedSite("/jobs", page).Read("acme.example/jobs"));
  };

  for (const std::string_view keys : {R"("identifier":"4711")", R"("url":"/apply")"})
    EXPECT_TRUE(outcome("Baker", keys)
                    .starts_with("whole but for 2: page 1, entry 5: an entry at another's address"))
        << outcome("Baker", keys);
  EXPECT_EQ(outcome("COOK", R"("identifier":"4711","description":"else")"), "complete");
}

}  // namespace
}  // namespace rolecall
