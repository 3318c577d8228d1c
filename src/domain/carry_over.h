// Known jobs under the ids that they have today: rows that were kept under whole paths get the id
// that their board's definition finds there, rows of a page the id that it is listed by, and rows
// of one id become one job, open where any of them was. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/known_board.h"
#include "domain/listing.h"
#include "domain/projection.h"

namespace rolecall {

// A job that is known in another way than before.
struct CarriedJob {
  std::int64_t id = 0;             // of the row that stays: the oldest
  std::int64_t shown = 0;          // of the row that was seen latest: its words and marks stand
  std::int64_t content = 0;        // of the row whose content stands
  std::vector<std::int64_t> gone;  // the other rows, whose history becomes this job's
  std::vector<std::string> names;  // the ids that its rows were known under
  std::string external_id, path;   // from now on
};

// Carries the board over and says what that was: nothing where all of it is known rightly, so that
// it may be done again. `id_in_path` gives the id of a job by its path.
std::vector<CarriedJob> CarryOver(KnownBoard& known,
                                  const std::function<std::string(std::string_view)>& id_in_path);

// Likewise where a job is known by what its page says of it or by the page's path, and which of
// them it is may change with what other pages say: a known job whose page is listed by the other
// one is the same. Not where its own id is listed, or its page lists several, or showed several
// before. `listed` is a whole listing: entries that cannot be read may stand at any page.
std::vector<CarriedJob> CarryOverPages(KnownBoard& known, const std::vector<ListedJob>& listed);

// Likewise a user's rows of that board.
void CarryOver(UserView& view, const std::vector<CarriedJob>& carried);

// Which of two rows of a user stands where their jobs become one: the one that has not left, then
// the one that is not missing, then the one written later.
bool Outlasts(const UserJob& one, const UserJob& other);

}  // namespace rolecall
