// Shows what a run would do with all that a user follows.
#include "api/dry_run.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/query.h"
#include "api/runs.h"
#include "forms/preview_json.h"
#include "run/start_run.h"
#include "store/users/companies.h"
#include "work/preview.h"

namespace rolecall {
namespace {

constexpr std::array<std::string_view, 2> kKeptOrNot{"false", "true"};

// Lanes of a dry run: a process whose own lanes are few, or none, previews no slower for that.
constexpr int kLeastLanes = 4;

Reply TooManyDryRuns() {
  Reply reply = Refuse(429, "A dry run is under way already: try again when it has ended.");
  reply.headers.push_back({"Retry-After", "5"});
  return reply;
}

Result<Preview> AskBoards(const ApiParts& parts, const PreviewOrder& order) {
  WorkTools tools = parts.tools;
  tools.settings.lanes = std::max(tools.settings.lanes, kLeastLanes);
  return PreviewCompanies(tools, order, parts.stop);
}

Result<Reply> Show(Result<Preview> preview) {
  if (!preview && preview.error().code == Errc::kCancelled)
    return Fail(Errc::kCancelled, "The server ends: try again in a moment.");
  TRY(const Preview previewed, std::move(preview));
  return JsonReply(PreviewJson(previewed));
}

}  // namespace

Result<Reply> PostDryRun(const ApiParts& parts, const Call& call) {
  TRY_QUERY(const std::string kept, ChoiceOf(call.request, "kept", kKeptOrNot));
  const PreviewSource source = kept == "true" ? PreviewSource::kKept : PreviewSource::kBoard;
  const Permit permit = parts.dry_runs->Begin(call.user.id);
  if (!permit) return TooManyDryRuns();
  std::vector<Following> companies;
  {
    TRY(auto db, parts.database.Reader());
    auto chosen = ChooseCompanies(*db, call.user.id, {});
    if (!chosen && chosen.error().code == Errc::kInvalidInput) return Refuse(400, kNothingEnabled);
    TRY(companies, std::move(chosen));
  }
  return Show(AskBoards(
      parts, {.user_id = call.user.id, .followings = std::move(companies), .source = source}));
}

}  // namespace rolecall
