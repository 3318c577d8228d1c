// Where the next page of a search begins, as a word that means something to the server alone.
#pragma once

#include <string>
#include <string_view>

#include "api/query.h"
#include "store/users/job_search.h"

namespace rolecall {

// Made of letters, digits, '-' and '_'. It goes with the filter and the order of this search.
std::string CursorOf(const JobSearch& search, const JobPlace& place);

// Fails where CursorOf made it for no search of this filter and order.
FromQuery<JobPlace> ReadCursor(const JobSearch& search, std::string_view cursor);

}  // namespace rolecall
