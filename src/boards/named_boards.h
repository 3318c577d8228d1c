// What a page names: boards, sites of known kinds, and pages that may name more.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "boards/board_registry.h"

namespace rolecall {

// The boards whose addresses stand anywhere in the page: in links, embeds, scripts, as HTML or
// JSON write them. Each once, in the order of the page. Not sitemaps, which are of any site.
std::vector<BoardAddress> BoardsNamedIn(const BoardRegistry& registry, std::string_view page);

// The boards that `host` is where the page holds the mark of a kind, in the order to be tried in.
std::vector<BoardAddress> BoardsMarkedIn(const BoardRegistry& registry, std::string_view page,
                                         std::string_view host);

// Where a person would look on, of a page at `url`, absolute, each once: what it leads on to or
// holds in a frame, then links of its own site to openings, then scripts of its own site. At most
// eight.
std::vector<std::string> PagesToLookAt(const std::string& url, std::string_view page);

// Whether an address leads to openings, by its words: "careers", "jobs", "stellen" and the like.
bool SaysOpenings(std::string_view words);

}  // namespace rolecall
