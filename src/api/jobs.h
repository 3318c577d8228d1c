// What is open, new or gone: pages of jobs, one job's life, and files of all that match.
#pragma once

#include "api/handler.h"

namespace rolecall {

// A search, by parameters that all may be left out:
//   q        words, each of which stands in the title, the company or the place; case and accents
//            folded; at most 200 bytes
//   company  names; may come again, or hold several with commas between
//   status   all (without being said), open (whatever is not expired), pending, ready, error,
//            expired, missing or withheld (open, and marked so)
//   since    first seen at or after: a time in UTC, or a day
// Anything that cannot be read is 400.

// A page of a search: {"jobs", "next_cursor", "total", "facets": {"company": {name: count},
// "status": {status: count}, "place": {name: count}, "remote": {"yes": count, "no": count}}}. Of
// the facets each disregards its own filter, "place" what `in:` asks for of those that most jobs
// have. Further parameters:
//   sort     company (then title), newest or title
//   limit    1 to 500; 50
//   cursor   next_cursor of the page before, of the same search and sort
Result<Reply> GetJobs(const ApiParts& parts, const Call& call);

// One job with "description", "requirements" and "events"; 404 for what the user does not have.
Result<Reply> GetJob(const ApiParts& parts, const Call& call);

// All of a search in the order of ids, as a file: format is csv or jsonl.
Result<Reply> GetJobsExport(const ApiParts& parts, const Call& call);

}  // namespace rolecall
