// Adding a company as a person writes it: by which name it is followed, and what it leaves for
// that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"

namespace rolecall {

struct CompanyToAdd {
  std::string_view written;  // what its name is made of
  // What it is shown as; nothing: as it is written, where that is no name already.
  std::optional<std::string_view> display_name{};
  std::string_view kind, token;  // of its board
};

struct AddedCompany {
  std::string name;
  std::string shown;  // as it is shown from now on; empty: as before, or by its name
  // What it did by coming from another board: "leaves greenhouse acme, where the next run expires
  // 20 open jobs; 2 other users follow it too, and leave with theirs"; empty where it did not.
  std::string left;
};

// Follows it, by the name of one that is followed already or by a slug of what was written; a board
// that is not known yet is added. Others who add one for this user wait until the transaction ends,
// and see it then: of two of one name neither moves the other. Whether what it left may be left is
// for the caller to say, before it commits. kInvalidInput on what no name can be made of or is too
// long to be shown; kConflict as Follow.
Result<AddedCompany> AddCompany(Transaction& tx, std::int64_t user_id, const CompanyToAdd& company,
                                Timestamp now);

}  // namespace rolecall
