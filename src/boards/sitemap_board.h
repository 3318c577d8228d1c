// Reads boards that are no more than pages: a sitemap, or a page that lists, leads to pages, and
// each says in JSON-LD which job it is.
#pragma once

#include <stop_token>

#include "boards/board.h"

namespace rolecall {

// As ReadBoard. Every page that the sitemaps name is asked for, one after the other. Complete only
// where all of them were read, and each that is like those with a posting (in one folder, or named
// by the definition's pages_hold) has one or is 404 or 410. A page that lists is complete only by
// the total that it states.
Result<BoardReading> ReadSitemapBoard(const BoardAddress& board, const ReadingLimits& limits,
                                      Fetcher& fetcher, std::stop_token stop);

}  // namespace rolecall
