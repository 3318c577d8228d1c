// Adds a company. What a move leaves is told before it is left.
#include "store/users/add_company.h"

#include <fmt/format.h>

#include "base/text.h"
#include "domain/company_name.h"
#include "store/boards/boards.h"
#include "store/users/companies.h"
#include "store/users/settings.h"
#include "store/users/user_view.h"

namespace rolecall {
namespace {

Result<std::string> NameToFollow(Connection& db, std::int64_t user_id, std::string_view written) {
  TRY(const auto before, LoadFollowing(db, user_id, written));
  return before ? before->company : SlugOf(written);
}

Result<std::string> WhatMoveLeaves(Connection& db, const CompanyOfUser& company,
                                   std::int64_t board_id) {
  TRY(const auto known, FindCompany(db, company.user_id, company.name));
  TRY(const auto followed, LoadFollowing(db, company.user_id, company.name));
  TRY(const auto others, LoadThoseWhoMoveAlong(db, company));
  if (!known || known->board_id == board_id || (!followed && others.empty())) return "";
  std::string leaves = fmt::format("leaves {} {}", known->kind, known->token);
  if (followed) {
    TRY(const auto open, LoadOpenJobs(db, company.user_id, *followed));
    if (!open.empty())
      leaves +=
          fmt::format(", where the next run expires {}",
                      Counted(static_cast<std::int64_t>(open.size()), "open job", "open jobs"));
  }
  if (!others.empty())
    leaves += fmt::format("; {} it too, and leave with theirs",
                          Counted(static_cast<std::int64_t>(others.size()), "other user follows",
                                  "other users follow"));
  return leaves;
}

}  // namespace

Result<AddedCompany> AddCompany(Transaction& tx, std::int64_t user_id, const CompanyToAdd& company,
                                Timestamp now) {
  CHECK_OK(HoldSettings(tx, user_id));
  TRY(const std::string name, NameToFollow(tx.db(), user_id, company.written));
  TRY(const auto board_id, FindOrAddBoard(tx, company.kind, company.token));
  TRY(std::string left, WhatMoveLeaves(tx.db(), {user_id, name}, board_id));
  const std::string_view as_written = name == company.written ? "" : company.written;
  const std::string_view shown = Trim(company.display_name.value_or(as_written));
  CHECK_OK(CheckShownName(shown));
  CHECK_OK(Follow(tx, {user_id, name}, board_id, now, shown));
  return AddedCompany{.name = name, .shown = std::string(shown), .left = std::move(left)};
}

}  // namespace rolecall
