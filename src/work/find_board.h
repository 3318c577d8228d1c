// The board of whatever address a person pastes, checked by reading it.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "boards/board.h"
#include "work/check_board.h"
#include "work/tools.h"

namespace rolecall {

struct FoundBoard {
  BoardAddress board;
  std::string found_on;  // the page that names it; empty where its address alone tells
  CheckedBoard checked;
  std::string own_name;  // the company's, as its board says it; else empty
};

// Whether what a person wrote is meant as an address: it has a scheme, a path, or a host's dots.
bool LooksLikeAddress(std::string_view written);

// What the address alone tells; else what its page names, or pages that it leads to, at most eight:
// a board's address in a link, an embed or a script, the mark of a vendor's sites, schema.org's
// postings, a sitemap of openings. All of it within settings.check_patience, and nothing that a
// robots.txt forbids. kInvalidInput with a sentence where there is none, or several; kCancelled,
// kStorage and kUnavailable as CheckBoard. A board that is found and cannot be read is none of
// these: `checked` says so.
Result<FoundBoard> FindBoardAt(const WorkTools& tools, std::string_view written,
                               std::stop_token stop);

// The same of a board that is known already: checks it, and asks what it calls itself where it can
// be read.
Result<FoundBoard> CheckFoundBoard(const WorkTools& tools, BoardAddress board,
                                   std::stop_token stop);

// What the company's name is made of where nobody gave one: its board's own word, else a part of
// its token. One that a name can be made of.
std::string NameToFollowBy(const FoundBoard& found);

}  // namespace rolecall
