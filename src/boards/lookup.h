// A page of a board that is asked first, for what the address of its listing needs and its token
// does not say.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "boards/definition_table.h"
#include "boards/json_pointer.h"
#include "boards/template.h"
#include "fetch/fetcher.h"

namespace rolecall {

struct BoardAddress;

struct Lookup {
  std::string fills;  // the hole: a number or a name
  Template url;
  std::vector<std::string> markers;  // its JSON stands in a page behind these; empty: it is all
  Pointer at;
};

// The table `lookup`, which adds its hole; nothing where there is none.
Result<std::optional<Lookup>> ReadLookup(DefinitionTable& table, std::vector<std::string>& holes);

// What fills the hole. Fails with kNotFound where there is no such board, with kUpstream where its
// page does not say it, and as the fetcher does.
Result<std::string> LookUp(const BoardAddress& board, const Lookup& lookup, const Holes& holes,
                           Fetcher& fetcher, std::stop_token stop);

}  // namespace rolecall
