// A database of one user with as many jobs as teams have, written at once and not by readings.
#pragma once

#include <string>
#include <vector>

#include "db/db.h"

namespace rolecall {

inline constexpr int kJobsABoard = 110;

// Boards of 110 jobs each, all of the local user, whose companies are named "company-1" and so on;
// every ninth job is expired. Titles are those that people know, three in ten with a rare word
// more, so that there are some 70,000 words in 680,000 jobs. Throws where something fails.
void WriteManyJobs(Database& database, int jobs);

// Gives one in a hundred jobs another title, as readings of their boards would.
void RenameOneInAHundred(Database& database);

}  // namespace rolecall
