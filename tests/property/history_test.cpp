// What holds in every history of a board and its followers, whatever its listings do.
#include "tests/property/history.h"

#include <gtest/gtest.h>

#include <set>

#include "domain/contents.h"
#include "tests/property/every_history.h"
#include "tests/property/evidence.h"

namespace rolecall {
namespace {

using std::chrono::hours;

// Whether the follower reads the job as this reading left it: what is missing is readable too.
bool IsOpen(UserFate fate) {
  return fate != UserFate::kExpired && fate != UserFate::kExcluded &&
         fate != UserFate::kNotReconciled;
}

TEST(EveryHistory, NamesEachListedOrOpenJobOfTheBoardOnce) {
  InEveryStep([](const Step& step) {
    std::multiset<std::string> named;
    for (const PlannedJob& job : step.plan.jobs) named.insert(step.IdOf(job));
    std::set<std::string> expected;
    for (const ListedJob& job : step.listed()) expected.insert(job.external_id);
    for (const KnownJob& job : step.before.jobs)
      if (!job.expired) expected.insert(job.external_id);

    EXPECT_EQ(named, std::multiset<std::string>(expected.begin(), expected.end()));
  });
}

TEST(EveryHistory, HasNumbersThatAddUp) {
  InEveryStep([](const Step& step) {
    const BoardState board = StateAfter(step.before, step.listing, step.plan);
    for (const UserStep& user : step.users) {
      const auto rows = std::ranges::count(user.before.jobs, false, &UserJob::left);
      EXPECT_EQ(WhyNotAddingUp(user.plan.counts, Contents::kOutstanding), std::nullopt);
      EXPECT_EQ(user.plan.counts.active_before, rows);
      for (const bool by_request : {false, true}) {
        const ContentPlan contents =
            PlanContents({step.before, step.plan, board, user.plan, user.before.last_reading_id},
                         {.by_request = by_request}, step.now);
        EXPECT_EQ(contents.ready + contents.skipped + contents.failed +
                      static_cast<int>(contents.ask.size()),
                  user.plan.counts.included);
      }
    }
  });
}

TEST(EveryHistory, LosesNothingOnAReadingThatIsNotComplete) {
  InEveryStep([](const Step& step) {
    if (std::holds_alternative<CompleteListing>(step.listing) ||
        std::holds_alternative<ListingButFor>(step.listing))
      return;
    const bool failed = std::holds_alternative<FailedListing>(step.listing);
    if (!failed) {
      EXPECT_EQ(step.plan.Count(BoardFate::kExpired), 0);
    }
    if (std::holds_alternative<ConfirmedListing>(step.listing)) return;
    EXPECT_EQ(step.plan.Count(BoardFate::kMissing), 0);
    if (!failed) {
      EXPECT_EQ(step.plan.Count(BoardFate::kWithheld), 0);
    }
    for (const UserStep& user : step.users) {
      EXPECT_EQ(user.plan.counts.missing, 0);
      for (const UserPlanned& planned : user.plan.jobs)
        if (planned.fate == UserFate::kExpired) {
          EXPECT_EQ(planned.reason, ExpiredReason::kUnreachable);
        }
    }
  });
}

TEST(EveryHistory, OffersJobsOfAnUnreadableBoardAndExpiresThemByAPersonsWordAlone) {
  InEveryHistory([] {
    return [evidence = Evidence(),
            kept = std::map<std::string, Timestamp>()](const Step& step) mutable {
      evidence.Note(step);
      for (const std::string& id : step.kept) kept[id] = step.now;
      if (!std::holds_alternative<FailedListing>(step.listing)) return;
      const auto failed_for = [&](const PlannedJob& job) {
        const auto by = kept.find(step.IdOf(job));
        return step.now - (by == kept.end() ? *evidence.failed_since()
                                            : std::max(*evidence.failed_since(), by->second));
      };
      for (const PlannedJob& job : step.plan.jobs) {
        SCOPED_TRACE(step.IdOf(job));
        EXPECT_EQ(failed_for(job) >= hours(14 * 24), job.fate != BoardFate::kNotReconciled);
        if (job.fate != BoardFate::kExpired) continue;
        const KnownJob& before = step.before.jobs.at(job.known);
        EXPECT_EQ(job.reason, ExpiredReason::kUnreachable);
        EXPECT_TRUE(before.approved);
        EXPECT_GE(before.withheld_since.value() - *evidence.failed_since(), hours(14 * 24))
            << "it was not shown";
      }
    };
  });
}

TEST(EveryHistory, LeavesNoOfferOfABoardThatCouldBeRead) {
  InEveryHistory([] {
    return [offered = std::set<std::string>()](const Step& step) mutable {
      if (std::holds_alternative<FailedListing>(step.listing)) {
        for (const PlannedJob& job : step.plan.jobs)
          if (job.withheld_anew) offered.insert(step.IdOf(job));
        return;
      }
      for (const KnownJob& job : step.after.jobs)
        if (offered.contains(job.external_id) && !job.expired && job.withheld_since) {
          EXPECT_EQ(*job.withheld_since, step.now) << "by a guard, at most";
        }
      offered.clear();
    };
  });
}

TEST(EveryHistory, LosesAJobOnlyOnTheEvidenceThatItsReasonAsksFor) {
  InEveryHistory([] {
    return [evidence = Evidence()](const Step& step) mutable {
      evidence.Note(step);
      if (std::holds_alternative<FailedListing>(step.listing)) return;
      for (const PlannedJob& job : step.plan.jobs) {
        if (job.fate != BoardFate::kExpired) continue;
        SCOPED_TRACE(step.IdOf(job));
        const bool but_for = std::holds_alternative<ListingButFor>(step.listing);
        const auto lacked = evidence.LackedSince(step.IdOf(job));
        ASSERT_TRUE(job.witnesses == 0 ||
                    (but_for ? lacked.has_value() : evidence.AbsenceOf(step.IdOf(job)).has_value()))
            << "no listing says so";
        EXPECT_FALSE(evidence.empty_is_doubted());
        const KnownJob& before = step.before.jobs.at(job.known);
        if (job.witnesses == 0) {
          EXPECT_EQ(job.reason, ExpiredReason::kConfirmed);
          EXPECT_TRUE(before.approved && before.withheld_since);
        } else if (but_for && job.witnesses == 2) {
          EXPECT_TRUE(evidence.IsGone(step.IdOf(job)));
          EXPECT_GE(step.now - *lacked, hours(24));
        } else if (evidence.IsGone(step.IdOf(job))) {
          EXPECT_EQ(job.reason, ExpiredReason::kGone);
          EXPECT_EQ(job.witnesses, 2);
        } else if (job.reason == ExpiredReason::kConfirmed) {
          EXPECT_TRUE(before.withheld_since) << "nobody could have seen it";
          EXPECT_TRUE(evidence.HasSettled(step.IdOf(job), *before.withheld_since));
        } else {
          EXPECT_EQ(job.witnesses, 1);
          EXPECT_FALSE(evidence.guarded()) << "the guard should hold";
          EXPECT_FALSE(evidence.WasHeldByGuard(step.IdOf(job))) << "it has not settled";
          EXPECT_TRUE(evidence.IsDueOnOne(step.IdOf(job)));
        }
      }
    };
  });
}

TEST(EveryHistory, KeepsADoubtfulListingOutOfTheMedianUntilItSettles) {
  InEveryHistory([] {
    return [evidence = Evidence()](const Step& step) mutable {
      evidence.Note(step);
      if (!std::holds_alternative<CompleteListing>(step.listing)) return;
      const bool withholds = std::ranges::any_of(step.plan.jobs, [&](const PlannedJob& job) {
        return job.fate == BoardFate::kWithheld && evidence.IsDueOnOne(step.IdOf(job));
      });
      EXPECT_EQ(step.plan.doubtful,
                evidence.empty_is_doubted() || (evidence.guarded() && withholds));
      EXPECT_EQ(step.after.complete.front().withheld, step.plan.doubtful);
    };
  });
}

TEST(EveryHistory, LetsNoOwnAddressCountInAReadingWhoseControlFailed) {
  InEveryStep([](const Step& step) {
    if (step.testimony.control != Control::kFailed) return;
    for (const PlannedJob& job : step.plan.jobs)
      if (job.fate == BoardFate::kExpired) {
        EXPECT_LT(job.witnesses, 2);
      }
  });
}

TEST(EveryHistory, GivesAJobOneIdForEver) {
  InEveryHistory([] {
    return [ids = std::map<std::string, std::int64_t>()](const Step& step) mutable {
      EXPECT_GE(step.after.jobs.size(), step.before.jobs.size());
      for (const PlannedJob& job : step.plan.jobs) {
        EXPECT_NE(job.id, 0);
        const auto [known, is_new] = ids.try_emplace(step.IdOf(job), job.id);
        EXPECT_EQ(known->second, job.id);
        EXPECT_EQ(is_new, job.fate == BoardFate::kNew);
      }
    };
  });
}

TEST(EveryHistory, ChangesNoJobOfTheBoardWhenTheSameIsReadAgain) {
  InEveryStep([](const Step& step) {
    const BoardPlan again =
        Reconcile(step.after, step.listing, step.testimony, step.policy, step.now);

    // The repetition is one more witness only to what waits for a number of readings.
    const bool waits_for_readings = std::ranges::any_of(again.jobs, [](const PlannedJob& job) {
      return (job.fate == BoardFate::kExpired && job.witnesses < 2) || job.withheld_anew;
    });
    std::map<std::int64_t, BoardFate> first;
    for (const PlannedJob& job : step.plan.jobs) first[job.id] = job.fate;
    for (const PlannedJob& job : again.jobs) {
      const KnownJob& known = step.after.jobs.at(job.known);
      if (job.listed != PlannedJob::kNone) {
        EXPECT_EQ(job.fate, BoardFate::kUnchanged);
        EXPECT_FALSE(job.content_changed || job.came_back);
      } else if (!step.listed().empty() && !step.plan.settles && !waits_for_readings) {
        EXPECT_EQ(job.fate, first.at(known.id));
      }
    }
  });
}

TEST(EveryHistory, TellsAFollowerNothingTwice) {
  InEveryStep([](const Step& step) {
    if (!step.plan.whole) return;
    const Listing same = ConfirmedListing{};
    const BoardPlan plan = Reconcile(step.after, same, {}, step.policy, step.now);
    const BoardState board = StateAfter(step.after, same, plan);
    for (const UserStep& user : step.users) {
      const auto filter = CompanyFilter::Compile(user.terms);
      for (const UserPlanned& planned : Project(user.after, board, *filter).jobs) {
        EXPECT_FALSE(planned.writes);
        EXPECT_TRUE(planned.fate == UserFate::kUnchanged || planned.fate == UserFate::kMissing ||
                    planned.fate == UserFate::kWithheld || planned.fate == UserFate::kExcluded)
            << static_cast<int>(planned.fate);
      }
    }
  });
}

TEST(EveryHistory, TellsAFollowerEachChangeOnce) {
  struct Told {
    std::string title, location;
    std::int64_t reading = 0;
  };
  InEveryHistory([] {
    return
        [told = std::map<std::pair<std::size_t, std::string>, Told>()](const Step& step) mutable {
          const BoardState board = StateAfter(step.before, step.listing, step.plan);
          std::map<std::string_view, std::int64_t> changed;
          for (const KnownJob& job : step.after.jobs)
            changed[job.external_id] = job.changed_reading;
          for (const UserStep& user : step.users) {
            for (const UserPlanned& planned : user.plan.jobs) {
              if (!IsOpen(planned.fate)) continue;
              const BoardJob& job = board.jobs[planned.job];
              SCOPED_TRACE(job.external_id);
              Told& before = told[{user.follower, std::string(job.external_id)}];
              if (planned.fate == UserFate::kUnchanged) {
                EXPECT_EQ(before.title, job.title);
                EXPECT_EQ(before.location, job.location);
              } else if (planned.fate == UserFate::kChanged) {
                EXPECT_GT(changed.at(job.external_id), before.reading);
              }
              before = {std::string(job.title), std::string(job.location), step.reading_id};
            }
          }
        };
  });
}

TEST(EveryHistory, PreviewsWhatTheRunThenDoes) {
  InEveryStep([](const Step& step) {
    const BoardState previewed = StateAfter(step.before, step.listing, step.preview);
    std::map<std::string_view, std::int64_t> open_after;
    for (const KnownJob& job : step.after.jobs)
      if (!job.expired) open_after[job.external_id] = job.id;
    std::set<std::string_view> open_previewed, open_written;
    for (const BoardJob& job : previewed.jobs)
      if (job.open) open_previewed.insert(job.external_id);
    for (const auto& [id, ignored] : open_after) open_written.insert(id);
    EXPECT_EQ(open_previewed, open_written);

    for (const UserStep& user : step.users) {
      EXPECT_EQ(user.preview.counts, user.plan.counts);
      ASSERT_EQ(user.preview.jobs.size(), user.plan.jobs.size());
      int kept = 0;
      for (std::size_t i = 0; i < user.plan.jobs.size(); ++i) {
        const UserPlanned &shown = user.preview.jobs[i], &done = user.plan.jobs[i];
        EXPECT_EQ(std::tie(shown.fate, shown.job, shown.rule, shown.reason, shown.writes),
                  std::tie(done.fate, done.job, done.rule, done.reason, done.writes));
        if (shown.fate != UserFate::kExpired && shown.fate != UserFate::kExcluded) ++kept;
      }
      EXPECT_EQ(std::ranges::count(user.after.jobs, false, &UserJob::left), kept);
    }
  });
}

// Without this, a history in which nothing happens would pass all of the above.
TEST(EveryHistory, BetweenThemMeetEveryFate) {
  std::map<BoardFate, int> fates;
  std::map<UserFate, int> user_fates;
  std::map<ExpiredReason, int> reasons;
  int settled = 0, empty_and_believed = 0, confirmed = 0;
  int but_for = 0, confirmed_by_entries = 0, agreed = 0;
  std::map<int, int> left_but_for;  // by witnesses
  InEveryStep([&](const Step& step) {
    for (const PlannedJob& job : step.plan.jobs) {
      ++fates[job.fate];
      if (job.fate == BoardFate::kExpired) ++reasons[job.reason];
      agreed += job.fate == BoardFate::kExpired && job.reason == ExpiredReason::kConfirmed &&
                job.witnesses == 0;
      if (!std::holds_alternative<ListingButFor>(step.listing)) continue;
      if (job.fate == BoardFate::kExpired) ++left_but_for[job.witnesses];
      confirmed_by_entries += job.fate == BoardFate::kUnchanged && job.listed == PlannedJob::kNone;
    }
    but_for += std::holds_alternative<ListingButFor>(step.listing);
    for (const UserStep& user : step.users)
      for (const UserPlanned& planned : user.plan.jobs) {
        ++user_fates[planned.fate];
        if (planned.fate == UserFate::kExpired) ++reasons[planned.reason];
      }
    settled += step.plan.settles;
    empty_and_believed += step.listed().empty() && step.plan.Count(BoardFate::kExpired) > 0;
    confirmed += std::holds_alternative<ConfirmedListing>(step.listing);
  });

  EXPECT_EQ(fates.size(), 8u);
  EXPECT_EQ(user_fates.size(), 9u);
  EXPECT_EQ(reasons.size(), 5u);
  for (const auto& [reason, count] : reasons) EXPECT_GE(count, 30) << Name(reason);
  EXPECT_GE(settled, 10);
  EXPECT_GE(empty_and_believed, 10);
  EXPECT_GE(confirmed, 100);
  EXPECT_GE(but_for, 1'000);
  EXPECT_GE(confirmed_by_entries, 50);
  EXPECT_GE(agreed, 10);
  for (const int witnesses : {0, 1, 2}) EXPECT_GE(left_but_for[witnesses], 10) << witnesses;
}

}  // namespace
}  // namespace rolecall
