// A board that lists for each language what it has in it: read once a locale, and joined by ids.
#pragma once

#include <re2/re2.h>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.h"
#include "boards/board.h"
#include "boards/definition_table.h"
#include "boards/template.h"

namespace rolecall {

struct Locales {
  Template url;                            // a page that names them
  std::shared_ptr<const re2::RE2> locale;  // its one group is a locale, wherever it stands there
};

// The table `locales`; nothing where there is none. It fills {locale} in the list's address and
// body, and in the jobs' own.
Result<std::optional<Locales>> ReadLocales(DefinitionTable& table,
                                           const std::vector<std::string>& holes);

// The same limits for the whole of them.
using ReadLocale =
    std::function<Result<BoardReading>(const std::string& locale, const ReadingLimits& left)>;

// Asks for the page, and reads the board for each locale that it names. A job in several has the
// words of the first: English of America, else by name. Its path is its id with that locale,
// 1283-en_US. Complete only where the reading of each locale is.
Result<BoardReading> ReadEachLocale(const BoardAddress& board, const ReadingLimits& limits,
                                    Fetcher& fetcher, std::stop_token stop, const ReadLocale& read);

}  // namespace rolecall
