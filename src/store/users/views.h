// The table views: what a user looks for again and again, by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"

namespace rolecall {

inline constexpr int kMostViews = 100;  // of a user

struct View {
  std::int64_t user_id = 0;
  std::string name;
  std::string query;     // as GET /api/jobs takes it
  bool has_key = false;  // which opens its feed
  Timestamp created_at, updated_at;
};

// One of a user's. Names are compared byte by byte.
struct ViewName {
  std::int64_t user_id = 0;
  std::string_view name;
};

// All of a user, in the order of their names' bytes.
Result<std::vector<View>> LoadViews(Connection& db, std::int64_t user_id);

// kNotFound where the user has none of that name.
Result<View> LoadView(Connection& db, const ViewName& which);

enum class ViewKept : std::uint8_t {
  kMade,
  kChanged,  // its key is as it was
  kTooMany,  // nothing is kept: it would be one more than a user may have
};
Result<ViewKept> KeepView(Transaction& tx, const ViewName& which, std::string_view query,
                          Timestamp now);

// Its key goes with it. kNotFound where there is none.
Result<void> DeleteView(Transaction& tx, const ViewName& which);

// The hash of the one key that opens its feed from here on, or of none. kNotFound where there is no
// such view, or no key to take away.
Result<void> SetViewKey(Transaction& tx, const ViewName& which,
                        const std::optional<std::string>& key_hash);

// The view whose feed a key opens.
Result<std::optional<View>> FindViewByKey(Connection& db, std::string_view key_hash);

}  // namespace rolecall
