// Plans what a preview shows. The plans are copied out instead of being written.
#include "work/preview_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "domain/absence_words.h"
#include "domain/filter_loss.h"
#include "store/boards/job_events.h"
#include "work/filter_effort.h"
#include "work/mended_jobs.h"

namespace rolecall {
namespace {

// By its fate: a confirmed listing names no job itself.
bool IsOnTheBoard(const BoardJob& job) {
  switch (job.fate) {
    case BoardFate::kNew:
    case BoardFate::kChanged:
    case BoardFate::kUnchanged:
    case BoardFate::kReopened:
      return true;
    case BoardFate::kMissing:
    case BoardFate::kExpired:
    case BoardFate::kWithheld:
    case BoardFate::kNotReconciled:
      return false;
  }
  std::unreachable();
}

// Nobody was asked, and nothing whole was read before.
bool IsNeverRead(const PreviewGrounds& grounds) {
  return std::holds_alternative<ConfirmedListing>(grounds.listing.listing) &&
         grounds.known.whole_reading == 0;
}

PreviewReading ReadingOf(const PreviewGrounds& grounds) {
  switch (CompletenessOf(grounds.listing.listing)) {
    case Completeness::kConfirmed:
      if (IsNeverRead(grounds)) return PreviewReading::kPartial;
      return grounds.listing.but_for ? PreviewReading::kButFor : PreviewReading::kComplete;
    case Completeness::kComplete:
      return PreviewReading::kComplete;
    case Completeness::kButFor:
      return PreviewReading::kButFor;
    case Completeness::kPartial:
      return PreviewReading::kPartial;
    case Completeness::kFailed:
      return PreviewReading::kFailed;
  }
  std::unreachable();
}

CompanyCounts CountBoard(const BoardPlan& plan) {
  return {.new_jobs = plan.Count(BoardFate::kNew),
          .changed = plan.Count(BoardFate::kChanged),
          .unchanged = plan.Count(BoardFate::kUnchanged),
          .reopened = plan.Count(BoardFate::kReopened),
          .missing = plan.Count(BoardFate::kMissing),
          .expired = plan.Count(BoardFate::kExpired),
          .withheld = plan.Count(BoardFate::kWithheld),
          .not_reconciled = plan.Count(BoardFate::kNotReconciled)};
}

BoardPlan PlanBoard(const PreviewGrounds& grounds) {
  BoardPlan plan = Reconcile(grounds.known, grounds.listing.listing, grounds.witnesses.testimony,
                             grounds.policy, grounds.now);
  if (IsNeverRead(grounds)) {
    plan.whole = false;
    plan.trouble = "its board was never read whole: ask the board first";
  }
  return plan;
}

// What the events say of jobs that left the board in a reading before, and leave the user now.
Result<std::map<std::int64_t, std::string>> EvidenceOfBefore(Database& database,
                                                             const BoardState& state,
                                                             const UserPlan& plan) {
  std::vector<std::int64_t> left;
  for (const UserPlanned& planned : plan.jobs) {
    const BoardJob& job = state.jobs[planned.job];
    if (planned.fate == UserFate::kExpired && job.planned == BoardJob::kNone)
      left.push_back(job.id);
  }
  if (left.empty()) return {};
  TRY(auto db, database.Reader());
  return LoadExpiryEvidence(*db, left);
}

// Tells why each job leaves, or may leave.
class EvidenceTeller {
 public:
  EvidenceTeller(const PreviewGrounds& grounds, const BoardPlan& board, const BoardState& state,
                 std::map<std::int64_t, std::string> before)
      : board_(board),
        state_(state),
        policy_(grounds.policy),
        before_(std::move(before)),
        reading_{.now = grounds.now,
                 .known = grounds.known,
                 .listing = grounds.listing.listing,
                 .control = grounds.witnesses.testimony.control,
                 .details = grounds.witnesses.details} {}

  // "" of a job that does neither.
  std::string Tell(const UserPlanned& planned) const {
    const BoardJob& job = state_.jobs[planned.job];
    const bool left_before = job.planned == BoardJob::kNone;
    switch (planned.fate) {
      case UserFate::kExpired:
        if (planned.reason == ExpiredReason::kFiltered)
          return fmt::format("the filter leaves it out: {}", planned.rule);
        return left_before ? TellBefore(job) : TellAbsence(reading_, board_.jobs[job.planned]);
      case UserFate::kMissing:
      case UserFate::kWithheld:
        return fmt::format("{}; {}", TellAbsence(reading_, board_.jobs[job.planned]),
                           TellAwaited(reading_, board_.jobs[job.planned], policy_));
      case UserFate::kNew:
      case UserFate::kChanged:
      case UserFate::kUnchanged:
      case UserFate::kReopened:
      case UserFate::kExcluded:
      case UserFate::kNotReconciled:
        return "";
    }
    std::unreachable();
  }

 private:
  std::string TellBefore(const BoardJob& job) const {
    const auto found = before_.find(job.id);
    return found == before_.end() ? "it left the board in a reading before" : found->second;
  }

  const BoardPlan& board_;
  const BoardState& state_;
  const ExpiryPolicy& policy_;
  const std::map<std::int64_t, std::string> before_;
  const ToldReading reading_;
};

std::vector<std::string> WarningsOf(const Following& following, const PreviewGrounds& grounds,
                                    const BoardPlan& board, const UserPlan& plan) {
  std::vector<std::string> warnings;
  const Listing& listing = grounds.listing.listing;
  if (const auto* but_for = std::get_if<ListingButFor>(&listing))
    warnings.push_back(but_for->Trouble());
  if (grounds.listing.mended)
    if (std::string mended = TellMendedJobs(listing, board); !mended.empty())
      warnings.push_back(std::move(mended));
  if (!grounds.witnesses.control_trouble.empty())
    warnings.push_back(grounds.witnesses.control_trouble);
  if (HasNewFilter(following))
    if (auto loss = WhyFilterTakesTooMuch(following.company, FilterLossOf(plan)))
      warnings.push_back(*std::move(loss));
  return warnings;
}

}  // namespace

Result<PreviewedCompany> PlanPreview(const WorkTools& tools, const Following& following,
                                     const CompanyFilter& filter, const PreviewGrounds& grounds,
                                     std::stop_token stop) {
  const Listing& listing = grounds.listing.listing;
  const BoardPlan board = PlanBoard(grounds);
  const BoardState state = StateAfter(grounds.known, listing, board);
  const CheckEffort effort = WithinEffort(tools.settings.filter_patience, std::move(stop));
  TRY(UserPlan plan, Project(grounds.view, state, filter, effort));
  TRY(auto before, EvidenceOfBefore(tools.database, state, plan));
  const EvidenceTeller evidence(grounds, board, state, std::move(before));

  PreviewedCompany previewed{.company = following.company,
                             .reading = ReadingOf(grounds),
                             .but_for = grounds.listing.but_for.value_or(0),
                             .trouble = board.trouble,
                             .read_at = grounds.listing.read_at,
                             .kept = grounds.listing.kept,
                             .jobs = {},
                             .counts = plan.counts,
                             .of_board = CountBoard(board),
                             .warnings = WarningsOf(following, grounds, board, plan)};
  if (const auto* but_for = std::get_if<ListingButFor>(&listing))
    previewed.but_for = but_for->but_for();
  for (UserPlanned& planned : plan.jobs) {
    const BoardJob& job = state.jobs[planned.job];
    std::optional<TitlePlace> match;
    if (!planned.rule.empty()) {
      TRY(match, filter.WhereExcluded({job.title, job.stated}, effort));
    }
    std::string told = evidence.Tell(planned);
    previewed.jobs.push_back({.external_id = std::string(job.external_id),
                              .title = std::string(job.title),
                              .location = std::string(job.location),
                              .url = std::string(job.url),
                              .fate = planned.fate,
                              .listed = IsOnTheBoard(job),
                              .rule = std::move(planned.rule),
                              .match = match,
                              .reason = planned.reason,
                              .evidence = std::move(told)});
  }
  return previewed;
}

Result<void> AddDeparting(Connection& db, const PreviewOrder& order, Preview& preview) {
  TRY(preview.departing, LoadDeparting(db, order.user_id));
  if (preview.departing.empty()) return {};
  TRY(preview.departing_jobs, LoadDepartingJobs(db, order.user_id));
  if (!order.only_named) return {};
  const auto is_other = [&](const auto& one) {
    return std::ranges::find(order.followings, one.company, &Following::company) ==
           order.followings.end();
  };
  std::erase_if(preview.departing, is_other);
  std::erase_if(preview.departing_jobs, is_other);
  return {};
}

PreviewedCompany FailedPreview(const Following& following, const Error& error, Timestamp now) {
  return {.company = following.company,
          .trouble = error.message,
          .read_at = now,
          .jobs = {},
          .counts = {},
          .of_board = {},
          .warnings = {}};
}

bool IsCompanys(const Error& error) {
  return error.code != Errc::kCancelled && error.code != Errc::kStorage &&
         error.code != Errc::kUnavailable;
}

}  // namespace rolecall
