// Which companies may be followed by name: those of the table, and beside these the well-known ones
// of the directory that is built in, which have no row before somebody follows them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "store/users/companies.h"

namespace rolecall {

// As LoadCompanies, and the well-known ones whose name and board none of these has: with 0 as
// `board_id`.
Result<std::vector<Company>> LoadOffered(Connection& db, std::int64_t user_id);

// Gives the well-known company of that name its row, as the installation's, where LoadOffered names
// it to the user. False where it does not, or it has one.
Result<bool> AddWellKnown(Transaction& tx, const CompanyOfUser& company);

}  // namespace rolecall
