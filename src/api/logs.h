// A run's log: pages that lose no line, and the whole as a file.
#pragma once

#include "api/handler.h"

namespace rolecall {

// {"logs": [line], "next_token"}, and "total_matches" of the whole run where a filter is given.
// Oldest first; next_token is null at the end of what there is now. All parameters may be left out:
//   start_time   milliseconds since 1970: lines of then and later
//   limit        1 to 1,000; 100; exceeded where it would part lines of one millisecond
//   next_token   that of the page before
//   after        the id of a line: those behind it
//   q            text that the message holds; case and accents folded; at most 200 bytes
//   level        info, warning, error; may come again, or hold several with commas between
//   company      names, in the same way
// 404 for a run that the user does not have, 400 for what cannot be read.
Result<Reply> GetLogs(const ApiParts& parts, const Call& call);

// How the lines that match lie in the log: {"total_matches", "lines" of the whole log, "counts" of
// its equal parts from the first line on, "up_to" and including line `id` how many there are, and
// "next" and "before" that line, each the id of a match or null}. Parameters:
//   q, level, company   as above; without any every line matches
//   buckets             how many parts, 1 to 2,000; 500
//   id                  of a line; 0, in front of the first
// Errors as above.
Result<Reply> GetLogMatches(const ApiParts& parts, const Call& call);

// What there is now, as a file: format is text or jsonl. 404 as above.
Result<Reply> GetLogDownload(const ApiParts& parts, const Call& call);

}  // namespace rolecall
