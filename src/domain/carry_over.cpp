// Finds the rows of before that are one job today.
#include "domain/carry_over.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace rolecall {
namespace {

const std::string& PathOf(const KnownJob& job) {
  return job.path.empty() ? job.external_id : job.path;
}

// An open job before one that has left, a listed one before one that is missing. Of those that one
// listing shows, the smaller path stands, as a listing joins them.
bool SeenLater(const KnownJob* one, const KnownJob* other) {
  const auto rank = [](const KnownJob& job) {
    return std::tuple(job.expired, job.last_seen_reading != 0, -job.last_seen_reading,
                      std::string_view(PathOf(job)));
  };
  return rank(*one) < rank(*other);
}

// `rows` begin with the one seen latest.
const KnownJob& WithContent(const std::vector<const KnownJob*>& rows, const KnownJob* oldest) {
  if (oldest->content_state == ContentState::kReady) return *oldest;
  const auto ready =
      std::ranges::find(rows, ContentState::kReady, [](auto* job) { return job->content_state; });
  return ready == rows.end() ? *rows.front() : **ready;
}

// `rows` are in the order of their ids; `now_known` becomes the one job that they are.
CarriedJob MergeRows(std::vector<const KnownJob*> rows, std::string external_id,
                     KnownJob& now_known) {
  const KnownJob& oldest = *rows.front();
  CarriedJob carried{
      .id = oldest.id, .gone = {}, .names = {}, .external_id = external_id, .path = {}};
  std::optional<Timestamp> kept_at;
  for (const KnownJob* row : rows) {
    if (row != &oldest) carried.gone.push_back(row->id);
    carried.names.push_back(row->external_id);
    kept_at = std::max(kept_at, row->kept_at);
  }
  std::ranges::sort(rows, SeenLater);
  const KnownJob& shown = *rows.front();
  const KnownJob& content = WithContent(rows, &oldest);
  carried.shown = shown.id;
  carried.content = content.id;
  carried.path = PathOf(shown) == external_id ? "" : PathOf(shown);

  now_known = shown;
  now_known.id = carried.id;
  now_known.external_id = std::move(external_id);
  now_known.path = carried.path;
  now_known.kept_at = kept_at;
  now_known.content_digest = content.content_digest;
  now_known.content_state = content.content_state;
  now_known.content_reading = content.content_reading;
  now_known.content_checked_at = content.content_checked_at;
  return carried;
}

// `id_of` gives the id that a job has today.
std::vector<CarriedJob> CarryOverTo(const std::function<std::string(const KnownJob&)>& id_of,
                                    KnownBoard& known) {
  if (std::ranges::all_of(known.jobs,
                          [&](const auto& job) { return id_of(job) == job.external_id; }))
    return {};
  std::unordered_map<std::string, std::vector<const KnownJob*>> rows_of;
  for (const KnownJob& job : known.jobs) rows_of[id_of(job)].push_back(&job);

  std::vector<CarriedJob> carried;
  std::vector<KnownJob> jobs;
  jobs.reserve(rows_of.size());
  for (const KnownJob& job : known.jobs) {
    std::string id = id_of(job);
    const std::vector<const KnownJob*>& rows = rows_of[id];
    if (rows.front() != &job) continue;
    jobs.push_back(job);
    if (rows.size() > 1 || id != job.external_id)
      carried.push_back(MergeRows(rows, std::move(id), jobs.back()));
  }
  known.jobs = std::move(jobs);
  return carried;
}

}  // namespace

// A row without a path was kept under all of it: such rows alone are looked at, so that what was
// carried over once stays as it is.
std::vector<CarriedJob> CarryOver(KnownBoard& known,
                                  const std::function<std::string(std::string_view)>& id_in_path) {
  return CarryOverTo(
      [&](const KnownJob& job) {
        return job.path.empty() ? id_in_path(job.external_id) : job.external_id;
      },
      known);
}

std::vector<CarriedJob> CarryOverPages(KnownBoard& known, const std::vector<ListedJob>& listed) {
  std::unordered_set<std::string_view> ids;
  std::unordered_map<std::string_view, std::string_view> id_at;  // "" where it lists several
  for (const ListedJob& job : listed) {
    ids.insert(job.external_id);
    const std::string_view page = job.path.empty() ? job.external_id : job.path;
    const auto [at, is_first] = id_at.try_emplace(page, job.external_id);
    if (!is_first) at->second = "";
  }
  // Rows of a page that have an id beside its path. A page that had several may show any of them.
  std::unordered_map<std::string_view, int> rows_at;
  for (const KnownJob& job : known.jobs)
    if (!job.path.empty() && job.path != job.external_id) ++rows_at[job.path];
  return CarryOverTo(
      [&](const KnownJob& job) {
        const auto at = id_at.find(PathOf(job));
        if (at == id_at.end() || at->second.empty() || ids.contains(job.external_id))
          return job.external_id;
        const bool is_of_path = job.external_id == at->first;
        const bool other = is_of_path || (at->second == at->first && rows_at[job.path] == 1);
        return other ? std::string(at->second) : job.external_id;
      },
      known);
}

void CarryOver(UserView& view, const std::vector<CarriedJob>& carried) {
  if (carried.empty()) return;
  std::unordered_map<std::int64_t, std::int64_t> becomes;
  for (const CarriedJob& job : carried)
    for (const std::int64_t gone : job.gone) becomes.emplace(gone, job.id);
  std::unordered_map<std::int64_t, UserJob> rows;
  for (UserJob row : view.jobs) {
    const auto found = becomes.find(row.job_id);
    if (found != becomes.end()) row.job_id = found->second;
    const auto [stands, is_first] = rows.try_emplace(row.job_id, row);
    if (!is_first && Outlasts(row, stands->second)) stands->second = row;
  }
  view.jobs.clear();
  for (const auto& [id, row] : rows) view.jobs.push_back(row);
}

bool Outlasts(const UserJob& one, const UserJob& other) {
  return std::tuple(one.left, one.missing, -one.wrote_reading) <
         std::tuple(other.left, other.missing, -other.wrote_reading);
}

}  // namespace rolecall
