// What a job's life says of a change; of the evidence against a job, domain/absence_words says it.
#pragma once

#include <string>

#include "domain/known_board.h"
#include "domain/listing.h"

namespace rolecall {

// "title: Cook → Chef; place: Bern → Basel", at most some 500 characters.
std::string Changes(const KnownJob& before, const ListedJob& now);

}  // namespace rolecall
