// The feed of a run's progress. What is told is a difference of two states, so that a missed wake
// costs time and never a change.
#include "api/watching/progress_feed.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/watching/feeds.h"
#include "base/digest.h"
#include "forms/run_json.h"
#include "run/waits_of_run.h"
#include "store/runs/told_companies.h"

namespace rolecall {
namespace json = boost::json;
namespace {

// Of whoever takes its time to read all jobs: they do not come again before.
constexpr std::size_t kBytesAMillisecond = 1'000;

std::string Event(std::string_view name, const json::value& data) {
  const std::string text = json::serialize(data);
  return name.empty() ? fmt::format("data: {}\n\n", text)
                      : fmt::format("event: {}\ndata: {}\n\n", name, text);
}

std::string StatusEvent(const RunRecord& run) {
  const std::string id =
      IsFinal(run.status) ? fmt::format("id: {}\n", ProgressFeed::FinalId(run.id)) : "";
  return fmt::format("{}event: status\ndata: {}\n\n", id, Name(run.status));
}

json::object AllJobs(const std::vector<JobOfRun>& jobs) {
  json::object companies;
  for (const JobOfRun& job : jobs) {
    json::value& list = companies[job.company];
    if (list.is_null()) list = json::array{};
    list.as_array().push_back(json::object{
        {"external_id", job.external_id}, {"title", job.title}, {"status", job.status}});
  }
  return companies;
}

// Whoever comes again with it has been told no other jobs since: what changes some of them, or
// tells others, takes the id back.
std::string JobsId(const std::string& jobs) { return Digester().Add(jobs).Finish(); }
constexpr std::string_view kNoId = "id:\n";

json::array CompaniesThatDiffer(const RunRecord* before, const RunRecord& now) {
  std::map<std::string_view, const CompanyOfRun*> were;
  if (before != nullptr)
    for (const CompanyOfRun& one : before->companies) were[one.company] = &one;
  json::array companies;
  for (const CompanyOfRun& one : now.companies) {
    const auto was = were.find(one.company);
    if (was != were.end() && *was->second == one) continue;
    companies.push_back(CompanyOfRunJson(one));
  }
  return companies;
}

std::string CompaniesEvent(const RunRecord* before, const RunRecord& now) {
  json::array companies = CompaniesThatDiffer(before, now);
  return companies.empty() ? "" : Event("companies", std::move(companies));
}

}  // namespace

Result<Subscription> WatchProgress(Feeds& feeds, const RunOfUser& run, std::string_view known,
                                   ProgressPace pace) {
  TRY(const auto feed, feeds.Join<ProgressFeed>(run, pace));
  return feed->Watch(known);
}

ProgressFeed::ProgressFeed(FeedParts parts, ProgressPace pace)
    : Feed(std::move(parts), SaysNews::kGathered), pace_(pace) {}

std::string ProgressFeed::FinalId(std::int64_t run_id) { return fmt::format("{}-final", run_id); }

Result<ProgressFeed::State> ProgressFeed::Load() const {
  RunRecord read;
  {
    TRY(auto db, database().Reader());
    TRY(read, LoadRun(*db, run().user_id, run().id));
    CHECK_OK(NoteWaits(*db, kinds(), read, Now()));
  }
  CHECK_OK(HoldBackEnd(lines(), read));
  std::set<std::string> before;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [company, jobs] : told_) before.insert(company);
  }
  const auto companies = ChooseToldCompanies(read.companies, before);
  // After the status: where that is final, the jobs that were kept with it are there to be read.
  TRY(auto db, database().Reader());
  TRY(auto jobs, LoadJobsOfRun(*db, run().id, companies));
  return State{.run = std::move(read), .jobs = std::move(jobs)};
}

ProgressFeed::Whole ProgressFeed::WholeOf(const State& state) {
  const std::string jobs = json::serialize(AllJobs(state.jobs));
  Whole whole{.jobs_id = JobsId(jobs),
              .all = {},
              .before_jobs = "retry: 1000\n\n" + Event("", ProgressJson(state.run)),
              .after_jobs = CompaniesEvent(nullptr, state.run) + StatusEvent(state.run)};
  whole.all = fmt::format("{}id: {}\nevent: all_jobs\ndata: {}\n\n{}", whole.before_jobs,
                          whole.jobs_id, jobs, whole.after_jobs);
  return whole;
}

// Whoever joins is told as many at least.
void ProgressFeed::NoteTold(const std::vector<JobOfRun>& jobs) {
  told_.clear();
  for (const JobOfRun& job : jobs) told_[job.company][job.external_id] = job.status;
  all_jobs_from_ = Steady::now() + pace_.all_jobs_every;
  owes_all_ = false;
}

std::string ProgressFeed::TellAllJobs(const State& now) {
  NoteTold(now.jobs);
  std::string event = std::string(kNoId) + Event("all_jobs", AllJobs(now.jobs));
  all_jobs_from_ += std::chrono::milliseconds(event.size() / kBytesAMillisecond);
  return event;
}

// Of each job that was told and is another now: what it is. Where there are others, all of them
// once that is due.
std::string ProgressFeed::JobEvents(const State& now) {
  json::object updates;
  owes_all_ = false;
  for (const JobOfRun& job : now.jobs) {
    const auto company = told_.find(job.company);
    if (company == told_.end() || !company->second.contains(job.external_id)) {
      owes_all_ = true;
      continue;
    }
    std::string& was = company->second[job.external_id];
    if (was == job.status) continue;
    was = job.status;
    json::value& statuses = updates[job.company];
    if (statuses.is_null()) statuses = json::object{};
    statuses.as_object()[job.external_id] = job.status;
  }
  if (owes_all_ && Steady::now() >= all_jobs_from_) return TellAllJobs(now);
  return updates.empty() ? "" : std::string(kNoId) + Event("update", updates);
}

std::string ProgressFeed::Difference(const State& now) {
  const RunRecord& before = state_->run;
  const bool moved = before.status != now.run.status;
  std::string events;
  json::object numbers = ProgressJson(now.run);
  if (numbers != ProgressJson(before)) events += Event("", numbers);
  events += CompaniesEvent(&before, now.run);
  const bool all = moved && (now.run.status == RunStatus::kIngesting || IsFinal(now.run.status));
  events += all ? TellAllJobs(now) : JobEvents(now);
  if (moved) events += StatusEvent(now.run);
  return events;
}

Result<void> ProgressFeed::Read() {
  {
    const std::scoped_lock lock(mutex_);
    if (state_ && IsFinal(state_->run.status)) return {};
  }
  TRY(State now, Load());
  const auto wait_over = FirstWaitOver(now.run);
  const std::scoped_lock lock(mutex_);
  if (state_) {
    topic()->Say(Difference(now));
  } else {
    NoteTold(now.jobs);
  }
  if (IsFinal(now.run.status)) topic()->End();
  wait_over_.reset();
  if (wait_over) wait_over_ = Steady::now() + (*wait_over - Now());
  state_ = std::move(now);
  whole_.reset();
  return {};
}

bool ProgressFeed::awaits_end() const {
  const std::scoped_lock lock(mutex_);
  return state_ && !IsFinal(state_->run.status);
}

std::optional<ProgressFeed::Steady::time_point> ProgressFeed::owes_from() const {
  const std::scoped_lock lock(mutex_);
  if (!owes_all_) return wait_over_;
  return std::min(all_jobs_from_, wait_over_.value_or(all_jobs_from_));
}

Subscription ProgressFeed::Watch(std::string_view known) {
  const std::scoped_lock lock(mutex_);
  if (!whole_) whole_ = WholeOf(*state_);
  const bool knows_jobs = known == whole_->jobs_id;
  return {.first = knows_jobs ? SharedText(whole_->before_jobs + whole_->after_jobs) : whole_->all,
          .topic = topic(),
          .from = topic()->said(),
          .catch_up = {}};
}

}  // namespace rolecall
