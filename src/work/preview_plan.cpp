// Plans what a preview shows. The plans are copied out instead of being written.
#include "work/preview_plan.h"

#include <utility>

#include "domain/filter_loss.h"
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

PreviewReading ReadingOf(const Listing& listing) {
  switch (CompletenessOf(listing)) {
    case Completeness::kComplete:
    case Completeness::kConfirmed:
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
                                     const TitleFilter& filter, const PreviewGrounds& grounds,
                                     std::stop_token stop) {
  const Listing& listing = grounds.listing.listing;
  const BoardPlan board =
      Reconcile(grounds.known, listing, grounds.witnesses.testimony, grounds.policy, grounds.now);
  const BoardState state = StateAfter(grounds.known, listing, board);
  const CheckEffort effort = WithinEffort(tools.settings.filter_patience, std::move(stop));
  TRY(UserPlan plan, Project(grounds.view, state, filter, effort));

  PreviewedCompany previewed{.company = following.company,
                             .reading = ReadingOf(listing),
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
      TRY(match, filter.WhereExcluded(job.title, effort));
    }
    previewed.jobs.push_back({.external_id = std::string(job.external_id),
                              .title = std::string(job.title),
                              .location = std::string(job.location),
                              .url = std::string(job.url),
                              .fate = planned.fate,
                              .listed = IsOnTheBoard(job),
                              .rule = std::move(planned.rule),
                              .match = match,
                              .reason = planned.reason});
  }
  return previewed;
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
