// Reads rolls by the versions of their rows.
#include "store/search/user_roll.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "db/columns.h"
#include "search/index_words.h"
#include "store/users/roll_versions.h"

namespace rolecall {
namespace {

// Of all users together; some 32 bytes each.
constexpr std::size_t kMostRolledJobs = 2'000'000;

struct RollRow {
  std::int64_t id = 0;
  std::string company;
  bool expired = false;
  std::int64_t came_run = 0;
  Timestamp first_seen_at;
};

constexpr Columns kRollRow(Column("u.job_id", &RollRow::id), Column("u.company", &RollRow::company),
                           Column("u.expired_at IS NOT NULL", &RollRow::expired),
                           Column("u.came_run_id", &RollRow::came_run),
                           Column("j.first_seen_at", &RollRow::first_seen_at));
constexpr auto kSelectRoll = SqlOf<kRollRow>(R"(
      SELECT {columns}
      FROM user_jobs u
      JOIN board_jobs j ON j.id = u.job_id
      WHERE u.user_id = :user)");
constexpr auto kSelectWritten = SqlOf<kRollRow>(R"(
      SELECT {columns}
      FROM user_jobs u
      JOIN board_jobs j ON j.id = u.job_id
      WHERE u.user_id = :user AND u.version > :version)");

class RollReader {
 public:
  explicit RollReader(UserRoll& roll) : roll_(roll) {
    for (const std::string& company : roll.companies)
      places_.emplace(company, static_cast<std::uint32_t>(places_.size()));
  }

  void Read(const Row& row) {
    RollRow read = kRollRow(row);
    const auto [place, is_new] =
        places_.try_emplace(read.company, static_cast<std::uint32_t>(roll_.companies.size()));
    if (is_new) roll_.companies.push_back(std::move(read.company));
    jobs_.push_back({.id = read.id,
                     .first_seen_ms = read.first_seen_at.time_since_epoch().count(),
                     .came_run = read.came_run,
                     .company = place->second,
                     .expired = read.expired});
  }

  bool HasRead() const { return !jobs_.empty(); }

  // Those that were read take the place of those of before.
  void End() {
    std::ranges::sort(jobs_, {}, &RolledJob::id);
    Merge();
    SortCompanies();
    GroupByCompany();
    roll_.newest.resize(roll_.jobs.size());
    std::iota(roll_.newest.begin(), roll_.newest.end(), 0U);
    // Ids are given in the order of time, nearly.
    std::ranges::reverse(roll_.newest);
    std::ranges::sort(roll_.newest, std::ranges::greater{}, [&](std::uint32_t place) {
      return std::pair(roll_.jobs[place].first_seen_ms, roll_.jobs[place].id);
    });
  }

 private:
  void Merge() {
    if (roll_.jobs.empty()) {
      roll_.jobs = std::move(jobs_);
      return;
    }
    std::vector<RolledJob> merged;
    merged.reserve(roll_.jobs.size() + jobs_.size());
    auto old = roll_.jobs.begin();
    for (const RolledJob& job : jobs_) {
      for (; old != roll_.jobs.end() && old->id < job.id; ++old) merged.push_back(*old);
      if (old != roll_.jobs.end() && old->id == job.id) ++old;
      merged.push_back(job);
    }
    merged.insert(merged.end(), old, roll_.jobs.end());
    roll_.jobs = std::move(merged);
  }

  void SortCompanies() {
    std::vector<std::uint32_t> order(roll_.companies.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {},
                      [&](std::uint32_t i) -> const std::string& { return roll_.companies[i]; });
    std::vector<std::uint32_t> becomes(order.size());
    std::vector<std::string> sorted;
    for (const std::uint32_t old : order) {
      becomes[old] = static_cast<std::uint32_t>(sorted.size());
      sorted.push_back(std::move(roll_.companies[old]));
    }
    roll_.companies = std::move(sorted);
    for (RolledJob& job : roll_.jobs) job.company = becomes[job.company];
    roll_.words_of_companies.clear();
    for (const std::string& company : roll_.companies)
      roll_.words_of_companies.push_back(IndexWords(company));
  }

  void GroupByCompany() {
    roll_.counts.assign(roll_.companies.size(), {});
    for (const RolledJob& job : roll_.jobs)
      ++(job.expired ? roll_.counts[job.company].expired : roll_.counts[job.company].open);
    roll_.begins.assign(1, 0);
    for (const CompanyCount& count : roll_.counts)
      roll_.begins.push_back(roll_.begins.back() +
                             static_cast<std::uint32_t>(count.open + count.expired));
    roll_.of_companies.resize(roll_.jobs.size());
    std::vector<std::uint32_t> ends(roll_.begins.begin(), roll_.begins.end() - 1);
    for (std::uint32_t place = 0; place < roll_.jobs.size(); ++place)
      roll_.of_companies[ends[roll_.jobs[place].company]++] = place;
  }

  UserRoll& roll_;
  std::unordered_map<std::string, std::uint32_t> places_;
  std::vector<RolledJob> jobs_;
};

}  // namespace

const RolledJob* UserRoll::Find(std::int64_t id) const {
  const auto found = std::ranges::lower_bound(jobs, id, {}, &RolledJob::id);
  return found == jobs.end() || found->id != id ? nullptr : &*found;
}

Result<std::shared_ptr<const UserRoll>> KeptRolls::Load(Connection& db, std::int64_t user_id) {
  // Before its rows: what is written meanwhile is read again, and nothing is missed.
  TRY(const RollVersion now, LoadRollVersion(db, user_id));
  const auto before = Find(user_id);
  if (before && before->version == now.version) return before;
  const bool is_later =
      before && before->version < now.version && before->version >= now.taken_away;
  auto roll = std::make_shared<UserRoll>(is_later ? *before : UserRoll{});
  RollReader reader(*roll);
  const auto read = [&](const Row& row) { reader.Read(row); };
  if (is_later)
    CHECK_OK(db.Each(kSelectWritten, {{"user", user_id}, {"version", roll->version}}, read));
  else
    CHECK_OK(db.Each(kSelectRoll, {{"user", user_id}}, read));
  // Else a mark was set, and all jobs stand where they stood.
  if (!is_later || reader.HasRead()) {
    reader.End();
    roll->titles = std::make_shared<RollTitles>();
  }
  TRY(auto marks, LoadMarks(db, user_id));
  roll->marks = std::make_shared<const UserMarks>(std::move(marks));
  roll->version = now.version;
  Keep(user_id, roll);
  return roll;
}

std::shared_ptr<const UserRoll> KeptRolls::Find(std::int64_t user_id) {
  const std::scoped_lock hold(mutex_);
  const auto found = std::ranges::find(newest_first_, user_id, &Kept::user_id);
  if (found == newest_first_.end()) return nullptr;
  newest_first_.splice(newest_first_.begin(), newest_first_, found);
  return found->roll;
}

void KeptRolls::Keep(std::int64_t user_id, std::shared_ptr<const UserRoll> roll) {
  const std::scoped_lock hold(mutex_);
  newest_first_.remove_if([&](const Kept& kept) { return kept.user_id == user_id; });
  newest_first_.push_front({.user_id = user_id, .roll = std::move(roll)});
  std::size_t jobs = 0;
  newest_first_.remove_if([&](const Kept& kept) {
    jobs += kept.roll->jobs.size();
    return jobs > kMostRolledJobs && kept.user_id != user_id;
  });
}

}  // namespace rolecall
