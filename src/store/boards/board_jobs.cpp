// Writes a board's plan. Turns a plan into rows: one statement a kind of change, at most 5,000 rows
// each.
#include "store/boards/board_jobs.h"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <optional>
#include <utility>

#include "domain/absence_words.h"
#include "domain/board_date.h"
#include "store/boards/board_job_rows.h"
#include "store/boards/job_event_words.h"
#include "store/boards/job_events.h"
#include "store/boards/job_facts.h"
#include "store/boards/readings.h"

namespace rolecall {
namespace {

// Runs one statement over rows in slices, bound as :r beside what else it takes.
template <const auto& columns, std::size_t kRowsASlice = kRowsAStatement>
class RowSlices {
 public:
  RowSlices(Transaction& tx, Sql sql, Binds others = {})
      : tx_(tx), sql_(sql), others_(std::move(others)) {}

  template <typename T>
  Result<void> Add(const T& row) {
    rows_.Add(row);
    return rows_.size() < kRowsASlice ? Result<void>{} : Flush();
  }
  Result<void> Flush() {
    if (rows_.empty()) return {};
    Binds binds = others_;
    binds.push_back({"r", rows_.table()});
    CHECK_OK(tx_->Run(sql_, binds));
    rows_.Clear();
    return {};
  }

 private:
  Transaction& tx_;
  Sql sql_;
  Binds others_;
  RowsOf<columns> rows_;
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
    CHECK_OK(WithdrawOffers(plan));
    CHECK_OK(KeepReworded(plan));
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
  Result<void> WithdrawOffers(const BoardPlan& plan) {
    for (const PlannedJob& job : plan.jobs) {
      if (!job.withdrawn) continue;
      Event(job.id, "readable",
            fmt::format("its board can be read again, in reading {}", write_.reading_id));
      CHECK_OK(withdrawn_.Add(IdRow{job.id}));
    }
    return withdrawn_.Flush();
  }

  // What their descriptions are, before they change.
  Result<void> KeepReworded(const BoardPlan& plan) {
    std::vector<std::int64_t> reworded;
    for (const PlannedJob& job : plan.jobs)
      if (job.content_changed && !job.boilerplate && job.known != PlannedJob::kNone &&
          !write_.content_by_request)
        reworded.push_back(job.id);
    return KeepFormerTexts(tx_, reworded, write_.reading_id, write_.now);
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
    const std::string facts_digest = FactsDigestOf(listed);
    new_jobs_.Add(NewJobRow{.id = job.id,
                            .board_id = write_.board.id,
                            .external_id = listed.external_id,
                            .url = listed.url,
                            .title = listed.title,
                            .location = listed.location,
                            .digest = digest,
                            .first_seen_at = write_.now,
                            .changed_reading = write_.reading_id,
                            .path = SomeText(listed.path),
                            .posted_at = ReadBoardDate(listed.facts.posted, write_.now),
                            .workplace = SomeText(listed.facts.workplace),
                            .department = SomeText(listed.facts.department),
                            .salary = SomeText(listed.facts.salary),
                            .facts_digest = SomeText(facts_digest),
                            .times_posted = TimesPosted(listed),
                            .version = write_.board_version});
    AddNewContent(job.id, listed);
    Event(job.id, "new", "");
    return FlushNewIfFull(kRowsAStatement * 4);
  }

  // A job of the same title and place may have left before and come under a new id.
  std::optional<std::int64_t> TimesPosted(const ListedJob& listed) {
    if (!left_before_) {
      left_before_.emplace();
      for (const KnownJob& known : write_.known.jobs)
        if (known.expired) ++(*left_before_)[{known.title, known.location}];
    }
    const auto found = left_before_->find({listed.title, listed.location});
    if (found == left_before_->end()) return std::nullopt;
    return found->second + 1;
  }

  // Whole days; of a job that comes back.
  std::optional<std::int64_t> BackAfter(const PlannedJob& job, const KnownJob& known) const {
    if (job.fate != BoardFate::kReopened || !known.expired_at) return std::nullopt;
    return std::chrono::floor<std::chrono::days>(write_.now - *known.expired_at).count();
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
      const std::string digest = JobDigest(listed);
      CHECK_OK(changed_.Add(ChangedJobRow{job.id, listed.url, listed.title, listed.location, digest,
                                          BackAfter(job, known)}));
      Event(job.id, job.fate == BoardFate::kReopened ? "reopened" : "changed",
            Changes(known, listed));
    } else {
      CHECK_OK(GatherBack(job));
    }
    if (job.facts_changed) facts_.push_back({job.id, &listed});
    if (listed.path != known.path) CHECK_OK(paths_.Add(JobPathRow{job.id, listed.path}));
    if (job.content_changed && !write_.content_by_request) {
      const ContentText text = TextOf(listed);
      const std::string digest = ContentDigestOf(listed);
      const JobContentRow row{job.id, text.description, text.requirements, digest};
      CHECK_OK(job.boilerplate ? boilerplate_.Add(row) : contents_.Add(row));
      if (!rewritten) CHECK_OK(reworded_.Add(IdRow{job.id}));
      if (!job.boilerplate) Event(job.id, "content", "the description changed");
    }
    return write_.content_by_request && rewritten ? pending_.Add(IdRow{job.id}) : Result<void>{};
  }

  Result<void> GatherBack(const PlannedJob& job) {
    if (!job.came_back) return {};
    Event(job.id, "back", fmt::format("listed again in reading {}", write_.reading_id));
    return back_.Add(IdRow{job.id});
  }

  Result<void> GatherAbsent(const PlannedJob& job) {
    const KnownJob& known = write_.known.jobs[job.known];
    const bool failed = std::holds_alternative<FailedListing>(write_.listing);
    if (job.fate == BoardFate::kExpired) {
      Event(job.id, "expired", fmt::format("{}: {}", Name(job.reason), TellAbsence(reading_, job)));
      return AddAbsent(job, Name(job.reason));
    }
    if (job.withheld_anew) {
      Event(job.id, "withheld", TellAbsence(reading_, job));
      return AddAbsent(job, failed ? "offered" : job.by_guard ? "guarded" : "withheld");
    }
    if (failed || !StartsClock(known, job)) return {};
    if (job.missing_anew || (!known.missing_reading && !known.lacked_reading))
      Event(job.id, "missing", TellAbsence(reading_, job));
    return AddAbsent(job, "missing");
  }

  // Each kind of listing has a clock of its own.
  bool StartsClock(const KnownJob& known, const PlannedJob& job) const {
    return IsButFor() ? !known.lacked_reading : !known.missing_reading || job.missing_anew;
  }

  bool IsButFor() const { return std::holds_alternative<ListingButFor>(write_.listing); }

  Result<void> AddAbsent(const PlannedJob& job, std::string_view mark) {
    return absent_.Add(AbsentJobRow{job.id, mark, job.missing_anew ? 1 : 0, job.witnesses});
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

  Result<void> Flush() {
    CHECK_OK(FlushNewIfFull(1));
    CHECK_OK(changed_.Flush());
    CHECK_OK(back_.Flush());
    CHECK_OK(paths_.Flush());
    CHECK_OK(contents_.Flush());
    CHECK_OK(boilerplate_.Flush());
    CHECK_OK(reworded_.Flush());
    CHECK_OK(pending_.Flush());
    CHECK_OK(absent_.Flush());
    CHECK_OK(WriteJobFacts(tx_, facts_, {write_.reading_id, write_.now}, events_));
    return events_.empty() ? Result<void>{} : AddEvents(tx_, events_);
  }

  Transaction& tx_;
  const PlanToWrite& write_;
  const ToldReading reading_{.id = write_.reading_id,
                             .now = write_.now,
                             .known = write_.known,
                             .listing = write_.listing,
                             .control = write_.control,
                             .details = write_.witness_details};
  // So many as left, by title and place as they are written; gathered where anything is new.
  std::optional<std::map<std::pair<std::string_view, std::string_view>, std::int64_t>> left_before_;
  std::vector<StatedFacts> facts_;
  RowsOf<kNewJobRow> new_jobs_;
  RowsOf<kNewContentRow> new_contents_;
  JobEventRows events_;
  RowSlices<kChangedJobRow> changed_{tx_, kWriteChangedJobs, {{"reading", write_.reading_id}}};
  RowSlices<kIdRow> back_{tx_, kWriteBackJobs};
  RowSlices<kJobPathRow> paths_{tx_, kWriteJobPaths};
  RowSlices<kJobContentRow, kTextsAtOnce> contents_{
      tx_, kWriteJobContents, {{"reading", write_.reading_id}}};
  RowSlices<kJobContentRow, kTextsAtOnce> boilerplate_{tx_, kWriteBoilerplate};
  RowSlices<kIdRow> reworded_{tx_, kWriteRewordedJobs};
  RowSlices<kIdRow> pending_{tx_, kWritePendingContents};
  RowSlices<kIdRow> withdrawn_{tx_, kWriteWithdrawnJobs};
  RowSlices<kAbsentJobRow> absent_{tx_,
                                   kWriteAbsentJobs,
                                   {{"reading", write_.reading_id},
                                    {"seen", write_.board.whole_reading},
                                    {"but_for", IsButFor()},
                                    {"now", write_.now}}};
};

}  // namespace

Result<void> WriteBoardPlan(Transaction& tx, const PlanToWrite& write, BoardPlan& plan) {
  CHECK_OK(BoardPlanWriter(tx, write).Write(plan));
  if (plan.settles) CHECK_OK(SettleReadings(tx, write.board.id, write.reading_id));
  return {};
}

}  // namespace rolecall
