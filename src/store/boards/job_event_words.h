// What a job's life says of a change, and of the evidence against a job.
#pragma once

#include <string>

#include "domain/reconcile.h"
#include "store/boards/board_jobs.h"

namespace rolecall {

// "title: Cook → Chef; place: Bern → Basel", at most some 500 characters.
std::string Changes(const KnownJob& before, const ListedJob& now);

// Why a job that the reading did not show is missing, withheld or expired by it.
std::string Absence(const PlanToWrite& write, const PlannedJob& job);

}  // namespace rolecall
