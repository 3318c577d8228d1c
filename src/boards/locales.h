// A board that lists for each language what it has in it: read once a locale, and joined by ids.
#pragma once

#include <re2/re2.h>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "boards/board.h"
#include "boards/definition_table.h"
#include "boards/template.h"

namespace rolecall {

struct Locales {
  Template url;                            // a page that names them
  std::vector<std::string> must_hold;      // texts: a page without one of them is not all of it
  std::shared_ptr<const re2::RE2> locale;  // its one group is a locale, wherever it stands there
  std::shared_ptr<const re2::RE2> form;    // what each locale is: another is a change of the site
};

// The table `locales`; nothing where there is none. It fills {locale} in the list's address and
// body, and in the fields.
Result<std::optional<Locales>> ReadLocales(DefinitionTable& table,
                                           const std::vector<std::string>& holes);

// The same limits for the whole of them.
using ReadLocale =
    std::function<Result<BoardReading>(const std::string& locale, const ReadingLimits& left)>;

// Asks for the page, and reads the board for each locale that it names. A job in several has the
// words of the first: English of America, else by name. Its path is its id with that locale,
// 1283-en_US. Complete only where the reading of each locale is. `known`: locales of open jobs, in
// any order, which are asked for though the page names them no more: a page that lost a link
// strikes no job.
Result<BoardReading> ReadEachLocale(const BoardAddress& board, const ReadingLimits& limits,
                                    const std::vector<std::string>& known, Fetcher& fetcher,
                                    std::stop_token stop, const ReadLocale& read);

// The locale at the end of a path that ReadEachLocale gave; "" where it is none of its making.
std::string LocaleInPath(std::string_view external_id, std::string_view path);

}  // namespace rolecall
