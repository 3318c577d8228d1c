// Reads and plans as a run does; the plans are copied out instead of being written.
#include "work/preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/guarded.h"
#include "domain/filter_loss.h"
#include "store/boards/boards.h"
#include "store/boards/known_boards.h"
#include "work/filter_effort.h"
#include "work/mended_jobs.h"
#include "work/preview_lanes.h"
#include "work/reconcile_board.h"
#include "work/witness_missing.h"

namespace rolecall {
namespace {

constexpr int kReadings = 5;

// What the plans of a company are made of.
struct Grounds {
  PreviewListing listing;
  KnownBoard known;
  UserView view;
};

// kConflict where a run read the board in between: its listing is older than what is known, and
// would be taken for news.
Result<Grounds> GatherGroundsOnce(const WorkTools& tools, const Following& following,
                                  const BoardToPreview& asked, std::stop_token stop) {
  Grounds grounds;
  TRY(grounds.listing, ListingForPreview(tools, asked, stop));
  TRY(auto db, tools.database.Reader());
  TRY(grounds.known, LoadKnownBoard(*db, asked.board_id));
  TRY(grounds.view, LoadUserView(*db, asked.user_id, following));
  CarryOver(grounds.view, CarryOver(asked.address, grounds.known));
  TRY(const BoardRow board, LoadBoard(*db, asked.board_id));
  if (board.latest_reading != grounds.listing.after_reading)
    return Fail(Errc::kConflict, fmt::format("{} {} was read by a run meanwhile: preview it again",
                                             board.kind, board.token));
  return grounds;
}

Result<Grounds> GatherGrounds(const WorkTools& tools, const Following& following,
                              const BoardToPreview& asked, std::stop_token stop) {
  for (int reading = 1;; ++reading) {
    auto grounds = GatherGroundsOnce(tools, following, asked, stop);
    if (grounds || grounds.error().code != Errc::kConflict || reading == kReadings) return grounds;
  }
}

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

Result<PreviewedCompany> PreviewOne(const WorkTools& tools, const Following& following,
                                    const PreviewOrder& order, std::stop_token stop) {
  TRY(const BoardAddress address, FindBoard(following.kind, following.token));
  TRY(const TitleFilter filter, TitleFilter::Compile(following.terms));
  const BoardToPreview asked{.user_id = order.user_id,
                             .address = address,
                             .board_id = following.board_id,
                             .source = order.source};
  TRY(const Grounds grounds, GatherGrounds(tools, following, asked, stop));
  const KnownBoard& known = grounds.known;
  const Listing& listing = grounds.listing.listing;
  const ExpiryPolicy policy = PolicyFor(tools, address);
  const Timestamp now = tools.clock();
  TRY(const Witnesses witnesses,
      WitnessMissing(
          tools,
          {.board = address, .known = known, .listing = listing, .policy = policy, .now = now},
          stop));
  const BoardPlan board_plan = Reconcile(known, listing, witnesses.testimony, policy, now);
  const BoardState state = StateAfter(known, listing, board_plan);
  const CheckEffort effort = WithinEffort(tools.settings.filter_patience, stop);
  TRY(UserPlan plan, Project(grounds.view, state, filter, effort));

  PreviewedCompany previewed{.company = following.company,
                             .reading = ReadingOf(listing),
                             .trouble = board_plan.trouble,
                             .read_at = grounds.listing.read_at,
                             .kept = grounds.listing.kept,
                             .jobs = {},
                             .counts = plan.counts,
                             .of_board = CountBoard(board_plan),
                             .warnings = {}};
  if (const auto* but_for = std::get_if<ListingButFor>(&listing)) {
    previewed.but_for = but_for->but_for();
    previewed.warnings.push_back(but_for->Trouble());
  }
  if (grounds.listing.mended)
    if (std::string mended = TellMendedJobs(listing, board_plan); !mended.empty())
      previewed.warnings.push_back(std::move(mended));
  if (!witnesses.control_trouble.empty()) previewed.warnings.push_back(witnesses.control_trouble);
  if (HasNewFilter(following))
    if (auto loss = WhyFilterTakesTooMuch(following.company, FilterLossOf(plan)))
      previewed.warnings.push_back(*std::move(loss));
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

// What is not the database's trouble is the company's own.
bool IsCompanys(const Error& error) {
  return error.code != Errc::kCancelled && error.code != Errc::kStorage &&
         error.code != Errc::kUnavailable;
}

}  // namespace

Result<Preview> PreviewCompanies(const WorkTools& tools, const PreviewOrder& order,
                                 std::stop_token stop) {
  Guarded<std::vector<PreviewedCompany>> done;
  Guarded<std::optional<Error>> broken;
  std::stop_source work;
  const std::stop_callback forward(stop, [&work] { work.request_stop(); });
  const auto keep = [&](const Following& following, Result<PreviewedCompany> previewed) {
    if (previewed) {
      done.With([&](auto& all) { all.push_back(*std::move(previewed)); });
    } else if (IsCompanys(previewed.error())) {
      done.With([&](auto& all) {
        all.push_back({.company = following.company,
                       .trouble = previewed.error().message,
                       .read_at = tools.clock(),
                       .jobs = {},
                       .counts = {},
                       .of_board = {},
                       .warnings = {}});
      });
    } else {
      broken.With([&](auto& first) {
        if (!first) first = previewed.error();
      });
      work.request_stop();
    }
    if (tools.progress) tools.progress();
  };

  std::vector<LaneTask> lane_tasks;
  for (const Following& following : order.followings) {
    const auto address = FindBoard(following.kind, following.token);
    lane_tasks.push_back({address ? Traits(*address->definition).pacing_key : "", [&, following] {
                            try {
                              keep(following,
                                   PreviewOne(tools, following, order, work.get_token()));
                            } catch (const std::exception& bug) {
                              keep(following, Fail(Errc::kUpstream, bug.what()));
                            }
                          }});
  }
  WorkOnLanes(std::move(lane_tasks), tools.settings.lanes, tools.fetcher, work.get_token());

  if (auto error = broken.With([](const auto& first) { return first; }))
    return std::unexpected(*std::move(error));
  if (stop.stop_requested()) return Fail(Errc::kCancelled, "the preview was interrupted");
  Preview preview{.companies = done.With([](auto& all) { return std::move(all); }),
                  .departing = {}};
  std::ranges::sort(preview.companies, {}, &PreviewedCompany::company);
  TRY(auto db, tools.database.Reader());
  TRY(preview.departing, LoadDeparting(*db, order.user_id));
  if (order.only_named)
    std::erase_if(preview.departing, [&](const Departing& one) {
      return std::ranges::find(order.followings, one.company, &Following::company) ==
             order.followings.end();
    });
  return preview;
}

}  // namespace rolecall
