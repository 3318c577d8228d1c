// Starts a run. One transaction: the choice of companies, the new run, and who attends to it.
#include "run/start_run.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "run/worker_name.h"
#include "store/boards/withheld.h"
#include "store/runs/claims.h"
#include "store/users/user_jobs.h"

namespace rolecall {
namespace {

std::string RandomKey() {
  std::array<unsigned char, 16> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 33> hex;
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  return std::string(hex.data(), 32);
}

}  // namespace

Result<std::vector<Following>> ChooseCompanies(Connection& db, std::int64_t user_id,
                                               const std::vector<std::string>& names) {
  TRY(auto followed, LoadFollowings(db, user_id));
  if (names.empty()) {
    std::erase_if(followed, [](const Following& one) { return !one.enabled; });
    if (!followed.empty()) return followed;
    TRY(const auto departing, LoadDeparting(db, user_id));
    if (departing.empty())
      return Fail(Errc::kInvalidInput,
                  "no company is enabled: add one with `rolecall companies add NAME --board "
                  "greenhouse --token TOKEN`");
    return followed;
  }
  std::vector<Following> chosen;
  for (const std::string& written : names) {
    const std::string name = FollowedName(written, followed);
    const auto found = std::ranges::find(followed, name, &Following::company);
    if (found == followed.end()) return std::unexpected(UnknownCompany(name, followed));
    if (!found->enabled)
      return Fail(Errc::kInvalidInput,
                  fmt::format("{0} is disabled: `rolecall companies enable {0}` first", name));
    if (std::ranges::find(chosen, name, &Following::company) == chosen.end())
      chosen.push_back(*found);
  }
  return chosen;
}

namespace {

// The companies of an ended run that could not be carried through, and are followed still.
Result<std::vector<Following>> ChooseFailed(Connection& db, std::int64_t user_id,
                                            std::int64_t run_id) {
  TRY(const RunRecord run, LoadRun(db, user_id, run_id));
  if (!IsFinal(run.status))
    return Fail(Errc::kConflict, fmt::format("run {} is active: it has not failed yet", run_id));
  TRY(auto followed, LoadFollowings(db, user_id));
  std::erase_if(followed, [&](const Following& one) {
    const auto part = std::ranges::find(run.companies, one.company, &CompanyOfRun::company);
    return !one.enabled || part == run.companies.end() ||
           (part->stage != Stage::kError && part->stage != Stage::kNotReconciled);
  });
  if (followed.empty())
    return Fail(Errc::kInvalidInput,
                fmt::format("nothing of run {} is left to be tried again", run_id));
  return followed;
}

Result<std::int64_t> StartAnew(Database& database, const RunOrder& order, Timestamp now) {
  TRY(auto tx, database.Write());
  if (order.none_since) {
    TRY(const bool made, HasRunSince(tx.db(), order.user_id, *order.none_since));
    if (made) return Fail(Errc::kConflict, "somebody else has started it already");
  }
  TRY(const auto companies, order.retry_of == 0
                                ? ChooseCompanies(tx.db(), order.user_id, order.companies)
                                : ChooseFailed(tx.db(), order.user_id, order.retry_of));
  TRY(const auto run_id, AddRun(tx,
                                {.run_key = RandomKey(),
                                 .user_id = order.user_id,
                                 .trigger = order.trigger,
                                 .ingestion = order.ingestion,
                                 .parent_run_id = order.retry_of,
                                 .only_named = !order.companies.empty() || order.retry_of != 0},
                                companies, now));
  CHECK_OK(ApproveExpiries(tx, run_id, order.approved));
  if (!order.worker.empty())
    CHECK_OK(AnnounceWorker(tx, order.worker, run_id, now + kAnnouncedFor));
  CHECK_OK(tx.Commit());
  return run_id;
}

}  // namespace

Result<std::optional<std::int64_t>> FindLeftRun(Database& database, std::int64_t user_id,
                                                Timestamp now) {
  TRY(auto db, database.Reader());
  TRY(const auto active, FindActiveRun(*db, user_id));
  if (!active) return std::nullopt;
  TRY(const auto attending, LoadAttending(*db, active->id, now));
  if (!std::ranges::all_of(attending, IsDead)) return std::nullopt;
  return active->id;
}

Result<std::int64_t> StartRun(Database& database, const RunOrder& order, Timestamp now) {
  auto started = StartAnew(database, order, now);
  if (started || started.error().code != Errc::kConflict) return started;
  // Of two starts at once the database itself refuses one, and cannot say for which run.
  TRY(auto db, database.Reader());
  TRY(const auto active, FindActiveRun(*db, order.user_id));
  if (!active) return started;
  return Fail(Errc::kConflict, fmt::format("run {} of this user is active already", active->id));
}

}  // namespace rolecall
