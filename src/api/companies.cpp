// Tells of companies, and shows what a run would do with those of a user.
#include "api/companies.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "api/logos.h"
#include "api/query.h"
#include "api/runs.h"
#include "forms/health_form.h"
#include "forms/or_null.h"
#include "forms/preview_json.h"
#include "run/start_run.h"
#include "store/users/companies.h"
#include "work/preview.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::array<std::string_view, 2> kKeptOrNot{"false", "true"};

// Lanes of a dry run: a process whose own lanes are few, or none, previews no slower for that.
constexpr int kLeastLanes = 4;

Reply TooManyDryRuns() {
  Reply reply = Refuse(429, "A dry run is under way already: try again when it has ended.");
  reply.headers.push_back({"Retry-After", "5"});
  return reply;
}

}  // namespace

Result<Reply> GetCompanies(const ApiParts& parts, const Call& call) {
  TRY(auto db, parts.database.Reader());
  TRY(const auto companies, LoadCompanies(*db, call.user.id));
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
        HealthJson(HealthOf(one.kind, one.token, of_board), of_board);
  }
  return JsonReply(shown);
}

Result<Reply> PostDryRun(const ApiParts& parts, const Call& call) {
  TRY_QUERY(const std::string kept, ChoiceOf(call.request, "kept", kKeptOrNot));
  const Permit permit = parts.dry_runs->Begin(call.user.id);
  if (!permit) return TooManyDryRuns();
  std::vector<Following> companies;
  {
    TRY(auto db, parts.database.Reader());
    auto chosen = ChooseCompanies(*db, call.user.id, {});
    if (!chosen && chosen.error().code == Errc::kInvalidInput) return Refuse(400, kNothingEnabled);
    TRY(companies, std::move(chosen));
  }
  WorkTools tools = parts.tools;
  tools.settings.lanes = std::max(tools.settings.lanes, kLeastLanes);
  auto preview =
      PreviewCompanies(tools,
                       {.user_id = call.user.id,
                        .followings = std::move(companies),
                        .source = kept == "true" ? PreviewSource::kKept : PreviewSource::kBoard},
                       parts.stop);
  if (!preview && preview.error().code == Errc::kCancelled)
    return Fail(Errc::kCancelled, "The server ends: try again in a moment.");
  TRY(const Preview previewed, std::move(preview));
  return JsonReply(PreviewJson(previewed));
}

}  // namespace rolecall
