// Carries a claimed company through its stage. Each attempt begins with what the database says,
// whoever made the one before.
#include "work/carry_company.h"

#include <fmt/format.h>

#include "work/commit_and_show.h"
#include "work/ingest_company.h"
#include "work/read_company.h"

namespace rolecall {
namespace {

// Ends the part of a company that was not carried through.
Result<void> EndCompanyPart(const WorkTools& tools, const ClaimedCompany& claimed, Stage end,
                            const std::string& why, RunLog& log) {
  const Claim& claim = claimed.claim;
  JointLines lines = log.Joint();
  TRY(auto tx, tools.database.Write());
  const Timestamp now = tools.clock();
  CHECK_OK(CheckClaim(tx, claim, now, tools.leases.length));
  const CompanyKey key{claim.run_id, claim.company};
  CHECK_OK(AddWarning(tx, key, why, now));
  CHECK_OK(FailCompany(tx, key, {.user_id = claimed.user_id, .stage = end, .message = why}, now));
  if (end == Stage::kError)
    lines.Fault(claim.company, fmt::format("FAILED {}: {}", claim.company, why));
  else
    lines.Warn(claim.company, fmt::format("LEFT OUT {}: {}", claim.company, why));
  return CommitAndShow(tools, tx, lines, log);
}

Result<void> CarryThroughStage(const WorkTools& tools, const ClaimedCompany& claimed, RunLog& log,
                               std::stop_token stop) {
  const Claim& claim = claimed.claim;
  std::optional<CompanyOfRun> company;
  std::optional<Following> following;
  {
    TRY(auto db, tools.database.Reader());
    TRY(company, LoadCompany(*db, {claim.run_id, claim.company}));
    TRY(following, LoadFollowing(*db, claimed.user_id, claim.company));
  }
  if (!company)
    return Fail(Errc::kNotFound, fmt::format("{} is not in run {}", claim.company, claim.run_id));
  if (claim.stage == Stage::kIngesting) {
    const IngestTask task{claim, claimed.user_id, *std::move(company)};
    return claimed.ingestion == Ingestion::kMock ? MockCompany(tools, task)
                                                 : IngestCompany(tools, task, log, stop);
  }
  if (!following)
    return EndCompanyPart(tools, claimed, Stage::kNotReconciled,
                          "not reconciled: removed from the settings while the run was going on",
                          log);
  const CompanyTask task{claim, claim.run_id, claimed.user_id, claimed.ingestion,
                         *std::move(following)};
  CHECK_OK(ReadCompany(tools, task, log, stop));
  return {};
}

bool MayPass(const Error& error) {
  return error.code != Errc::kInvalidInput && error.code != Errc::kNotFound;
}

}  // namespace

Result<void> CarryCompany(const WorkTools& tools, const ClaimedCompany& claimed, RunLog& log,
                          std::stop_token stop) {
  const Claim& claim = claimed.claim;
  // Attempts that ended with their workers count as well, and nobody was left to say so.
  if (claim.failures >= tools.settings.company_tries)
    return EndCompanyPart(tools, claimed, Stage::kError, claim.trouble, log);
  try {
    return CarryThroughStage(tools, claimed, log, std::move(stop));
  } catch (const std::exception& broken) {
    return Fail(Errc::kUpstream, fmt::format("{}: {}", claim.company, broken.what()));
  }
}

Result<Returned> ReturnCompany(const WorkTools& tools, const ClaimedCompany& claimed,
                               const Error& error, RunLog& log) {
  const Claim& claim = claimed.claim;
  const bool blameless = error.code == Errc::kCancelled || error.code == Errc::kUnavailable;
  if (!blameless && (claim.failures + 1 >= tools.settings.company_tries || !MayPass(error))) {
    const auto given = EndCompanyPart(tools, claimed, Stage::kError, error.message, log);
    if (given) return Returned::kFailed;
    if (given.error().code == Errc::kCancelled) return Returned::kNotHeld;
    return std::unexpected(given.error());
  }
  TRY(auto tx, tools.database.Write());
  const auto held = blameless ? HandBack(tx, claim)
                              : HandBackFailed(tx, claim, error.message,
                                               tools.clock() + tools.settings.retry_pause);
  if (!held) return std::unexpected(held.error());
  CHECK_OK(tx.Commit());
  if (*held && !blameless)
    log.Warn(claim.company,
             fmt::format("{}: attempt {} of {} failed: {}", claim.company, claim.failures + 1,
                         tools.settings.company_tries, error.message));
  return *held ? Returned::kHandedBack : Returned::kNotHeld;
}

}  // namespace rolecall
