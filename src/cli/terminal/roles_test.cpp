// Which postings are one line, and what it says of their places.
#include "cli/terminal/roles.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

struct Posting {
  std::string title, location, status = "new";
};

std::vector<std::string> LinesOf(const std::vector<Posting>& postings) {
  std::vector<const Posting*> all;
  for (const Posting& one : postings) all.push_back(&one);
  std::vector<std::string> lines;
  for (const auto& role : RolesOf(all, [](const Posting& one) { return one.status; }))
    lines.push_back(role.front()->title + " · " + PlacesOf(role));
  return lines;
}

TEST(RolesOf, JoinsPostingsOfOneTitleWithTheirPlaces) {
  EXPECT_EQ(LinesOf({{"Cook", "Bern"}, {"Baker", "Rome"}, {"COOK", "Oslo"}}),
            (std::vector<std::string>{"Cook · 2 postings: Bern; Oslo", "Baker · Rome"}));
}

TEST(RolesOf, TwoOpeningsAtOnePlaceAreTwo) {
  EXPECT_EQ(LinesOf({{"Cook", "Bern"}, {"Cook", "Bern"}, {"Cook", "Oslo"}}),
            (std::vector<std::string>{"Cook · 2 postings: Bern; Oslo", "Cook · Bern"}));
  EXPECT_EQ(LinesOf({{"Cook", ""}, {"Cook", ""}}),
            (std::vector<std::string>{"Cook · ", "Cook · "}));
}

TEST(RolesOf, WhatIsShownBesidePartsThem) {
  EXPECT_EQ(LinesOf({{"Cook", "Bern"}, {"Cook", "Oslo", "changed"}}),
            (std::vector<std::string>{"Cook · Bern", "Cook · Oslo"}));
}

}  // namespace
}  // namespace rolecall
