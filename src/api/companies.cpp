// Tells of companies, and of the health of their boards.
#include "api/companies.h"

#include <map>

#include "api/logos.h"
#include "forms/health_form.h"
#include "forms/or_null.h"
#include "store/users/offered_companies.h"

namespace rolecall {
namespace json = boost::json;
Result<Reply> GetCompanies(const ApiParts& parts, const Call& call) {
  TRY(auto db, parts.database.Reader());
  TRY(const auto companies, LoadOffered(*db, call.user.id));
  std::vector<std::int64_t> boards;
  for (const Company& one : companies) boards.push_back(one.board_id);
  std::map<std::int64_t, BoardHealth> health;
  if (call.user.id != 0) {
    TRY(health, LoadBoardHealth(*db, call.user.id, boards));
  }
  json::array shown;
  for (const Company& one : companies) {
    shown.push_back(json::object{
        {"name", one.name},
        {"display_name", one.display_name},
        {"logo_url",
         one.logo_url.empty() ? LogoUrl(parts, call.request, one.display_name) : one.logo_url},
        {"board", one.kind},
        {"careers_url", TextOrNull(one.careers_url)}});
    if (call.user.id == 0) continue;
    const BoardHealth& of_board = health[one.board_id];
    shown.back().as_object()["health"] =
        HealthJson(HealthOf(parts.tools.kinds.ZeroProvesNothing(one.kind), of_board), of_board);
  }
  return JsonReply(shown);
}

}  // namespace rolecall
