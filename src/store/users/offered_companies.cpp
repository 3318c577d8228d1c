// Lays the well-known companies beside those of the table.
#include "store/users/offered_companies.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "base/text.h"
#include "directory/built_in_directory.h"
#include "store/boards/boards.h"

namespace rolecall {
namespace {

// The names and boards of which no other company may be.
class Taken {
 public:
  void Add(const std::vector<Company>& companies) {
    for (const Company& one : companies) {
      names_.insert(one.name);
      boards_.emplace(one.kind, Fold(one.token));
    }
  }
  bool Hides(const KnownCompany& one) const {
    return names_.contains(one.name) || boards_.contains({one.kind, Fold(one.token)});
  }

 private:
  std::set<std::string> names_;
  std::set<std::pair<std::string, std::string>> boards_;
};

}  // namespace

Result<std::vector<Company>> LoadOffered(Connection& db, std::int64_t user_id) {
  TRY(auto offered, LoadCompanies(db, user_id));
  Taken taken;
  taken.Add(offered);
  for (const KnownCompany& one : WellKnownCompanies().WellKnown())
    if (!taken.Hides(one))
      offered.push_back({.name = one.name,
                         .display_name = one.display_name,
                         .board_id = 0,
                         .kind = one.kind,
                         .token = one.token,
                         .careers_url = "",
                         .logo_url = ""});
  // A database has its own order of text.
  std::ranges::sort(offered, {}, &Company::name);
  return offered;
}

Result<bool> AddWellKnown(Transaction& tx, const CompanyOfUser& company) {
  const auto known = WellKnownCompanies().FindWellKnown(company.name);
  if (!known) return false;
  Taken taken;
  TRY(const auto own, LoadCompanies(tx.db(), company.user_id));
  taken.Add(own);
  // One of the installation that the user's own hides, too.
  TRY(const auto installations, LoadCompanies(tx.db(), 0));
  taken.Add(installations);
  if (taken.Hides(*known)) return false;
  TRY(const auto board_id, FindOrAddBoard(tx, known->kind, known->token));
  TRY(const auto added,
      tx->Run(R"(
      INSERT INTO companies (name, display_name, board_id)
      VALUES (:name, :shown, :board)
      ON CONFLICT DO NOTHING)",
              {{"name", known->name}, {"shown", known->display_name}, {"board", board_id}}));
  return added > 0;
}

}  // namespace rolecall
