// Invents the world, and carries plans out as the store would.
#include "tests/property/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rolecall {
namespace {

constexpr std::array kTitles{"Cook", "Senior Cook", "Intern", "Internal Auditor", "C++ Developer"};

FilterTerms TermsOf(int which) {
  switch (which) {
    case 0:
      return {.titles = {.include = {"cook", "developer"}, .exclude = {}}, .places = {}};
    case 1:
      return {.titles = {.include = {}, .exclude = {"intern"}}, .places = {}};
    case 2:
      return {.titles = {.include = {}, .exclude = {"intern*", "/^senior/"}}, .places = {}};
    case 3:
      return {.titles = {},
              .places = {.include = {"floor 1", "floor 2"}, .exclude = {}, .remote = true}};
    case 4:
      return {.titles = {.include = {}, .exclude = {"intern"}},
              .places = {.include = {}, .exclude = {"floor 3"}}};
    default:
      return {};
  }
}

void Clear(KnownJob& job) {
  job.missing_reading.reset();
  job.missing_since.reset();
  job.missing_in_empty = false;
  job.lacked_reading.reset();
  job.lacked_since.reset();
  job.withheld_since.reset();
  job.last_seen_reading = 0;
  job.expired = false;
}

void Rewrite(const ListedJob& listed, std::int64_t reading_id, KnownJob& job) {
  Clear(job);
  job.external_id = listed.external_id;
  job.title = listed.title;
  job.location = listed.location;
  job.url = listed.url;
  job.digest = JobDigest(listed);
  job.changed_reading = reading_id;
}

void MarkAbsent(const PlannedJob& planned, const Listing& listing, std::int64_t reading_id,
                Timestamp now, const KnownBoard& board, KnownJob& job) {
  if (job.last_seen_reading == 0)
    job.last_seen_reading = std::max(job.changed_reading, board.whole_reading);
  if (std::holds_alternative<ListingButFor>(listing)) {
    if (!job.lacked_reading) job.lacked_since = now;
    if (!job.lacked_reading) job.lacked_reading = reading_id;
  } else if (!job.missing_reading || planned.missing_anew) {
    job.missing_reading = reading_id;
    job.missing_since = now;
    job.missing_in_empty = JobsIn(listing).empty();
  }
  if (planned.withheld_anew) job.withheld_since = now;
  if (planned.withheld_anew) job.withheld_by_guard = planned.by_guard;
  if (planned.fate == BoardFate::kExpired) {
    job.expired = true;
    job.expired_reason = planned.reason;
    job.expired_at = now;
    job.witnesses = planned.witnesses;
    job.withheld_since.reset();
  }
}

// What has the store count a job as written anew.
bool IsWritten(const PlannedJob& planned, const KnownJob& before, const KnownJob& now) {
  if (planned.fate == BoardFate::kUnchanged) return planned.came_back;
  return planned.fate == BoardFate::kNew || planned.fate == BoardFate::kChanged ||
         planned.fate == BoardFate::kReopened || before.missing_reading != now.missing_reading ||
         before.lacked_reading != now.lacked_reading || before.expired != now.expired ||
         before.withheld_since != now.withheld_since;
}

void CarryOutOne(const Listing& listing, const PlannedJob& planned, std::int64_t reading_id,
                 Timestamp now, KnownBoard& board) {
  const std::vector<ListedJob>& listed = JobsIn(listing);
  if (planned.fate == BoardFate::kNew) board.jobs.push_back({.id = planned.id});
  KnownJob& job =
      planned.fate == BoardFate::kNew ? board.jobs.back() : board.jobs.at(planned.known);
  const KnownJob before = job;
  if (planned.withdrawn) job.withheld_since.reset();
  switch (planned.fate) {
    case BoardFate::kNew:
    case BoardFate::kChanged:
    case BoardFate::kReopened:
      Rewrite(listed.at(planned.listed), reading_id, job);
      break;
    case BoardFate::kUnchanged:
      if (planned.came_back) Clear(job);
      break;
    case BoardFate::kMissing:
    case BoardFate::kExpired:
    case BoardFate::kWithheld:
      MarkAbsent(planned, listing, reading_id, now, board, job);
      break;
    case BoardFate::kNotReconciled:
      break;
  }
  if (IsWritten(planned, before, job)) job.version = reading_id;
  if (planned.content_changed) {
    job.content_digest = ContentDigest(*listed.at(planned.listed).content);
    job.content_reading = reading_id;
  }
}

// A reading that failed makes nobody missing.
void CarryOutFailed(const PlannedJob& planned, std::int64_t reading_id, Timestamp now,
                    KnownBoard& board) {
  KnownJob& job = board.jobs.at(planned.known);
  if (planned.withheld_anew || planned.fate == BoardFate::kExpired) job.version = reading_id;
  if (planned.withheld_anew) job.withheld_since = now;
  if (planned.fate != BoardFate::kExpired) return;
  job.expired = true;
  job.expired_reason = planned.reason;
  job.expired_at = now;
  job.witnesses = planned.witnesses;
  job.withheld_since.reset();
}

}  // namespace

const std::vector<ListedJob>& Step::listed() const { return JobsIn(listing); }

const std::string& Step::IdOf(const PlannedJob& job) const {
  return job.known != PlannedJob::kNone ? before.jobs.at(job.known).external_id
                                        : listed().at(job.listed).external_id;
}

void GiveIds(BoardPlan& plan, std::int64_t& next_id) {
  for (PlannedJob& job : plan.jobs)
    if (job.fate == BoardFate::kNew) job.id = next_id++;
}

void CarryOut(const Listing& listing, const Testimony& testimony, const BoardPlan& plan,
              std::int64_t reading_id, Timestamp now, KnownBoard& board) {
  const std::vector<ListedJob>& listed = JobsIn(listing);
  if (std::holds_alternative<FailedListing>(listing)) {
    for (const PlannedJob& planned : plan.jobs) CarryOutFailed(planned, reading_id, now, board);
    if (!board.unreadable_since) board.unreadable_since = now;
    return;
  }
  board.unreadable_since.reset();
  for (const PlannedJob& planned : plan.jobs) CarryOutOne(listing, planned, reading_id, now, board);
  if (!plan.whole) return;
  board.whole_reading = reading_id;
  if (plan.settles)
    for (PastReading& past : board.complete)
      past.withheld = past.withheld && past.listed == 0 && !listed.empty();
  const bool confirmed = CompletenessOf(listing) == Completeness::kConfirmed;
  const auto* but_for = std::get_if<ListingButFor>(&listing);
  const int size = confirmed ? board.complete.front().listed : static_cast<int>(listed.size());
  auto& readings = but_for != nullptr ? board.but_for : board.complete;
  readings.insert(readings.begin(),
                  {.id = reading_id,
                   .at = now,
                   .listed = size,
                   .withheld = plan.doubtful,
                   .control = testimony.control,
                   .asked = testimony.asked(),
                   .stood = testimony.CountOf(Witness::kStands),
                   .unread_digest = but_for != nullptr ? but_for->unread_digest() : ""});
}

void CarryOut(const BoardState& board, const UserPlan& plan, std::int64_t reading_id,
              UserView& view) {
  for (const UserPlanned& planned : plan.jobs) {
    if (!planned.writes) continue;
    const std::int64_t id = board.jobs.at(planned.job).id;
    auto row = std::ranges::find(view.jobs, id, &UserJob::job_id);
    if (row == view.jobs.end()) row = view.jobs.insert(row, {.job_id = id});
    switch (planned.fate) {
      case UserFate::kNew:
      case UserFate::kChanged:
      case UserFate::kReopened:
        *row = {.job_id = id, .wrote_reading = reading_id};
        break;
      case UserFate::kUnchanged:
        row->missing = false;
        break;
      case UserFate::kMissing:
      case UserFate::kWithheld:
        row->missing = true;
        break;
      case UserFate::kExpired:
        row->left = true;
        row->missing = true;
        break;
      case UserFate::kExcluded:
      case UserFate::kNotReconciled:
        break;
    }
  }
  if (board.whole) view.last_reading_id = reading_id;
}

History::History(std::uint32_t seed, Pace pace) : random_(seed), seed_(seed), pace_(pace) {
  step_.policy.has_second_witness = Chance(60);
  step_.policy.max_checks = Chance(50) ? 5 : 200;
  inline_content_ = Chance(50);
  addresses_lie_ = Chance(20);
  if (Chance(40))
    usual_ =
        std::array{Fault::kBare, Fault::kShort, Fault::kAgain}[static_cast<std::size_t>(Below(3))];
  const int jobs = std::array{3, 14, 24, 40}[static_cast<std::size_t>(Below(4))];
  for (int i = 0; i < jobs; ++i) world_.push_back({.number = next_job_++});
  for (int i = 0; i < 3; ++i) followers_.push_back({.terms = TermsOf(Below(6)), .view = {}});
}

void History::MoveWorld() {
  if (Chance(20)) return;
  // Mostly a little churn; now and then most of the board leaves at once.
  const int leaves = Chance(4) ? 70 : 4;
  for (TrueJob& job : world_) {
    if (job.listed && Chance(leaves)) {
      job.listed = false;
      job.page = Chance(30);
    } else if (!job.listed && Chance(4)) {
      job.listed = job.page = true;
    } else if (!job.listed && Chance(5)) {
      job.page = false;
    }
    if (Chance(5)) ++job.version;
  }
  const int posted = Below(3);
  for (int i = 0; i < posted; ++i) world_.push_back({.number = next_job_++});
}

void History::MoveFault() {
  if (fault_lasts_-- > 0) return;
  fault_ = usual_;
  if (!Chance(20)) return;
  fault_ = std::array{
      Fault::kPartial, Fault::kFailed, Fault::kHalf, Fault::kEmpty,
      Fault::kBare,    Fault::kShort,  Fault::kAgain}[static_cast<std::size_t>(Below(7))];
  fault_lasts_ = fault_ == Fault::kFailed && Chance(40) ? 20 + Below(20) : Below(6);
  hidden_.clear();
  for (int i = 0; i < 500; ++i) hidden_.push_back(Chance(60));
}

Listing History::Read() {
  if (fault_ == Fault::kFailed) return FailedListing{"HTTP 502"};
  std::vector<ListedJob> jobs;
  for (const TrueJob& job : world_) {
    const auto number = static_cast<std::size_t>(job.number);
    if (!job.listed || fault_ == Fault::kEmpty) continue;
    if (fault_ == Fault::kHalf && hidden_[number % hidden_.size()]) continue;
    jobs.push_back(
        {.external_id = fmt::format("R{}", job.number),
         .title = fmt::format(
             "{} {}",
             kTitles[(number + static_cast<std::size_t>(job.version / 2)) % kTitles.size()],
             job.number),
         .location = fmt::format("Floor {}", job.version % 4),
         .url = fmt::format("https://board.test/{}", job.number),
         .content = {}});
    if (inline_content_) jobs.back().content = fmt::format("Text {}", job.version / 3);
  }
  if (fault_ == Fault::kPartial) {
    last_complete_.clear();  // what it changed is undone by a whole one
    jobs.resize(jobs.size() * static_cast<std::size_t>(Below(100)) / 100);
    return PartialListing{std::move(jobs), "page 3 of 5 failed (HTTP 502)"};
  }
  Listing listing = ReadPages(std::move(jobs));
  const auto* complete = std::get_if<CompleteListing>(&listing);
  if (complete == nullptr) {
    last_complete_.clear();
    return listing;
  }
  const std::string& digest = complete->digest();
  const bool open_ends = std::ranges::any_of(step_.before.jobs, [](const KnownJob& job) {
    return !job.expired && (job.withheld_since || job.missing_reading || job.lacked_reading);
  });
  if (digest == last_complete_ && !open_ends && Chance(50)) return ConfirmedListing{};
  last_complete_ = digest;
  return listing;
}

// All that the board lists, as its fault shows it: complete, whole but for one or two, or less.
Listing History::ReadPages(std::vector<ListedJob> jobs) {
  ListingBuilder builder(1'000'000);
  if (fault_ == Fault::kShort) builder.StateTotal(static_cast<int>(jobs.size()) + 1);
  const ListedJob repeated = jobs.empty() ? ListedJob{} : jobs.back();
  if (fault_ == Fault::kBare && !jobs.empty()) {
    const ListedJob bare = std::move(jobs.back());
    jobs.pop_back();
    const int holds = bare.external_id.back() % 3;  // an id, a requisition, or neither
    // The requisition beside an id may be that of other postings, too.
    const auto away = std::ranges::find(world_, false, &TrueJob::listed);
    const std::string other = away == world_.end() ? "" : fmt::format("R{}", away->number);
    builder.AddUnreadable({.place = 1,
                           .what = "an entry without title",
                           .digest = ContentDigest(bare.external_id),
                           .external_id = holds == 0 ? bare.external_id : "",
                           .requisition = holds == 0   ? other
                                          : holds == 1 ? bare.external_id
                                                       : ""});
  }
  builder.AddPage(std::move(jobs));
  if (fault_ == Fault::kAgain && !repeated.external_id.empty()) builder.AddPage({repeated});
  return std::move(builder).Finish();
}

Testimony History::Ask() {
  Testimony said;
  for (const std::string& id : Absentees(step_.before, step_.listing, step_.policy, step_.now)) {
    const auto job = std::ranges::find(world_, std::stoi(id.substr(1)), &TrueJob::number);
    said.answers[id] = Chance(10)                     ? Witness::kUnclear
                       : addresses_lie_ || !job->page ? Witness::kGone
                                                      : Witness::kStands;
  }
  if (said.CountOf(Witness::kGone) == 0) return said;
  const bool some = !ControlsOf(step_.before, step_.listing, step_.policy).empty();
  said.control = some && !addresses_lie_ ? Control::kHeld : Control::kFailed;
  return said;
}

void History::Follow() {
  const BoardState previewed = StateAfter(step_.before, step_.listing, step_.preview);
  const BoardState written = StateAfter(step_.before, step_.listing, step_.plan);
  step_.users.clear();
  for (std::size_t i = 0; i < followers_.size(); ++i) {
    Follower& follower = followers_[i];
    if (Chance(10)) follower.terms = TermsOf(Below(6));
    if (Chance(20)) continue;  // not in this run
    const auto filter = CompanyFilter::Compile(follower.terms);
    UserStep& user = step_.users.emplace_back();
    user.follower = i;
    user.terms = follower.terms;
    user.before = follower.view;
    user.preview = Project(follower.view, previewed, *filter);
    user.plan = Project(follower.view, written, *filter);
    CarryOut(written, user.plan, step_.reading_id, follower.view);
    user.after = follower.view;
  }
}

// Now and then somebody answers for what is withheld.
void History::AskAPerson() {
  step_.kept.clear();
  const bool expires = Chance(15), keeps = !expires && Chance(15);
  for (KnownJob& job : step_.before.jobs) {
    job.approved = false;
    if (job.expired || !job.withheld_since) continue;
    if (!IsOffered(step_.before, job)) {
      job.approved = Chance(4);
      continue;
    }
    job.approved = expires && Chance(80);
    if (!keeps) continue;
    Clear(job);
    job.kept_at = step_.now;
    job.version = step_.reading_id;
    step_.kept.insert(job.external_id);
  }
}

const Step& History::Next() {
  step_.where = fmt::format("history {}, step {}", seed_, ++number_);
  // Now and then somebody is on holiday.
  const int pause = Chance(2) ? 360 : Chance(5) ? 120 : 1 + Below(30);
  step_.now += std::chrono::hours(pace_ == Pace::kDaily ? 24 : pause);
  MoveWorld();
  MoveFault();
  step_.reading_id = number_;
  step_.before = std::move(step_.after);
  AskAPerson();
  step_.listing = Read();
  step_.testimony = Ask();
  step_.preview = Reconcile(step_.before, step_.listing, step_.testimony, step_.policy, step_.now);
  step_.plan = step_.preview;
  GiveIds(step_.plan, next_id_);
  step_.after = step_.before;
  CarryOut(step_.listing, step_.testimony, step_.plan, step_.reading_id, step_.now, step_.after);
  Follow();
  return step_;
}

}  // namespace rolecall
