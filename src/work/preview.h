// What a run would do now, without doing it: the same plans, shown.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "domain/projection.h"
#include "store/users/companies.h"
#include "store/users/user_jobs.h"
#include "work/preview_listing.h"
#include "work/tools.h"

namespace rolecall {

enum class PreviewReading : std::uint8_t { kComplete, kButFor, kPartial, kFailed };

struct PreviewedJob {
  std::string external_id, title, location, url;
  UserFate fate = UserFate::kNew;
  bool listed = false;                          // else only known
  std::string rule;                             // why the title is excluded, else empty
  std::optional<TitlePlace> match{};            // where it fits that rule, if it is an exclude term
  ExpiredReason reason = ExpiredReason::kGone;  // where fate is kExpired
  std::string evidence{};                       // why it leaves or may leave, else empty
};

struct PreviewedCompany {
  std::string company;
  PreviewReading reading = PreviewReading::kFailed;
  int but_for = 0;                   // where the listing is whole but for so many
  std::string trouble;               // why nothing is reconciled, or what is doubted; else empty
  std::optional<Timestamp> read_at;  // of the listing; nothing where there was none
  bool kept = false;                 // a preview before read it
  std::vector<PreviewedJob> jobs;
  CompanyCounts counts;    // the user's plan, as the run would count it; contents aside
  CompanyCounts of_board;  // the board's plan, before any filter: new to missing, and expired
  std::vector<std::string> warnings;  // of the reading, and of a filter that takes too much
};

struct Preview {
  std::vector<PreviewedCompany> companies;  // by name
  std::vector<Departing> departing;         // removed companies whose jobs the run would expire …
  std::vector<DepartingJob> departing_jobs{};  // … and these
};

struct PreviewOrder {
  std::int64_t user_id;
  std::vector<Following> followings;
  PreviewSource source;
  bool only_named = false;  // of these companies alone, as a run of them would be
};

// Reads the boards, or takes what a preview kept, and plans. Writes nothing but the complete
// listings that it read. A board that cannot be read is an outcome; kCancelled after stop, kStorage
// or kUnavailable where the database fails.
Result<Preview> PreviewCompanies(const WorkTools& tools, const PreviewOrder& order,
                                 std::stop_token stop);

}  // namespace rolecall
