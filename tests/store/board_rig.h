// One board in a database, and readings of it written as a run writes them.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/reconcile.h"
#include "store/boards/board_jobs.h"
#include "store/boards/boards.h"
#include "store/boards/carry_over.h"
#include "store/boards/known_boards.h"
#include "store/boards/readings.h"
#include "tests/support/databases.h"

namespace rolecall {

// The value, or the end of the test program with its error.
template <typename T>
T Needed(Result<T> result) {
  if (!result) {
    ADD_FAILURE() << result.error().message;
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

inline ListedJob MakeJob(int number, std::string title = "Cook") {
  return {.external_id = fmt::format("J{}", number),
          .title = std::move(title),
          .location = "Bern",
          .url = fmt::format("https://board.test/{}", number),
          .content = "<p>Text</p>"};
}

inline std::vector<ListedJob> MakeJobs(int first, int last) {
  std::vector<ListedJob> jobs;
  for (int number = first; number <= last; ++number) jobs.push_back(MakeJob(number));
  return jobs;
}

inline Listing WholeListing(std::vector<ListedJob> jobs) {
  ListingBuilder builder(1'000'000);
  builder.AddPage(std::move(jobs));
  return std::move(builder).Finish();
}

// Whole but for one that the stated total has, and the list does not.
inline Listing ListingButForOne(std::vector<ListedJob> jobs) {
  ListingBuilder builder(1'000'000);
  builder.StateTotal(static_cast<int>(jobs.size()) + 1);
  builder.AddPage(std::move(jobs));
  return std::move(builder).Finish();
}

class BoardRig {
 public:
  explicit BoardRig(Database& the_database, std::string_view token = "acme")
      : database(the_database) {
    auto tx = Needed(database.Write());
    id = Needed(FindOrAddBoard(tx, "greenhouse", token));
    Needed(tx.Commit());
  }

  BoardRow Row() { return Needed(LoadBoard(*Needed(database.Reader()), id)); }
  KnownBoard Known() { return Needed(LoadKnownBoard(*Needed(database.Reader()), id)); }
  // Of the complete readings that say how large the board usually is, newest first.
  std::vector<int> Sizes() {
    std::vector<int> sizes;
    for (const PastReading& past : Known().complete)
      if (!past.withheld) sizes.push_back(past.listed);
    return sizes;
  }
  KnownJob Job(int number) {
    for (const KnownJob& job : Known().jobs)
      if (job.external_id == fmt::format("J{}", number)) return job;
    ADD_FAILURE() << "no job " << number;
    std::abort();
  }

  // Reads, plans and writes, every absent job answered for by `witness`.
  Result<std::int64_t> Read(const Listing& listing, Witness witness = Witness::kStands) {
    const BoardRow board = Row();
    KnownBoard known = Known();
    for (KnownJob& job : known.jobs) job.approved = approved.contains(job.id);
    const auto carried = CarryOver(known, id_in_path);
    Testimony testimony;
    std::map<std::string, std::string> details;
    for (const std::string& absent : Absentees(known, listing, policy, now)) {
      testimony.answers[absent] = witness;
      details[absent] = witness == Witness::kGone ? "HTTP 404" : "HTTP 200";
    }
    if (testimony.CountOf(Witness::kGone) > 0)
      testimony.control = ControlsOf(known, listing, policy).empty() ? Control::kFailed : control;
    plan = Reconcile(known, listing, testimony, policy, now);
    TRY(auto tx, database.Write());
    const auto* complete = std::get_if<CompleteListing>(&listing);
    const auto* but_for = std::get_if<ListingButFor>(&listing);
    const bool failed = std::holds_alternative<FailedListing>(listing);
    TRY(const auto reading,
        AddReading(
            tx, board,
            {.started_at = now,
             .finished_at = now,
             .completeness = complete != nullptr ? "complete"
                             : failed            ? "failed"
                                                 : "partial",
             .listed = complete != nullptr ? static_cast<int>(complete->jobs().size()) : 0,
             .withheld = plan.doubtful,
             .but_for = but_for != nullptr ? std::optional(but_for->but_for()) : std::nullopt,
             .digest = complete != nullptr  ? complete->digest()
                       : but_for != nullptr ? but_for->unread_digest()
                                            : "",
             .control = testimony.control,
             .asked = testimony.asked(),
             .stood = testimony.CountOf(Witness::kStands),
             .changed_jobs = !plan.ChangesNothing() || !carried.empty()}));
    CHECK_OK(WriteCarryOver(tx, id, reading, carried, now));
    CHECK_OK(WriteBoardPlan(
        tx,
        {.board = board,
         .known = known,
         .listing = listing,
         .reading_id = reading,
         .now = now,
         .content_by_request = content_by_request,
         .control = testimony.control,
         .witness_details = details,
         .text_of = [](const ListedJob& job) { return ContentText{*job.content, ""}; }},
        plan));
    CHECK_OK(tx.Commit());
    return reading;
  }

  std::int64_t Number(Sql sql, const Binds& binds = {}) const {
    return Needed(QueryOne(*Needed(database.Reader()), sql, binds,
                           [](const rolecall::Row& row) { return row.Int(0); }))
        .value_or(-1);
  }

  Database& database;
  std::int64_t id = 0;
  Timestamp now = kTestNow;
  ExpiryPolicy policy;
  Control control = Control::kHeld;  // what those of listed jobs say, where they are asked
  bool content_by_request = false;
  std::function<std::string(std::string_view)> id_in_path = [](std::string_view path) {
    return std::string(path);
  };
  std::set<std::int64_t> approved;  // for the readings to come
  BoardPlan plan;                   // of the last reading
};

}  // namespace rolecall
