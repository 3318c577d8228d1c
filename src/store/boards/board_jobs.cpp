// Turns a plan into rows: one statement a kind of change, at most 5,000 rows each.
#include "store/boards/board_jobs.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "store/boards/board_job_rows.h"
#include "store/boards/job_event_words.h"
#include "store/boards/job_events.h"
#include "store/boards/readings.h"

namespace rolecall {
namespace {

using RowStatement = std::function<Result<std::int64_t>(Transaction&, const Table&)>;

// Runs one statement over the rows in slices, bound as :rows.
class RowSlices {
 public:
  RowSlices(Transaction& tx, std::size_t columns) : tx_(tx), rows_(columns) {}

  Table& rows() { return rows_; }

  Result<void> FlushIfFull(const RowStatement& flush) {
    return rows_.rows() >= kRowsAStatement ? FlushNow(flush) : Result<void>{};
  }
  Result<void> FlushNow(const RowStatement& flush) {
    if (rows_.rows() == 0) return {};
    CHECK_OK(flush(tx_, rows_));
    rows_.Clear();
    return {};
  }

 private:
  Transaction& tx_;
  Table rows_;
};

std::optional<std::string_view> SomeText(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// Carries one plan out, gathering rows for each kind of write.
class BoardPlanWriter {
 public:
  BoardPlanWriter(Transaction& tx, const PlanToWrite& write) : tx_(tx), write_(write) {}

  Result<void> Write(BoardPlan& plan) {
    CHECK_OK(GiveIds(plan));
    CHECK_OK(Withdraw(plan));
    for (const PlannedJob& job : plan.jobs) CHECK_OK(Gather(job));
    return Flush();
  }

 private:
  Result<void> GiveIds(BoardPlan& plan) {
    const int count = plan.Count(BoardFate::kNew);
    if (count == 0) return {};
    TRY(std::int64_t next, tx_->ReserveIds("board_jobs", count));
    for (PlannedJob& job : plan.jobs)
      if (job.fate == BoardFate::kNew) job.id = next++;
    return {};
  }

  // Before anything else, which may withhold some of them anew.
  Result<void> Withdraw(const BoardPlan& plan) {
    for (const PlannedJob& job : plan.jobs) {
      if (!job.withdrawn) continue;
      withdrawn_.rows().Int(job.id);
      Event(job.id, "readable",
            fmt::format("its board can be read again, in reading {}", write_.reading_id));
      CHECK_OK(withdrawn_.FlushIfFull(WriteWithdrawn()));
    }
    return withdrawn_.FlushNow(WriteWithdrawn());
  }

  Result<void> Gather(const PlannedJob& job) {
    switch (job.fate) {
      case BoardFate::kNew:
        return GatherNew(job);
      case BoardFate::kChanged:
      case BoardFate::kReopened:
      case BoardFate::kUnchanged:
        return GatherListed(job);
      case BoardFate::kMissing:
      case BoardFate::kWithheld:
      case BoardFate::kExpired:
        return GatherAbsent(job);
      case BoardFate::kNotReconciled:
        return {};
    }
    std::unreachable();
  }

  Result<void> GatherNew(const PlannedJob& job) {
    const ListedJob& listed = JobsIn(write_.listing)[job.listed];
    const std::string digest = JobDigest(listed);
    new_jobs_.Add(NewJobRow{.id = job.id,
                            .board_id = write_.board.id,
                            .external_id = listed.external_id,
                            .url = listed.url,
                            .title = listed.title,
                            .location = listed.location,
                            .digest = digest,
                            .first_seen_at = write_.now,
                            .changed_reading = write_.reading_id,
                            .path = SomeText(listed.path)});
    AddNewContent(job.id, listed);
    Event(job.id, "new", "");
    return FlushNewIfFull(kRowsAStatement * 4);
  }

  void AddNewContent(std::int64_t job_id, const ListedJob& listed) {
    NewContentRow content{.job_id = job_id,
                          .board_id = write_.board.id,
                          .state = "pending",
                          .description = {},
                          .requirements = {},
                          .digest = {},
                          .changed_reading = write_.reading_id};
    if (write_.content_by_request) return new_contents_.Add(content);
    const ContentText text = TextOf(listed);
    const std::string digest = ContentDigestOf(listed);
    content.state = "ready";
    content.description = text.description;
    content.requirements = text.requirements;
    content.digest = digest;
    new_contents_.Add(content);
  }

  Result<void> GatherListed(const PlannedJob& job) {
    if (job.listed == PlannedJob::kNone) return GatherBack(job);
    const ListedJob& listed = JobsIn(write_.listing)[job.listed];
    const KnownJob& known = write_.known.jobs[job.known];
    const bool rewritten = job.fate != BoardFate::kUnchanged;
    if (rewritten) {
      changed_.rows()
          .Int(job.id)
          .Text(listed.url)
          .Text(listed.title)
          .Text(listed.location)
          .Text(JobDigest(listed));
      CHECK_OK(changed_.FlushIfFull(WriteChanged()));
      Event(job.id, job.fate == BoardFate::kReopened ? "reopened" : "changed",
            Changes(known, listed));
    } else {
      CHECK_OK(GatherBack(job));
    }
    if (listed.path != known.path) {
      paths_.rows().Int(job.id).Text(listed.path);
      CHECK_OK(paths_.FlushIfFull(WritePaths()));
    }
    if (job.content_changed && !write_.content_by_request) {
      const ContentText text = TextOf(listed);
      contents_.rows()
          .Int(job.id)
          .Text(text.description)
          .Text(text.requirements)
          .Text(ContentDigestOf(listed));
      CHECK_OK(contents_.FlushIfFull(WriteContents()));
      Event(job.id, "content", "the description changed");
    }
    if (write_.content_by_request && rewritten) {
      pending_.rows().Int(job.id);
      CHECK_OK(pending_.FlushIfFull(WritePending()));
    }
    return {};
  }

  Result<void> GatherBack(const PlannedJob& job) {
    if (!job.came_back) return {};
    back_.rows().Int(job.id);
    Event(job.id, "back", fmt::format("listed again in reading {}", write_.reading_id));
    return back_.FlushIfFull(WriteBack());
  }

  Result<void> GatherAbsent(const PlannedJob& job) {
    const KnownJob& known = write_.known.jobs[job.known];
    const bool failed = std::holds_alternative<FailedListing>(write_.listing);
    if (job.fate == BoardFate::kExpired) {
      AddAbsent(job, Name(job.reason));
      Event(job.id, "expired", fmt::format("{}: {}", Name(job.reason), Absence(write_, job)));
    } else if (job.withheld_anew) {
      AddAbsent(job, failed ? "offered" : job.by_guard ? "guarded" : "withheld");
      Event(job.id, "withheld", Absence(write_, job));
    } else if (!failed && StartsClock(known, job)) {
      AddAbsent(job, "missing");
      if (job.missing_anew || (!known.missing_reading && !known.lacked_reading))
        Event(job.id, "missing", Absence(write_, job));
    }
    return absent_.FlushIfFull(WriteAbsent());
  }

  // Each kind of listing has a clock of its own.
  bool StartsClock(const KnownJob& known, const PlannedJob& job) const {
    return IsButFor() ? !known.lacked_reading : !known.missing_reading || job.missing_anew;
  }

  bool IsButFor() const { return std::holds_alternative<ListingButFor>(write_.listing); }

  void AddAbsent(const PlannedJob& job, std::string_view mark) {
    absent_.rows().Int(job.id).Text(mark).Int(job.missing_anew ? 1 : 0).Int(job.witnesses);
  }

  ContentText TextOf(const ListedJob& listed) {
    return listed.content ? write_.text_of(listed) : ContentText{};
  }

  void Event(std::int64_t job_id, std::string_view kind, std::string_view detail) {
    events_.Add(JobEventRow{job_id, write_.reading_id, kind, SomeText(detail), write_.now});
  }

  Result<void> FlushNewIfFull(std::size_t limit) {
    if (new_jobs_.size() < limit) return {};
    CHECK_OK(tx_->InsertMany("board_jobs", kListOf<kNewJobRow>, new_jobs_.table()));
    CHECK_OK(tx_->InsertMany("job_contents", kListOf<kNewContentRow>, new_contents_.table()));
    CHECK_OK(AddEvents(tx_, events_));
    new_jobs_.Clear();
    new_contents_.Clear();
    events_.Clear();
    return {};
  }

  RowStatement WriteChanged() {
    return [this](Transaction& tx, const Table& rows) {
      return tx->Run(
          R"(
          UPDATE board_jobs
          SET url = r.url,
            title = r.title, location = r.location, detail_location = NULL, digest = r.digest,
            changed_reading = :reading, missing_reading = NULL, lacked_reading = NULL,
            last_seen_reading = NULL, withheld_at = NULL, expired_at = NULL, expired_reason = NULL,
            witnesses = NULL
          FROM {rows_of r: id bigint, url text, title text, location text, digest text}
          WHERE board_jobs.id = r.id)",
          {{"r", rows}, {"reading", write_.reading_id}});
    };
  }
  RowStatement WriteBack() {
    return [](Transaction& tx, const Table& rows) {
      return tx->Run(
          R"(
          UPDATE board_jobs
          SET missing_reading = NULL,
            lacked_reading = NULL, last_seen_reading = NULL, withheld_at = NULL
          FROM {rows_of r: id bigint}
          WHERE board_jobs.id = r.id)",
          {{"r", rows}});
    };
  }
  RowStatement WritePaths() {
    return [](Transaction& tx, const Table& rows) {
      return tx->Run(
          R"(
          UPDATE board_jobs
          SET path = nullif(r.path, '')
          FROM {rows_of r: id bigint, path text}
          WHERE board_jobs.id = r.id)",
          {{"r", rows}});
    };
  }
  RowStatement WriteContents() {
    return [this](Transaction& tx, const Table& rows) {
      return tx->Run(
          R"(
          UPDATE job_contents
          SET state = 'ready',
            description = r.description, requirements = r.requirements, digest = r.digest,
            changed_reading = :reading, error_message = NULL, tries = 0
          FROM {rows_of r: id bigint, description text, requirements text, digest text}
          WHERE job_contents.job_id = r.id)",
          {{"r", rows}, {"reading", write_.reading_id}});
    };
  }
  // The content of a job that changed or came back is asked for afresh; until then the old text is
  // readable.
  RowStatement WritePending() {
    return [](Transaction& tx, const Table& rows) {
      return tx->Run(
          R"(
          UPDATE job_contents
          SET state = 'pending', tries = 0
          FROM {rows_of r: id bigint}
          WHERE job_contents.job_id = r.id)",
          {{"r", rows}});
    };
  }
  RowStatement WriteWithdrawn() {
    return [](Transaction& tx, const Table& rows) {
      return tx->Run(
          R"(
          UPDATE board_jobs
          SET withheld_at = NULL
          FROM {rows_of r: id bigint}
          WHERE board_jobs.id = r.id)",
          {{"r", rows}});
    };
  }
  // A reading that failed says of no job that it is missing.
  RowStatement WriteAbsent() {
    return [this](Transaction& tx, const Table& rows) {
      return tx->Run(
          R"(
          UPDATE board_jobs
          SET missing_reading = CASE WHEN :but_for
            OR r.mark IN ('offered', 'unreachable') THEN missing_reading WHEN r.anew = 1 THEN
                :reading ELSE coalesce(missing_reading, :reading) END,
            lacked_reading = CASE WHEN :but_for THEN coalesce(lacked_reading, :reading) ELSE
                lacked_reading END,
            last_seen_reading = CASE WHEN r.mark = 'offered' THEN last_seen_reading ELSE coalesce(
                last_seen_reading,
                CASE WHEN changed_reading > :seen THEN changed_reading ELSE :seen END) END,
            withheld_at = CASE WHEN r.mark IN ('guarded', 'withheld', 'offered') THEN :now
                WHEN r.mark = 'missing' THEN withheld_at END,
            withheld_by_guard = CASE WHEN r.mark = 'missing' THEN withheld_by_guard
                ELSE r.mark = 'guarded' END,
            expired_at = CASE WHEN r.mark IN ('missing', 'guarded', 'withheld', 'offered') THEN NULL
                ELSE :now END,
            expired_reason = CASE WHEN r.mark IN ('missing', 'guarded', 'withheld', 'offered') THEN
                NULL ELSE r.mark END,
            witnesses = CASE WHEN r.mark NOT IN ('missing', 'guarded', 'withheld', 'offered') THEN
                r.witnesses END
          FROM {rows_of r: id bigint, mark text, anew bigint, witnesses bigint}
          WHERE board_jobs.id = r.id)",
          {{"r", rows},
           {"reading", write_.reading_id},
           {"seen", write_.board.whole_reading},
           {"but_for", IsButFor()},
           {"now", write_.now}});
    };
  }

  Result<void> Flush() {
    CHECK_OK(FlushNewIfFull(1));
    CHECK_OK(changed_.FlushNow(WriteChanged()));
    CHECK_OK(back_.FlushNow(WriteBack()));
    CHECK_OK(paths_.FlushNow(WritePaths()));
    CHECK_OK(contents_.FlushNow(WriteContents()));
    CHECK_OK(pending_.FlushNow(WritePending()));
    CHECK_OK(absent_.FlushNow(WriteAbsent()));
    return events_.empty() ? Result<void>{} : AddEvents(tx_, events_);
  }

  Transaction& tx_;
  const PlanToWrite& write_;
  RowsOf<kNewJobRow> new_jobs_;
  RowsOf<kNewContentRow> new_contents_;
  JobEventRows events_;
  RowSlices changed_{tx_, 5};
  RowSlices back_{tx_, 1};
  RowSlices paths_{tx_, 2};
  RowSlices contents_{tx_, 4};
  RowSlices pending_{tx_, 1};
  RowSlices withdrawn_{tx_, 1};
  RowSlices absent_{tx_, 4};
};

}  // namespace

Result<void> WriteBoardPlan(Transaction& tx, const PlanToWrite& write, BoardPlan& plan) {
  CHECK_OK(BoardPlanWriter(tx, write).Write(plan));
  if (plan.settles) CHECK_OK(SettleReadings(tx, write.board.id, write.reading_id));
  return {};
}

}  // namespace rolecall
