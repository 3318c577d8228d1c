// Runs as the interface shows them.
#pragma once

#include <boost/json.hpp>
#include <vector>

#include "store/boards/withheld.h"
#include "store/runs/runs.h"

namespace rolecall {

// One run, with its warnings, and its companies with the waits that NoteWaits noted.
boost::json::object RunJson(const RunRecord& run);

// A company's part of a run.
boost::json::object CompanyOfRunJson(const CompanyOfRun& one);

// The numbers of a run as its progress tells them.
boost::json::object ProgressJson(const RunRecord& run);

// {"runs": [...], "next_before": id or null}; `whole`: nothing is left before the last of them.
enum class ListEnd { kWhole, kMoreBefore };
boost::json::object RunsJson(const std::vector<RunRecord>& runs, ListEnd end);

// A withheld job, for a person to settle.
boost::json::object WithheldJobJson(const WithheldJob& job);

}  // namespace rolecall
