// The feed of a run's progress. What is told is a difference of two states, so that a missed wake
// costs time and never a change.
#include "api/watching/progress_feed.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/watching/feeds.h"
#include "forms/run_json.h"

namespace rolecall {
namespace json = boost::json;
namespace {

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

std::string AllJobsEvent(const std::vector<JobOfRun>& jobs) {
  json::object companies;
  for (const JobOfRun& job : jobs) {
    json::value& list = companies[job.company];
    if (list.is_null()) list = json::array{};
    list.as_array().push_back(json::object{
        {"external_id", job.external_id}, {"title", job.title}, {"status", job.status}});
  }
  return Event("all_jobs", companies);
}

// Of each job that is not what it was: what it is.
std::string UpdateEvent(const std::vector<JobOfRun>& before, const std::vector<JobOfRun>& now) {
  std::map<std::pair<std::string_view, std::string_view>, std::string_view> were;
  for (const JobOfRun& job : before) were[{job.company, job.external_id}] = job.status;
  json::object companies;
  for (const JobOfRun& job : now) {
    const auto was = were.find({job.company, job.external_id});
    if (was != were.end() && was->second == job.status) continue;
    json::value& statuses = companies[job.company];
    if (statuses.is_null()) statuses = json::object{};
    statuses.as_object()[job.external_id] = job.status;
  }
  return companies.empty() ? "" : Event("update", companies);
}

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

Result<Subscription> WatchProgress(Feeds& feeds, const RunOfUser& run) {
  TRY(const auto feed, feeds.Join<ProgressFeed>(run));
  return feed->Watch();
}

ProgressFeed::ProgressFeed(FeedParts parts) : Feed(std::move(parts), SaysNews::kGathered) {}

std::string ProgressFeed::FinalId(std::int64_t run_id) { return fmt::format("{}-final", run_id); }

Result<ProgressFeed::State> ProgressFeed::Load() const {
  TRY(auto db, database().Reader());
  TRY(RunRecord read, LoadRun(*db, run().user_id, run().id));
  // After the status: where that is final, the jobs that were kept with it are there to be read.
  TRY(auto jobs, LoadJobsOfRun(*db, run().id));
  const bool few = jobs.size() <= kMostJobsTold;
  if (!few) jobs.resize(kMostJobsTold);
  return State{.run = std::move(read), .jobs = std::move(jobs), .few = few};
}

std::string ProgressFeed::Whole(const State& state) {
  std::string events = Event("", ProgressJson(state.run));
  events += AllJobsEvent(state.jobs);
  events += CompaniesEvent(nullptr, state.run);
  return events + StatusEvent(state.run);
}

std::string ProgressFeed::Difference(const State& before, const State& now) {
  const bool moved = before.run.status != now.run.status;
  std::string events;
  json::object numbers = ProgressJson(now.run);
  if (numbers != ProgressJson(before.run)) events += Event("", numbers);
  events += CompaniesEvent(&before.run, now.run);
  const bool ingesting = moved && now.run.status == RunStatus::kIngesting;
  const bool ended = moved && IsFinal(now.run.status);
  if (ingesting || ended) {
    events += AllJobsEvent(now.jobs);
  } else if (now.few) {
    events += UpdateEvent(before.jobs, now.jobs);
  }
  if (moved) events += StatusEvent(now.run);
  return events;
}

Result<void> ProgressFeed::Read() {
  {
    const std::scoped_lock lock(mutex_);
    if (state_ && IsFinal(state_->run.status)) return {};
  }
  TRY(State now, Load());
  const std::scoped_lock lock(mutex_);
  if (state_) topic()->Say(Difference(*state_, now));
  if (IsFinal(now.run.status)) topic()->End();
  state_ = std::move(now);
  return {};
}

Subscription ProgressFeed::Watch() {
  const std::scoped_lock lock(mutex_);
  return {.first = "retry: 1000\n\n" + Whole(*state_),
          .topic = topic(),
          .from = topic()->said(),
          .catch_up = {}};
}

}  // namespace rolecall
