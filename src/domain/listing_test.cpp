// When the pages of a reading are the whole board, and what a digest covers.
#include "domain/listing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/property/builders.h"

namespace rolecall {
namespace {

std::string DoubtOf(const Listing& listing) {
  if (const auto* but_for = std::get_if<ListingButFor>(&listing)) return but_for->Trouble();
  const auto* partial = std::get_if<PartialListing>(&listing);
  return partial == nullptr ? "none" : partial->trouble;
}

std::string DigestOf(std::vector<ListedJob> jobs) {
  return std::get<CompleteListing>(Complete(std::move(jobs))).digest();
}

TEST(ListingBuilder, MakesACompleteListingOfAllPages) {
  ListingBuilder builder(100);
  builder.StateTotal(5);

  EXPECT_TRUE(builder.AddPage(MakeListed(1, 3)));
  EXPECT_TRUE(builder.AddPage(MakeListed(4, 5)));

  const Listing listing = std::move(builder).Finish();
  ASSERT_TRUE(std::holds_alternative<CompleteListing>(listing));
  EXPECT_EQ(std::get<CompleteListing>(listing).jobs().size(), 5u);
}

TEST(ListingBuilder, MakesACompleteListingOfAnEmptyBoard) {
  ListingBuilder builder(100);
  builder.StateTotal(0);
  builder.AddPage({});

  EXPECT_TRUE(std::holds_alternative<CompleteListing>(std::move(builder).Finish()));
}

std::string DoubtOf(int listed, int stated) {
  ListingBuilder builder(10'000);
  builder.StateTotal(stated);
  builder.AddPage(MakeListed(1, listed));
  return DoubtOf(std::move(builder).Finish());
}

TEST(ListingBuilder, IsWholeButForAFewWhereTheStatedTotalDiffersByThem) {
  EXPECT_EQ(DoubtOf(49, 50), "whole but for 1: 49 of a stated 50");
  EXPECT_EQ(DoubtOf(52, 50), "whole but for 2: 52 came, of a stated 50");
  EXPECT_EQ(DoubtOf(47, 50), "whole but for 3: 47 of a stated 50");
  EXPECT_EQ(DoubtOf(46, 50), "incomplete: 46 of a stated 50");
}

TEST(ListingBuilder, IsWholeButForTwoPercentOfALargeTotal) {
  EXPECT_EQ(DoubtOf(980, 1000), "whole but for 20: 980 of a stated 1000");
  EXPECT_EQ(DoubtOf(979, 1000), "incomplete: 979 of a stated 1000");
}

TEST(ListingBuilder, IsNeverWholeButForHalfOfItsEntries) {
  EXPECT_EQ(DoubtOf(7, 10), "whole but for 3: 7 of a stated 10");
  EXPECT_EQ(DoubtOf(6, 9), "incomplete: 6 of a stated 9");
  EXPECT_EQ(DoubtOf(2, 1), "incomplete: 2 came, of a stated 1");
  EXPECT_EQ(DoubtOf(0, 1), "incomplete: 0 of a stated 1");
}

TEST(ListingBuilder, JoinsAnIdTwiceOnOnePageAndComparesTotalsWithRawEntries) {
  auto page = MakeListed(1, 2);
  page.push_back(MakeListed(1));
  page.back().location = "Basel; Bern";
  ListingBuilder builder(100);
  builder.StateTotal(3);
  builder.AddPage(page);

  const Listing listing = std::move(builder).Finish();

  ASSERT_TRUE(std::holds_alternative<CompleteListing>(listing)) << DoubtOf(listing);
  ASSERT_EQ(std::get<CompleteListing>(listing).jobs().size(), 2u);
  EXPECT_EQ(std::get<CompleteListing>(listing).jobs()[0].location, "Bern; Basel");
}

TEST(ListingBuilder, JoinsPlacesWithoutTakingPartOfANameForTheName) {
  std::vector<ListedJob> page{MakeListed(1), MakeListed(1), MakeListed(1)};
  page[0].location = "New York";
  page[1].location = "York";
  page[2].location = "";
  ListingBuilder builder(100);
  builder.AddPage(page);

  const Listing listing = std::move(builder).Finish();

  EXPECT_EQ(std::get<CompleteListing>(listing).jobs()[0].location, "New York; York");
}

TEST(ListingBuilder, IsWholeButForEntriesThatComeAgainOnALaterPage) {
  ListingBuilder builder(100);
  builder.StateTotal(5);
  builder.AddPage(MakeListed(1, 3));

  EXPECT_TRUE(builder.AddPage(MakeListed(3, 4)));

  const Listing listing = std::move(builder).Finish();
  EXPECT_EQ(DoubtOf(listing), "whole but for 1: page 2, entry 1: 3 again, as on page 1");
  EXPECT_EQ(std::get<ListingButFor>(listing).jobs().size(), 4u);
}

// An entry of opening 1, under one of its paths.
ListedJob ByPath(std::string path, std::string title, std::string location) {
  return {.external_id = "R1",
          .path = path,
          .title = std::move(title),
          .location = std::move(location),
          .url = "https://board.test" + path,
          .content = {}};
}

TEST(ListingBuilder, JoinsTwoPathsOfOneIdWithoutADoubt) {
  ListingBuilder builder(100);
  builder.StateTotal(2);
  builder.AddPage({ByPath("/Rome/Cook_R1", "Cook", "Rome; Bern")});

  EXPECT_TRUE(builder.AddPage({ByPath("/Bern/Chef_R1", "Chef", "Bern")})) << "its path is new";

  const Listing listing = std::move(builder).Finish();
  ASSERT_EQ(DoubtOf(listing), "none");
  const auto& jobs = std::get<CompleteListing>(listing).jobs();
  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_EQ(jobs[0].path, "/Bern/Chef_R1");
  EXPECT_EQ(jobs[0].title, "Chef");
  EXPECT_EQ(jobs[0].url, "https://board.test/Bern/Chef_R1");
  EXPECT_EQ(jobs[0].location, "Bern; Rome");
}

TEST(ListingBuilder, JoinsPathsToTheSameJobWhateverTheirOrder) {
  std::vector<ListedJob> page{ByPath("/A_R1", "Cook", "Rome"), ByPath("/B_R1", "Chef", "Oslo"),
                              ByPath("/C_R1", "Baker", "Bern"), ByPath("/B_R1", "Chef", "Ulm")};
  const std::string digest = DigestOf(page);

  for (int turn = 1; turn < 4; ++turn) {
    std::ranges::rotate(page, page.begin() + 1);
    EXPECT_EQ(DigestOf(page), digest) << turn;
  }
}

TEST(ListingBuilder, TellsAPathThatComesAgainOnALaterPage) {
  ListingBuilder builder(100);
  builder.AddPage({ByPath("/A_R1", "Cook", "Rome"), ByPath("/B_R1", "Cook", "Rome")});

  EXPECT_FALSE(builder.AddPage({ByPath("/B_R1", "Cook", "Rome")}));

  EXPECT_EQ(DoubtOf(std::move(builder).Finish()),
            "whole but for 1: page 2, entry 1: /B_R1 again, as on page 1");
}

TEST(ListingBuilder, SaysWhenAPageBroughtNothingNew) {
  ListingBuilder builder(100);
  builder.AddPage(MakeListed(1, 3));

  EXPECT_FALSE(builder.AddPage(MakeListed(1, 2)));
  EXPECT_FALSE(builder.AddPage({}));
}

TEST(ListingBuilder, IsCutAndIncompleteAboveTheCapOnly) {
  ListingBuilder full(3), over(3);
  full.AddPage(MakeListed(1, 3));
  over.AddPage(MakeListed(1, 4));
  EXPECT_FALSE(full.capped());
  EXPECT_TRUE(over.capped());

  const Listing cut = std::move(over).Finish();

  EXPECT_TRUE(std::holds_alternative<CompleteListing>(std::move(full).Finish()));
  EXPECT_EQ(DoubtOf(cut), "stopped at the cap of 3 jobs");
  EXPECT_EQ(std::get<PartialListing>(cut).jobs.size(), 3u);
}

// A page of five jobs, and entries that cannot be read.
Listing WithUnreadable(int entries) {
  ListingBuilder builder(100);
  builder.StateTotal(5 + entries);
  for (int i = 0; i < entries; ++i)
    builder.AddUnreadable({.place = 6 + i,
                           .what = "an entry without title",
                           .digest = std::to_string(i),
                           .external_id = {},
                           .requisition = {}});
  builder.AddPage(MakeListed(1, 5));
  EXPECT_EQ(builder.entries(), 5 + entries);
  return std::move(builder).Finish();
}

TEST(ListingBuilder, IsWholeButForAFewEntriesThatCannotBeRead) {
  EXPECT_EQ(DoubtOf(WithUnreadable(1)), "whole but for 1: page 1, entry 6: an entry without title");
  EXPECT_EQ(DoubtOf(WithUnreadable(3)),
            "whole but for 3: page 1, entry 6: an entry without title; page 1, entry 7: an entry "
            "without title; page 1, entry 8: an entry without title");
  EXPECT_EQ(DoubtOf(WithUnreadable(4)),
            "incomplete: page 1, entry 6: an entry without title; page 1, entry 7: an entry "
            "without title; page 1, entry 8: an entry without title; and 1 more");
}

TEST(ListingButFor, HasADigestOfWhatCannotBeReadAndOfHowMany) {
  const auto digest = [](const Listing& listing) {
    return std::get<ListingButFor>(listing).unread_digest();
  };
  ListingBuilder other(100);
  other.AddUnreadable({.place = 1,
                       .what = "an entry without id",
                       .digest = "other",
                       .external_id = {},
                       .requisition = {}});
  other.AddPage(MakeListed(1, 5));

  const auto told = [](const Listing& listing) {
    return std::get<ListingButFor>(listing).ToldDigest();
  };
  EXPECT_EQ(told(ButForOne(MakeListed(1, 5), "at one")),
            told(ButForOne(MakeListed(1, 5), "at two")));
  EXPECT_NE(told(WithUnreadable(1)), told(WithUnreadable(2)));
  EXPECT_EQ(digest(WithUnreadable(1)), digest(WithUnreadable(1)));
  EXPECT_NE(digest(WithUnreadable(1)), digest(WithUnreadable(2)));
  EXPECT_NE(digest(WithUnreadable(1)), digest(std::move(other).Finish()));
}

TEST(ListingBuilder, BreaksOffAsFailedWithoutAPageAndAsPartialWithOne) {
  ListingBuilder none(100), one(100);
  one.AddPage(MakeListed(1, 2));

  const Listing failed = std::move(none).BreakOff("HTTP 502");
  const Listing partial = std::move(one).BreakOff("page 2 failed (HTTP 502)");

  EXPECT_EQ(std::get<FailedListing>(failed).trouble, "HTTP 502");
  EXPECT_EQ(std::get<PartialListing>(partial).jobs.size(), 2u);
  EXPECT_EQ(DoubtOf(partial), "page 2 failed (HTTP 502)");
}

TEST(ListingDigest, DoesNotDependOnTheOrderOfJobs) {
  auto jobs = MakeListed(1, 20);
  const std::string digest = DigestOf(jobs);
  std::ranges::reverse(jobs);

  EXPECT_EQ(DigestOf(jobs), digest);
}

TEST(ListingDigest, CoversEachFieldOfEachJob) {
  const auto same = MakeListed(1, 2);
  auto id = same, title = same, place = same, url = same, content = same, empty = same, path = same;
  id[1].external_id = "3";
  title[1].title = "Cook";
  place[1].location = "Basel";
  url[1].url = "https://board.test/elsewhere";
  content[1].content = "Cook soup.";
  empty[1].content = "";
  path[1].path = "/elsewhere";

  const std::string digest = DigestOf(same);

  for (const auto& other : {id, title, place, url, content, empty, path, MakeListed(1, 3)})
    EXPECT_NE(DigestOf(other), digest);
}

TEST(JobDigest, CoversTitlePlaceAndUrlButNotContent) {
  const ListedJob same = MakeListed(1);
  ListedJob title = same, place = same, url = same, content = same;
  title.title = "Cook";
  place.location = "Basel";
  url.url = "https://board.test/elsewhere";
  content.content = "Cook soup.";

  EXPECT_NE(JobDigest(title), JobDigest(same));
  EXPECT_NE(JobDigest(place), JobDigest(same));
  EXPECT_NE(JobDigest(url), JobDigest(same));
  EXPECT_EQ(JobDigest(content), JobDigest(same));
}

}  // namespace
}  // namespace rolecall
