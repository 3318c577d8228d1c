// What a job's life says of a change; of the evidence against a job, domain/absence_words says it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "domain/known_board.h"
#include "domain/listing.h"

namespace rolecall {

// "title: Cook → Chef"; empty where they are the same.
std::string Difference(std::string_view what, std::string_view before, std::string_view now);

// Those that are not empty, with "; " between.
std::string JoinedChanges(std::initializer_list<std::string> changes);

// "title: Cook → Chef; place: Bern → Basel", at most some 500 characters.
std::string Changes(const KnownJob& before, const ListedJob& now);

}  // namespace rolecall
