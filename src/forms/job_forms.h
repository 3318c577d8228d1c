// Jobs as the interface shows them: as JSON, and as CSV for a spreadsheet.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "store/users/job_life.h"
#include "store/users/job_search.h"

namespace rolecall {

boost::json::object JobJson(const JobRow& job);

// The same with "description", "requirements", "events" and "text_changes".
boost::json::object JobLifeJson(const JobLife& life);

// What became of the filter's plain words, once they were looked up, beside the jobs that were
// found: "corrected", and "search" where not everything was looked through.
void AddSearch(const JobFilter& filter, boost::json::object& found);

// RFC 4180, each line ending with CR LF.
std::string CsvHeader();
std::string CsvLine(const JobRow& job);

// A cell as RFC 4180 quotes it. One that a spreadsheet would take for a formula gets a leading
// apostrophe (https://owasp.org/www-community/attacks/CSV_Injection).
std::string CsvCell(std::string_view text);

}  // namespace rolecall
