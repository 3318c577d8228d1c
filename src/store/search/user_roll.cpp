// Reads rolls by the versions of their rows.
#include "store/search/user_roll.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "db/columns.h"
#include "search/index_words.h"
#include "store/search/board_versions.h"
#include "store/search/indexed_jobs.h"
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
  std::string places, workplace;
};

constexpr Columns kRollRow(Column("u.job_id", &RollRow::id), Column("u.company", &RollRow::company),
                           Column("u.expired_at IS NOT NULL", &RollRow::expired),
                           Column("u.came_run_id", &RollRow::came_run),
                           Column("j.first_seen_at", &RollRow::first_seen_at),
                           Column("coalesce(j.detail_location, j.location)", &RollRow::places),
                           Column("coalesce(j.workplace, j.detail_workplace)",
                                  &RollRow::workplace));
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
// Of rows that were not written since.
constexpr auto kSelectOfBoards = SqlOf<kRollRow>(R"(
      SELECT {columns}
      FROM {rows_of r: {shape}}
      JOIN board_jobs j ON j.board_id = r.id AND j.version > r.version
      JOIN user_jobs u ON u.user_id = :user AND u.job_id = j.id
      WHERE u.version <= :version)")
                                     .Fill("{shape}", kShapeOf<kBoardVersion>);

// Those that were written since, each with the version of before.
BoardVersions WrittenSince(const BoardVersions& before, const BoardVersions& now) {
  BoardVersions written;
  for (const auto& [board, version] : now) {
    const auto held = before.find(board);
    if (held == before.end() || held->second != version)
      written.emplace_hint(written.end(), board, held == before.end() ? -1 : held->second);
  }
  return written;
}

// Makes a roll of rows, and of the one of before, which is copied with the first row.
class RollReader {
 public:
  explicit RollReader(std::shared_ptr<const UserRoll> before) : before_(std::move(before)) {}

  void Read(const Row& row) {
    Begin();
    RollRow read = kRollRow(row);
    const auto [place, is_new] =
        places_.try_emplace(read.company, static_cast<std::uint32_t>(roll_->companies.size()));
    if (is_new) roll_->companies.push_back(std::move(read.company));
    jobs_.push_back({.id = read.id,
                     .first_seen_ms = read.first_seen_at.time_since_epoch().count(),
                     .came_run = read.came_run,
                     .company = place->second,
                     .expired = read.expired,
                     .places = table_->Take({.places = read.places, .workplace = read.workplace})});
  }

  bool HasRead() const { return roll_ != nullptr; }

  // Those that were read take the place of those of before. Called once.
  std::shared_ptr<UserRoll> End() {
    Begin();
    std::ranges::sort(jobs_, {}, &RolledJob::id);
    Merge();
    SortCompanies();
    GroupByCompany();
    roll_->newest.resize(roll_->jobs.size());
    std::iota(roll_->newest.begin(), roll_->newest.end(), 0U);
    // Ids are given in the order of time, nearly.
    std::ranges::reverse(roll_->newest);
    std::ranges::sort(roll_->newest, std::ranges::greater{}, [&](std::uint32_t place) {
      return std::pair(roll_->jobs[place].first_seen_ms, roll_->jobs[place].id);
    });
    CountPlaces();
    roll_->places = std::move(table_);
    roll_->titles = std::make_shared<RollTitles>();
    return std::move(roll_);
  }

 private:
  void Begin() {
    if (roll_) return;
    roll_ = before_ ? std::make_shared<UserRoll>(*before_) : std::make_shared<UserRoll>();
    table_ = std::make_shared<PlaceTable>(*roll_->places);
    for (const std::string& company : roll_->companies)
      places_.emplace(company, static_cast<std::uint32_t>(places_.size()));
  }

  void Merge() {
    std::vector<RolledJob> merged;
    merged.reserve(roll_->jobs.size() + jobs_.size());
    auto old = roll_->jobs.begin();
    for (const RolledJob& job : jobs_) {
      for (; old != roll_->jobs.end() && old->id < job.id; ++old) merged.push_back(*old);
      if (old != roll_->jobs.end() && old->id == job.id) ++old;
      merged.push_back(job);
    }
    merged.insert(merged.end(), old, roll_->jobs.end());
    roll_->jobs = std::move(merged);
  }

  void SortCompanies() {
    std::vector<std::uint32_t> order(roll_->companies.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {},
                      [&](std::uint32_t i) -> const std::string& { return roll_->companies[i]; });
    std::vector<std::uint32_t> becomes(order.size());
    std::vector<std::string> sorted;
    for (const std::uint32_t old : order) {
      becomes[old] = static_cast<std::uint32_t>(sorted.size());
      sorted.push_back(std::move(roll_->companies[old]));
    }
    roll_->companies = std::move(sorted);
    for (RolledJob& job : roll_->jobs) job.company = becomes[job.company];
    roll_->words_of_companies.clear();
    for (const std::string& company : roll_->companies)
      roll_->words_of_companies.push_back(IndexWords(company));
  }

  void GroupByCompany() {
    roll_->counts.assign(roll_->companies.size(), {});
    for (const RolledJob& job : roll_->jobs)
      ++(job.expired ? roll_->counts[job.company].expired : roll_->counts[job.company].open);
    roll_->begins.assign(1, 0);
    for (const OpenAndExpired& count : roll_->counts)
      roll_->begins.push_back(roll_->begins.back() +
                              static_cast<std::uint32_t>(count.open + count.expired));
    roll_->of_companies.resize(roll_->jobs.size());
    std::vector<std::uint32_t> ends(roll_->begins.begin(), roll_->begins.end() - 1);
    for (std::uint32_t place = 0; place < roll_->jobs.size(); ++place)
      roll_->of_companies[ends[roll_->jobs[place].company]++] = place;
  }

  void CountPlaces() {
    roll_->counts_of_places.assign(table_->texts().size(), {});
    for (const RolledJob& job : roll_->jobs) {
      OpenAndExpired& count = roll_->counts_of_places[job.places];
      ++(job.expired ? count.expired : count.open);
    }
  }

  std::shared_ptr<const UserRoll> before_;
  std::shared_ptr<UserRoll> roll_;
  std::shared_ptr<PlaceTable> table_;
  std::unordered_map<std::string, std::uint32_t> places_;  // of companies
  std::vector<RolledJob> jobs_;
};

}  // namespace

const RolledJob* UserRoll::Find(std::int64_t id) const {
  const auto found = std::ranges::lower_bound(jobs, id, {}, &RolledJob::id);
  return found == jobs.end() || found->id != id ? nullptr : &*found;
}

Result<std::shared_ptr<const UserRoll>> KeptRolls::Load(Connection& db, std::int64_t user_id) {
  // Before the rows: what is written meanwhile is read again, and nothing is missed.
  TRY(const RollVersion now, LoadRollVersion(db, user_id));
  TRY(const BoardsSum sum, LoadBoardsSum(db));
  auto kept = Find(user_id);
  const bool is_same = kept && kept->roll->version == now.version;
  if (is_same && kept->sum == sum) return kept->roll;
  TRY(auto boards, LoadBoardVersions(db));
  const bool is_later =
      kept && kept->roll->version <= now.version && kept->roll->version >= now.taken_away;
  RollReader reader(is_later ? kept->roll : nullptr);
  const auto read = [&](const Row& row) { reader.Read(row); };
  if (is_later) {
    const std::int64_t version = kept->roll->version;
    if (!is_same)
      CHECK_OK(db.Each(kSelectWritten, {{"user", user_id}, {"version", version}}, read));
    const auto written = RowsOfVersions(WrittenSince(*kept->boards, boards));
    CHECK_OK(db.Each(kSelectOfBoards,
                     {{"user", user_id}, {"version", version}, {"r", written.table()}}, read));
  } else {
    CHECK_OK(db.Each(kSelectRoll, {{"user", user_id}}, read));
  }
  auto roll = is_later ? kept->roll : nullptr;
  if (!is_same || reader.HasRead()) {
    // Where none was read a mark was set, and all jobs stand where they stood.
    auto next = !is_later || reader.HasRead() ? reader.End() : std::make_shared<UserRoll>(*roll);
    TRY(auto marks, LoadMarks(db, user_id));
    next->marks = std::make_shared<const UserMarks>(std::move(marks));
    next->version = now.version;
    roll = std::move(next);
  }
  Keep({.user_id = user_id,
        .roll = roll,
        .sum = sum,
        .boards = std::make_shared<const BoardVersions>(std::move(boards))});
  return roll;
}

std::optional<KeptRolls::Kept> KeptRolls::Find(std::int64_t user_id) {
  const std::scoped_lock hold(mutex_);
  const auto found = std::ranges::find(newest_first_, user_id, &Kept::user_id);
  if (found == newest_first_.end()) return std::nullopt;
  newest_first_.splice(newest_first_.begin(), newest_first_, found);
  return *found;
}

void KeptRolls::Keep(Kept kept) {
  const std::scoped_lock hold(mutex_);
  const std::int64_t user_id = kept.user_id;
  newest_first_.remove_if([&](const Kept& one) { return one.user_id == user_id; });
  newest_first_.push_front(std::move(kept));
  std::size_t jobs = 0;
  newest_first_.remove_if([&](const Kept& one) {
    jobs += one.roll->jobs.size();
    return jobs > kMostRolledJobs && one.user_id != user_id;
  });
}

}  // namespace rolecall
