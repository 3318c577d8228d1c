// What is told of a job that a reading lacks, as events keep it and as a preview shows it.
#include "domain/absence_words.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "domain/reconcile.h"
#include "tests/property/builders.h"

namespace rolecall {
namespace {

using std::chrono::hours;

constexpr std::string_view kAgo = "2026-09-19 14:13:20 UTC";  // two days before noon

struct TellCase {
  KnownBoard known;
  Listing listing;
  Testimony testimony{};
  ExpiryPolicy policy = kTwoWitnesses;
  std::int64_t reading = 0;
  std::map<std::string, std::string> details{};
};

// What is told of the job of that number, and what is awaited of it.
struct Told {
  std::string absence, awaited;
};

Told Tell(const TellCase& one, int number) {
  const BoardPlan plan = Reconcile(one.known, one.listing, one.testimony, one.policy, kNoon);
  const PlannedJob& job = Planned(plan, one.known, one.listing, number);
  const ToldReading reading{.id = one.reading,
                            .now = kNoon,
                            .known = one.known,
                            .listing = one.listing,
                            .control = one.testimony.control,
                            .details = one.details};
  return {TellAbsence(reading, job), TellAwaited(reading, job, one.policy)};
}

KnownBoard OneMissing(int jobs = 5) {
  KnownBoard known = MakeKnownBoard(jobs);
  MakeMissing(known, jobs, jobs, hours(48), 1);
  return known;
}

TEST(TellAbsence, NamesReadingsOfTheLedger) {
  const Told told = Tell({.known = OneMissing(),
                          .listing = Complete(MakeListed(1, 4)),
                          .testimony = AllSay(Witness::kGone, 5, 5),
                          .reading = 12,
                          .details = {{"5", "HTTP 404"}}},
                         5);

  EXPECT_EQ(told.absence,
            "absent from a complete listing of 4 in reading 12, missing since reading 11; gone at "
            "its own address (HTTP 404), as no listed job that was asked is; two witnesses agree; "
            "last seen in reading 5");
}

TEST(TellAbsence, SaysSinceWhenOfAReadingThatIsNotInTheLedger) {
  const Told told = Tell({.known = OneMissing(),
                          .listing = Complete(MakeListed(1, 4)),
                          .testimony = AllSay(Witness::kStands, 5, 5)},
                         5);

  EXPECT_EQ(told.absence, fmt::format("absent from a complete listing of 4, missing since {} "
                                      "(reading 11); its own page stands; last seen in reading 5",
                                      kAgo));
}

TEST(TellAbsence, SaysThatAListingIsTheFirstToLackIt) {
  const Told told = Tell({.known = MakeKnownBoard(5),
                          .listing = Complete(MakeListed(1, 4)),
                          .testimony = AllSay(Witness::kUnclear, 5, 5),
                          .details = {{"5", "HTTP 500"}}},
                         5);

  EXPECT_EQ(told.absence,
            "absent from a complete listing of 4, the first to lack it; its own address proves "
            "nothing (HTTP 500); last seen in reading 5");
}

TEST(TellAbsence, TellsTheLastWholeListingWhereNoneIsAsked) {
  const Told told = Tell({.known = OneMissing(), .listing = ConfirmedListing{}}, 5);

  EXPECT_EQ(told.absence,
            fmt::format("absent from a complete listing of 4 in reading 11, missing since {} "
                        "(reading 11); last seen in reading 5",
                        kAgo));
}

TEST(TellAbsence, SaysSinceWhenAnExpiryIsWithheld) {
  KnownBoard known = MakeKnownBoard(30);
  MakeMissing(known, 10, 30, hours(72), 2);
  WithholdByGuard(known, 10, 30, hours(48));

  const Told told = Tell({.known = known, .listing = Complete(MakeListed(1, 9))}, 30);

  EXPECT_TRUE(told.absence.contains(
      fmt::format("; withheld since {}, as too many would leave with it on one witness; ", kAgo)))
      << told.absence;
  EXPECT_EQ(told.awaited,
            "leaves by a person's word, or once 3 complete listings over 48 hours agree");
}

TEST(TellAbsence, SaysSinceWhenABoardIsNotReadable) {
  KnownBoard known = MakeKnownBoard(5);
  known.unreadable_since = kNoon - hours(15 * 24);

  const Told now = Tell({.known = known, .listing = FailedListing{"HTTP 403"}}, 5);
  const Told written =
      Tell({.known = known, .listing = FailedListing{"HTTP 403"}, .reading = 20}, 5);
  for (KnownJob& job : known.jobs) job.withheld_since = kNoon - hours(24);
  const Told before = Tell({.known = known, .listing = ConfirmedListing{}}, 5);

  const std::string_view since = "its board is not readable since 2026-09-06 14:13:20 UTC";
  const std::string_view seen = "; last seen in reading 5";
  EXPECT_EQ(now.absence, fmt::format("{}, nor now{}", since, seen));
  EXPECT_EQ(written.absence, fmt::format("{}, nor in reading 20{}", since, seen));
  EXPECT_EQ(before.absence, fmt::format("{}{}", since, seen));
  EXPECT_EQ(now.awaited, "leaves by a person's word alone");
  EXPECT_EQ(before.awaited, "leaves by a person's word alone");
}

TEST(TellAwaited, NamesTheOwnAddressWhereThereIsOne) {
  const TellCase stands{.known = OneMissing(),
                        .listing = Complete(MakeListed(1, 4)),
                        .testimony = AllSay(Witness::kStands, 5, 5)};

  EXPECT_EQ(Tell(stands, 5).awaited,
            "leaves once it is gone at its own address, or 5 complete listings over 14 days lack "
            "it");
}

TEST(TellAwaited, NamesListingsWhereOwnAddressesSayNothing) {
  const TellCase no_address{
      .known = MakeKnownBoard(5), .listing = Complete(MakeListed(1, 4)), .policy = kOneWitness};
  TellCase no_control{.known = MakeKnownBoard(5),
                      .listing = Complete(MakeListed(1, 4)),
                      .testimony = AllSay(Witness::kGone, 5, 5)};
  no_control.testimony.control = Control::kFailed;

  const std::string awaited = "leaves once complete listings 24 hours apart lack it";
  EXPECT_EQ(Tell(no_address, 5).awaited, awaited);
  EXPECT_EQ(Tell(no_control, 5).awaited, awaited);
}

TEST(TellAwaited, NamesReadingsOfNobodyWhereTheBoardIsEmpty) {
  EXPECT_EQ(Tell({.known = MakeKnownBoard(5), .listing = Complete({})}, 5).awaited,
            "leaves once 3 readings over 24 hours list nobody");
}

TEST(TellAwaited, NamesTheClockOfListingsThatAreWholeButForAFew) {
  const Told two = Tell({.known = MakeKnownBoard(5),
                         .listing = ButForOne(MakeListed(1, 4)),
                         .testimony = AllSay(Witness::kGone, 5, 5)},
                        5);
  const Told one = Tell(
      {.known = MakeKnownBoard(5), .listing = ButForOne(MakeListed(1, 4)), .policy = kOneWitness},
      5);

  EXPECT_TRUE(two.absence.starts_with(
      "absent from a listing of 4, whole but for 1, the first to lack it; gone at its own address"))
      << two.absence;
  EXPECT_EQ(two.awaited,
            "leaves once two such listings 24 hours apart lack it and it is gone at its own "
            "address");
  EXPECT_EQ(one.awaited, "leaves once 3 such listings over 72 hours lack it");
}

}  // namespace
}  // namespace rolecall
