// Looks whether the program is ready. A database that fails, fails every check that asks it; what
// it says of itself is for the log.
#include "api/readiness.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "store/migrate.h"
#include "store/runs/claims.h"

namespace rolecall {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kHolds{1};
constexpr std::chrono::seconds kPatience{1};
constexpr std::uintmax_t kMebibyte = 1 << 20;
constexpr std::uintmax_t kLeastFree = 64 * kMebibyte;

// In the order in which they are shown.
constexpr std::string_view kDatabase = "database", kMigrations = "migrations",
                           kWorkers = "worker heartbeat", kDisk = "disk";

enum class Health : std::uint8_t { kWell, kUnwell };

Check MakeCheck(std::string_view name, Health health, std::string message) {
  return {.name = std::string(name),
          .ok = health == Health::kWell,
          .message = std::move(message),
          .looked_at = steady_clock::now()};
}

Check Failed(std::string_view name, std::string message, const Error& error) {
  Check check = MakeCheck(name, Health::kUnwell, std::move(message));
  check.failure = error.message;
  return check;
}

Check CheckDatabase(Database& database) {
  const auto answered = [&]() -> Result<void> {
    TRY(auto db, database.Reader());
    CHECK_OK(db->DatabaseNow());
    return {};
  }();
  if (!answered) return Failed(kDatabase, "does not answer", answered.error());
  return MakeCheck(kDatabase, Health::kWell, "answers");
}

Check CheckMigrations(Database& database) {
  const auto state = CheckSchema(database);
  if (!state) return Failed(kMigrations, "cannot be read", state.error());
  const bool current = *state == SchemaState::kCurrent;
  return MakeCheck(kMigrations, current ? Health::kWell : Health::kUnwell,
                   current ? "current" : "behind: run `rolecall migrate`");
}

Check CheckWorkers(Database& database, const std::string& function, Timestamp now) {
  if (!function.empty())
    return MakeCheck(kWorkers, Health::kWell, fmt::format("the function {}", function));
  const auto attending = [&]() -> Result<std::vector<std::string>> {
    TRY(auto db, database.Reader());
    return LoadAttending(*db, 0, now);
  }();
  if (!attending) return Failed(kWorkers, "cannot be read", attending.error());
  if (attending->empty())
    return MakeCheck(kWorkers, Health::kUnwell,
                     "no worker is there: runs wait until one comes (`rolecall work`)");
  return MakeCheck(kWorkers, Health::kWell, fmt::format("{} there", attending->size()));
}

Check CheckDisk(const std::string& folder) {
  // One that is not made yet will be where the nearest that is stands.
  std::error_code failure;
  std::filesystem::path there = folder.empty() ? "." : folder;
  while (!std::filesystem::exists(there, failure) && there.has_relative_path())
    there = there.parent_path();
  if (there.empty()) there = ".";
  const auto space = std::filesystem::space(there, failure);
  if (failure) return MakeCheck(kDisk, Health::kUnwell, failure.message());
  return MakeCheck(kDisk, space.available >= kLeastFree ? Health::kWell : Health::kUnwell,
                   fmt::format("{} MiB are free", space.available / kMebibyte));
}

}  // namespace

Readiness::Readiness(Database& database, std::string folder, std::string function)
    : database_(database),
      folder_(std::move(folder)),
      function_(std::move(function)),
      thread_([this](const std::stop_token& stop) { Work(stop); }) {}

Readiness::~Readiness() = default;

std::vector<Check> Readiness::LookNow(Timestamp now) const {
  return {CheckDatabase(database_), CheckMigrations(database_),
          CheckWorkers(database_, function_, now), CheckDisk(folder_)};
}

void Readiness::Work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return wanted_.has_value(); })) {
    const Timestamp now = *std::exchange(wanted_, std::nullopt);
    lock.unlock();
    auto checks = LookNow(now);
    lock.lock();
    last_ = std::move(checks);
    asked_at_.reset();
    changed_.notify_all();
  }
}

bool Readiness::IsFresh() const {
  return !last_.empty() && steady_clock::now() - last_.front().looked_at <= kHolds;
}

std::vector<Check> Readiness::Look(Timestamp now) {
  std::unique_lock lock(mutex_);
  if (IsFresh()) return last_;
  if (!asked_at_) {
    asked_at_ = steady_clock::now();
    wanted_ = now;
    changed_.notify_all();
  }
  const Time asked_at = *asked_at_;
  const bool ended =
      changed_.wait_until(lock, asked_at + kPatience, [&] { return asked_at_ != asked_at; });
  return ended ? last_ : Overdue(asked_at);
}

std::vector<Check> Readiness::Overdue(Time asked_at) const {
  std::vector<Check> checks = last_;
  if (checks.empty())
    for (const std::string_view name : {kDatabase, kMigrations, kWorkers, kDisk})
      checks.push_back(
          {.name = std::string(name), .message = "not seen yet", .looked_at = asked_at});
  const auto silent =
      std::chrono::duration_cast<std::chrono::seconds>(steady_clock::now() - asked_at);
  checks.front().ok = false;
  checks.front().message = fmt::format("has not answered for {} s", silent.count());
  return checks;
}

}  // namespace rolecall
