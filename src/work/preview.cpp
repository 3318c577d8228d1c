// Reads and plans as a run does; the plans are copied out instead of being written.
#include "work/preview.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/guarded.h"
#include "store/board_jobs.h"
#include "store/boards.h"
#include "store/listings.h"
#include "work/lane.h"
#include "work/reconcile_board.h"
#include "work/witness_missing.h"

namespace rolecall {
namespace {

struct FreshListing {
  Listing listing;
  Timestamp read_at;
  bool kept = false;
  std::vector<std::string> warnings;
};

Result<FreshListing> ReadOrTake(const WorkTools& tools, const BoardAddress& address,
                                std::int64_t board_id, std::stop_token stop) {
  BoardRow board;
  {
    TRY(auto db, tools.database.Reader());
    TRY(auto kept, LoadListing(*db, board_id, tools.clock()));
    if (kept) return FreshListing{std::move(kept->listing), kept->read_at, true, {}};
    TRY(board, LoadBoard(*db, board_id));
  }
  TRY(auto reading, ReadBoard(address, tools.settings.limits, {}, tools.fetcher, stop));
  const Timestamp now = tools.clock();
  if (const auto* complete = std::get_if<CompleteListing>(&reading.listing)) {
    TRY(auto tx, tools.database.Write());
    CHECK_OK(KeepListing(tx, board_id, *complete, board.latest_reading, now));
    CHECK_OK(tx.Commit());
  }
  return FreshListing{std::move(reading.listing), now, false, std::move(reading.warnings)};
}

bool IsListed(const BoardPlan& plan, const BoardJob& job) {
  return job.planned != BoardJob::kNone && plan.jobs[job.planned].listed != PlannedJob::kNone;
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

Result<PreviewedCompany> PreviewOne(const WorkTools& tools, std::int64_t user_id,
                                    const Following& following, std::stop_token stop) {
  TRY(const BoardAddress address, FindBoard(following.kind, following.token));
  TRY(const TitleFilter filter, TitleFilter::Compile(following.terms));
  TRY(const FreshListing fresh, ReadOrTake(tools, address, following.board_id, stop));
  KnownBoard known;
  UserView view;
  {
    TRY(auto db, tools.database.Reader());
    TRY(known, LoadKnownBoard(*db, following.board_id));
    TRY(view, LoadUserView(*db, user_id, following));
  }
  const ExpiryPolicy policy = PolicyFor(tools, address);
  const Timestamp now = tools.clock();
  TRY(const Witnesses witnesses,
      WitnessMissing(tools, address, known, fresh.listing, policy, now, stop));
  const BoardPlan board_plan = Reconcile(known, fresh.listing, witnesses.testimony, policy, now);
  const BoardState state = StateAfter(known, fresh.listing, board_plan);
  UserPlan plan = Project(view, state, filter);

  PreviewedCompany previewed{.company = following.company,
                             .trouble = board_plan.trouble,
                             .read_at = fresh.read_at,
                             .kept = fresh.kept,
                             .jobs = {},
                             .counts = plan.counts,
                             .of_board = CountBoard(board_plan),
                             .warnings = fresh.warnings};
  if (!witnesses.control_trouble.empty()) previewed.warnings.push_back(witnesses.control_trouble);
  if (std::holds_alternative<CompleteListing>(fresh.listing))
    previewed.reading = PreviewReading::kComplete;
  else if (std::holds_alternative<PartialListing>(fresh.listing))
    previewed.reading = PreviewReading::kPartial;
  for (UserPlanned& planned : plan.jobs) {
    const BoardJob& job = state.jobs[planned.job];
    previewed.jobs.push_back({.external_id = std::string(job.external_id),
                              .title = std::string(job.title),
                              .location = std::string(job.location),
                              .url = std::string(job.url),
                              .fate = planned.fate,
                              .listed = IsListed(board_plan, job),
                              .rule = std::move(planned.rule),
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

Result<Preview> PreviewCompanies(const WorkTools& tools, std::int64_t user_id,
                                 const std::vector<Following>& followings, std::stop_token stop) {
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
  for (const Following& following : followings) {
    const auto address = FindBoard(following.kind, following.token);
    lane_tasks.push_back({address ? Traits(*address->definition).pacing_key : "", [&, following] {
                            try {
                              keep(following,
                                   PreviewOne(tools, user_id, following, work.get_token()));
                            } catch (const std::exception& bug) {
                              keep(following, Fail(Errc::kUpstream, bug.what()));
                            }
                          }});
  }
  RunLanes(std::move(lane_tasks), tools.settings.lanes, tools.fetcher, work.get_token());

  if (auto error = broken.With([](const auto& first) { return first; }))
    return std::unexpected(*std::move(error));
  if (stop.stop_requested()) return Fail(Errc::kCancelled, "the preview was interrupted");
  Preview preview{.companies = done.With([](auto& all) { return std::move(all); }),
                  .departing = {}};
  std::ranges::sort(preview.companies, {}, &PreviewedCompany::company);
  TRY(auto db, tools.database.Reader());
  TRY(preview.departing, LoadDeparting(*db, user_id));
  return preview;
}

}  // namespace rolecall
