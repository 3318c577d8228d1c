// A database that does not answer fails every check that asks it.
#include "api/readiness.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "store/claims.h"
#include "store/migrate.h"

namespace rolecall {
namespace {

constexpr std::chrono::seconds kHolds{1};
constexpr std::uintmax_t kLeastFree = 64 * 1024 * 1024;

Check Made(std::string name, bool ok, std::string message) {
  return {.name = std::move(name),
          .ok = ok,
          .message = std::move(message),
          .looked_at = std::chrono::steady_clock::now()};
}

Check CheckDatabase(Database& database) {
  const auto answered = [&]() -> Result<void> {
    TRY(auto db, database.Reader());
    CHECK_OK(db->DatabaseNow());
    return {};
  }();
  return Made("database", answered.has_value(), answered ? "answers" : answered.error().message);
}

Check CheckMigrations(Database& database) {
  const auto state = CheckSchema(database);
  if (!state) return Made("migrations", false, state.error().message);
  const bool current = *state == SchemaState::kCurrent;
  return Made("migrations", current, current ? "current" : "behind: run `rolecall migrate`");
}

Check CheckWorkers(Database& database, Timestamp now) {
  const auto attending = [&]() -> Result<std::vector<std::string>> {
    TRY(auto db, database.Reader());
    return LoadAttending(*db, 0, now);
  }();
  if (!attending) return Made("worker heartbeat", false, attending.error().message);
  if (attending->empty())
    return Made("worker heartbeat", false,
                "no worker is there: runs wait until one comes (`rolecall work`)");
  return Made("worker heartbeat", true, fmt::format("{} there", attending->size()));
}

Check CheckDisk(const std::string& folder) {
  // One that is not made yet will be where the nearest that is stands.
  std::error_code failure;
  std::filesystem::path there = folder.empty() ? "." : folder;
  while (!std::filesystem::exists(there, failure) && there.has_relative_path())
    there = there.parent_path();
  if (there.empty()) there = ".";
  const auto space = std::filesystem::space(there, failure);
  if (failure) return Made("disk", false, failure.message());
  return Made("disk", space.available >= kLeastFree,
              fmt::format("{} MiB are free", space.available / (1024 * 1024)));
}

}  // namespace

std::vector<Check> Readiness::LookNow(Timestamp now) const {
  return {CheckDatabase(database_), CheckMigrations(database_), CheckWorkers(database_, now),
          CheckDisk(folder_)};
}

std::vector<Check> Readiness::Look(Timestamp now) {
  const std::scoped_lock lock(looking_);
  if (last_.empty() || std::chrono::steady_clock::now() - last_.front().looked_at > kHolds)
    last_ = LookNow(now);
  return last_;
}

}  // namespace rolecall
