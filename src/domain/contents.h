// Which contents a run still has to ask for, and how the jobs whose content is settled already
// count. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/projection.h"

namespace rolecall {

enum class Ingestion : std::uint8_t {
  kCrawl,
  kMock,  // waits, then marks everything: nothing is asked for
};

constexpr std::string_view Name(Ingestion ingestion) {
  return ingestion == Ingestion::kMock ? "mock" : "crawl";
}
constexpr Ingestion IngestionOf(std::string_view name) {
  return name == "mock" ? Ingestion::kMock : Ingestion::kCrawl;
}

// A description that could not be had in so many tries counts as an error.
inline constexpr int kContentTries = 3;

struct ContentPolicy {
  Ingestion ingestion = Ingestion::kCrawl;
  bool by_request = false;  // else the listing holds every content
  std::chrono::hours stale_after{7 *
                                 24};  // a content last looked at so long ago is looked at again
  int max_stale = 300;                 // so many again a board and run
};

struct ContentPlan {
  std::vector<std::int64_t> ask;           // ids of jobs, those without any content first
  int ready = 0, skipped = 0, failed = 0;  // of the included jobs that are not asked for
};

// What both plans of a reading left, for one user.
struct PlannedCompany {
  const KnownBoard& known;
  const BoardPlan& board_plan;
  const BoardState& board;    // StateAfter's, each new job with its id
  const UserPlan& plan;       // Project's over it
  std::int64_t last_reading;  // that was projected for the user before
};

// In mock nothing counts yet: what is marked after the wait does.
ContentPlan PlanContents(const PlannedCompany& company, const ContentPolicy& policy, Timestamp now);

}  // namespace rolecall
