// What counts as another fact, and what does not.
#include "domain/job_facts.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

JobFacts Facts(std::string posted, std::string salary = "") {
  return {.posted = std::move(posted), .workplace = {}, .department = {}, .salary = salary};
}

TEST(JobFacts, HaveADigestOnlyWhereAnyIsStated) {
  EXPECT_EQ(FactsDigest({}), "");
  EXPECT_NE(FactsDigest(Facts("2026-01-02")), "");
  EXPECT_NE(FactsDigest(Facts("2026-01-02")), FactsDigest(Facts("2026-01-03")));
  EXPECT_NE(FactsDigest(Facts("March 9, 2026")), FactsDigest(Facts("March 10, 2026")));
  EXPECT_NE(FactsDigest(Facts("", "EUR 50,000")), FactsDigest(Facts("", "EUR 55,000")));
}

TEST(JobFacts, AreTheSameTomorrowWhereADayIsCountedBack) {
  EXPECT_EQ(FactsDigest(Facts("Posted 3 Days Ago")), FactsDigest(Facts("Posted 4 Days Ago")));
  EXPECT_EQ(FactsDigest(Facts("Posted Today")), FactsDigest(Facts("Posted Yesterday")));
}

TEST(JobFacts, KnowTheWordsForWhereOneWorks) {
  EXPECT_EQ(WorkplaceOf("Remote"), "remote");
  EXPECT_EQ(WorkplaceOf("TELECOMMUTE"), "remote");
  EXPECT_EQ(WorkplaceOf("Hybrid Remote"), "hybrid");
  EXPECT_EQ(WorkplaceOf("OnSite"), "on_site");
  EXPECT_EQ(WorkplaceOf("ORA_ON_SITE"), "on_site");
  EXPECT_EQ(WorkplaceOf("on-site"), "on_site");
  EXPECT_EQ(WorkplaceOf("unspecified"), "");
}

}  // namespace
}  // namespace rolecall
