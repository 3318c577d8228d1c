// What a lane does with a company that it claimed, and how it gives the company back.
#pragma once

#include <cstdint>
#include <stop_token>

#include "domain/contents.h"
#include "work/tools.h"

namespace rolecall {

struct ClaimedCompany {
  Claim claim;
  std::int64_t user_id = 0;
  Ingestion ingestion = Ingestion::kCrawl;
};

// Reads the company, or ingests it, to the end of that stage. Whatever a part throws is an error of
// the company. kCancelled after stop and where the claim was lost, kUnavailable where the database
// cannot be reached.
Result<void> CarryCompany(const WorkTools& tools, const ClaimedCompany& claimed, RunLog& log,
                          std::stop_token stop);

enum class Returned : std::uint8_t {
  kHandedBack,  // for the next lane
  kFailed,      // it had its attempts: the company is in error, the run goes on
  kNotHeld,     // the claim had been lost, or was done with
};

// Gives the company back after `error` ended an attempt at it: as it was where the worker was to
// stop or the database could not be reached, else as a failure, of which a company has three. Fails
// where that cannot be written.
Result<Returned> ReturnCompany(const WorkTools& tools, const ClaimedCompany& claimed,
                               const Error& error, RunLog& log);

}  // namespace rolecall
