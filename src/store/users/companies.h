// The table companies: which there are to be followed, whose they are, and following them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "store/users/followings.h"

namespace rolecall {

struct Company {
  std::string name;
  std::string display_name;  // as it was written, else made of its name
  std::int64_t board_id = 0;
  std::string kind, token;  // of the board
  std::string careers_url;  // empty: none
  std::string logo_url;     // empty: none
};

// Those that the user may follow by name: the installation's, and its own, which hide one of the
// installation of that name or board. By name; of user 0 only the installation's.
Result<std::vector<Company>> LoadCompanies(Connection& db, std::int64_t user_id);

// The one of that name, though the user has the board by another; nothing where there is none.
Result<std::optional<Company>> FindCompany(Connection& db, std::int64_t user_id,
                                           std::string_view name);

// The users besides this one for whom a company moves where this user moves it: those who follow
// the installation's, where it is that.
Result<std::vector<std::int64_t>> LoadThoseWhoMoveAlong(Connection& db,
                                                        const CompanyOfUser& company);

// Follows a company, or changes the board of one that is followed already. What the local user adds
// is the installation's, and moves for all who follow it; what others add is their own. It is shown
// as `display_name`; empty: as before, or by its name. kConflict where another company of one of
// these users follows that board.
Result<void> Follow(Transaction& tx, const CompanyOfUser& company, std::int64_t board_id,
                    Timestamp now, std::string_view display_name = "");

// Follows, if it is not followed yet, a company that the user may follow by name, also a well-known
// one (offered_companies). kNotFound where there is none; kConflict as Follow.
Result<void> FollowKnown(Transaction& tx, std::int64_t user_id, std::string_view company,
                         Timestamp now);

// Leaves a note for the next run, which expires its jobs. kNotFound where the user follows no
// company of that name.
Result<void> Unfollow(Transaction& tx, std::int64_t user_id, std::string_view company);

// Takes a company off those that may be followed by name, where nobody follows it and it is the
// user's own, or the installation's and the user is the local one. False where it stays.
Result<bool> ForgetUnfollowed(Transaction& tx, const CompanyOfUser& company);

}  // namespace rolecall
