// What the targets that read boards make of their bytes: the answers of a board, and one board of
// each kind to read them.
#pragma once

#include <string_view>
#include <vector>

#include "boards/board.h"
#include "tests/support/canned_fetcher.h"

namespace rolecall {

inline constexpr ReadingLimits kFuzzedLimits{.max_jobs = 60, .max_pages = 8};

// One board of every kind that is built in, and last one of a kind that pages by token.
std::vector<BoardAddress> OneOfEachKind();

// The answers that the bytes are, each behind a record separator (RFC 7464); one may begin with a
// line "HTTP 403". Mended, as a fetcher hands them over.
std::vector<Response> AnswersIn(std::string_view bytes);

// Gives the answers, which outlive it, in turn, and after the last none.
CannedFetcher::Answer InTurn(const std::vector<Response>& answers);

}  // namespace rolecall
