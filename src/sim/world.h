// The pretended companies and their jobs, all from one seed: same seed, same rounds, same answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "boards/board_registry.h"

namespace rolecall {

enum class SimFault : std::uint8_t {
  kNone,
  kTimeout,
  kHttp500,
  kHttp403,
  kHttp404,
  kHttp429,
  kEmptyObject,
  kEmptyList,
  kHtml,
  kTruncatedJson,
  kTruncatedGzip,
  kPage3Fails,
  kHalf,
  kWraps,
  kDuplicates,
  kHuge,
  kBadBytes,
  kTrickle,
  kBareEntry,  // the last entry of the list holds hardly anything
  kOneShort,   // the list states one more than it shows
  kPagesLie,   // the own address of every job says that it is gone
};
std::optional<SimFault> SimFaultOf(std::string_view name);
std::vector<std::string> SimFaultNames();

// What the own address of a job says that is not listed any more by Keep.
enum class UnlistedPages : std::uint8_t { kStand, kGone };

struct SimJob {
  std::int64_t number = 0;  // unique over all companies, never given twice
  int version = 0;          // counts its changes
  int born = 0;             // the round in which it came
};

class DefinedSite;

struct SimCompany {
  std::string name;
  std::string board;  // its kind
  std::string token;
  std::vector<SimJob> jobs;
  SimFault fault = SimFault::kNone;
  std::optional<int> fault_rounds;  // nothing: until it is taken back
  std::optional<int> keep;          // only the first so many are listed
  UnlistedPages unlisted = UnlistedPages::kStand;
  int list_requests = 0, detail_requests = 0;
  std::shared_ptr<const DefinedSite> site{};  // of a kind whose definition is enough; else null
};

struct SimWorld {
  std::shared_ptr<const BoardRegistry> registry{};  // the kinds of its companies are of it
  std::uint64_t seed = 1;
  double churn = 0.05;
  bool sways = false;  // a round brings a few jobs more or less than it takes
  int round = 0;
  std::int64_t next_number = 4'000'001;
  // What day it is in each round, and in all later ones on the last.
  std::vector<std::chrono::sys_days> days{std::chrono::sys_days(std::chrono::days(20'395))};
  std::vector<SimCompany> companies;
};

// `kinds` in turn, but no board twice: fewer companies where each kind left is of one that is
// there. `spread`: how far their sizes lie from `jobs`, as a share of it; they sway, too, where it
// is any.
SimWorld MakeWorld(std::shared_ptr<const BoardRegistry> registry, std::uint64_t seed, int companies,
                   int jobs, double churn,
                   const std::vector<std::string>& kinds = {"greenhouse", "workday"},
                   double spread = 0);

// One round later: a share of each company's jobs has gone, about as many have come, some have
// changed; faults count down.
void NextRound(SimWorld& world);

// Null where there is no such company.
SimCompany* FindCompany(SimWorld& world, std::string_view name);
SimCompany* FindByToken(SimWorld& world, std::string_view board, std::string_view token);

// The jobs that the company lists now, and whether a job's own address stands.
std::vector<SimJob> ListedJobs(const SimCompany& company);
std::optional<SimJob> StandingJob(const SimCompany& company, std::int64_t number);

// What a job says of itself.
struct SimWords {
  std::string title, place, description;  // the description is HTML
};
SimWords WordsOf(const SimWorld& world, const SimJob& job);

// When it was posted: those of the first round on several days before it.
std::chrono::sys_days PostedOn(const SimWorld& world, const SimJob& job);

}  // namespace rolecall
