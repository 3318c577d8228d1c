// The columns of users that make a profile.
#pragma once

#include "db/columns.h"
#include "store/users/users.h"

namespace rolecall {

inline constexpr Columns kProfile(Column("user_id", &UserProfile::id),
                                  Column("email", &UserProfile::email),
                                  Column("name", &UserProfile::name),
                                  Column("picture_url", &UserProfile::picture_url),
                                  Column("token_epoch", &UserProfile::token_epoch),
                                  Column("last_login", &UserProfile::last_login));

}  // namespace rolecall
