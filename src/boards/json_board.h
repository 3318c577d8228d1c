// One JSON answer of a board, read in one pass.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "boards/definition.h"

namespace rolecall {

struct ListingPage {
  std::vector<ListedJob> jobs;
  std::vector<UnreadEntry> unreadable;  // entries without id, title or URL
  std::optional<int> total;             // as the board states it
  std::string next;                     // what asks for the next page; empty where there is none
};

// kUpstream, saying what was found, where the body is not what the board promises.
Result<ListingPage> ReadPage(const BoardAddress& address, std::string_view body);

// The value at each pointer, as text, or nothing where there is none; kUpstream where the body is
// no JSON.
Result<std::vector<std::optional<std::string>>> ReadValues(std::string_view body,
                                                           const std::vector<Pointer>& pointers);
Result<std::optional<std::string>> ReadValue(std::string_view body, const Pointer& pointer);

}  // namespace rolecall
