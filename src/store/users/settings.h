// The table user_company_settings as its user writes it: many changes at once, or none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/company_filter.h"

namespace rolecall {

struct Setting {
  std::int64_t id = 0;
  std::string company;
  FilterTerms terms;
  bool enabled = true;
  Timestamp updated_at;
};

// By the companies' names.
Result<std::vector<Setting>> LoadSettings(Connection& db, std::int64_t user_id);

struct SettingChange {
  std::string company;
  FilterChange filters;         // nothing: as they are; of a new one every job
  std::optional<bool> enabled;  // nothing: as it is; a new one is enabled
};

// Before the first change of a transaction: others who change this user's settings wait until it
// ends. kNotFound where there is no such user.
Result<void> HoldSettings(Transaction& tx, std::int64_t user_id);

// Changes the setting of a company, which the user follows from then on; returns its id. kNotFound
// and kConflict as FollowKnown, and the transaction can go on after both.
Result<std::int64_t> WriteSetting(Transaction& tx, std::int64_t user_id,
                                  const SettingChange& change, Timestamp now);

// Unfollows; returns the id of the setting that was. kNotFound as Unfollow.
Result<std::int64_t> DeleteSetting(Transaction& tx, std::int64_t user_id, std::string_view company);

}  // namespace rolecall
