// What a board calls the company that it is of, where its kind says who can be asked.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.h"
#include "boards/definition_table.h"
#include "boards/json_pointer.h"
#include "boards/template.h"
#include "fetch/fetcher.h"

namespace rolecall {

struct BoardAddress;

struct OwnName {
  Template url;
  std::optional<Pointer> at;              // in JSON; else in the title of a page
  std::shared_ptr<const re2::RE2> title;  // its one group is the name; null: all of the title is
};

// The table `own_name`; nothing where there is none.
Result<std::optional<OwnName>> ReadOwnNameTable(DefinitionTable& table,
                                                const std::vector<std::string>& holes);

// One line of at most 200 bytes; empty where the kind has nobody to ask, the board cannot be asked
// or says none: a name is a courtesy. The one error is kCancelled.
Result<std::string> AskOwnName(const BoardAddress& board, Fetcher& fetcher, std::stop_token stop);

}  // namespace rolecall
