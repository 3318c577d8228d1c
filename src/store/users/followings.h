// The table user_company_settings: which companies a user follows, on which board, by which
// filters.
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

struct Following {
  std::string company;
  std::string display_name;  // as it was written, else made of its name
  std::int64_t board_id = 0;
  std::string kind;
  std::string token;
  FilterTerms terms{};
  FilterTerms for_all{};  // what its user filters all companies by
  bool enabled = true;
  Timestamp updated_at;
  std::int64_t last_run_id = 0;      // the last run with a complete reading of it
  std::int64_t last_reading_id = 0;  // that reading
  std::string projected_filters;     // as FiltersToProject, of that projection
  // The board's version that was projected then. Nothing where not all that it left stands.
  std::optional<std::int64_t> projected_version{};
};

// All that its user filters it by, as a text. Equal filters have equal texts.
std::string FiltersToProject(const Following& following);

// Whether its filters are others than those of its last projection, or may be: after one of a
// partial reading nothing tells which they were.
bool HasNewFilter(const Following& following);

// What its user filters it by. Fails as CompileTerm.
Result<CompanyFilter> CompileFilter(const Following& following);

// All that the user follows, by name.
Result<std::vector<Following>> LoadFollowings(Connection& db, std::int64_t user_id);

struct FollowedBoard {
  std::string company;
  std::string kind;
  std::string token;
};

// What anybody follows, enabled or not: each once, by name.
Result<std::vector<FollowedBoard>> LoadFollowedBoards(Connection& db);

// Nothing where the user does not follow it.
Result<std::optional<Following>> LoadFollowing(Connection& db, std::int64_t user_id,
                                               std::string_view company);

// What the user follows on that board by another name; nothing where there is none.
Result<std::optional<Following>> FindFollowingOfBoard(Connection& db, std::int64_t user_id,
                                                      std::int64_t board_id,
                                                      std::string_view other_than);

// A company by its user and the name that it has there.
struct CompanyOfUser {
  std::int64_t user_id;
  std::string_view name;
};

// Each fails with kNotFound where the user follows no company of that name.
Result<void> EnableCompany(Transaction& tx, const CompanyOfUser& company, Timestamp now);
Result<void> DisableCompany(Transaction& tx, const CompanyOfUser& company, Timestamp now);
Result<void> SetFilters(Transaction& tx, const CompanyOfUser& company, const FilterChange& change,
                        Timestamp now);

// The name of a followed company that a person wrote: as it is, as the slug made of it, or as it is
// where neither is followed.
std::string FollowedName(std::string_view written, const std::vector<Following>& followed);

// kNotFound for the user who does not follow `company`, naming the nearest of those.
Error UnknownCompany(std::string_view company, const std::vector<Following>& followed);

// A partial reading was projected: rows no longer follow from the last complete projection alone.
Result<void> ForgetProjected(Transaction& tx, std::int64_t user_id, std::string_view company);

// What was projected, in which run and by which filters.
struct Projection {
  std::int64_t run_id = 0;
  std::int64_t reading_id = 0;  // a complete one
  std::string_view filters;     // as FiltersToProject
  // The board's, by then; nothing: the last one's stands, as the board did not change since.
  std::optional<std::int64_t> board_version{};
};
// Rows of users were joined: nobody's last projection of the board tells any longer which there
// are.
Result<void> ForgetProjectedVersions(Transaction& tx, std::int64_t board_id);

// It is the company's last one then.
Result<void> NoteProjected(Transaction& tx, std::int64_t user_id, std::string_view company,
                           const Projection& last);

}  // namespace rolecall
