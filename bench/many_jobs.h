// A database of one user with as many jobs as teams have, written at once and not by readings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/db.h"

namespace rolecall {

inline constexpr int kJobsABoard = 110;

enum class Texts : std::uint8_t { kNone, kOfEach };

// Boards of 110 jobs each, all of the local user, whose companies are named "company-1" and so on;
// every ninth job is expired. Titles are those that people know, three in ten with a rare word
// more, so that there are some 70,000 words in 680,000 jobs. A text has 350 words, drawn as often
// as words of English are: of 300,000 the n-th comes 1/n as often as the first, and the words of
// titles are among the first 4,000. Throws where something fails.
void WriteManyJobs(Database& database, int jobs, Texts texts);

// Gives one in a hundred jobs another title, as readings of their boards would.
void RenameOneInAHundred(Database& database);

}  // namespace rolecall
