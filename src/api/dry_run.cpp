// Shows what a run would do: with all that a user follows, or with one company under filters that
// are tried out.
#include "api/dry_run.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/body.h"
#include "api/company_filters.h"
#include "api/query.h"
#include "api/runs.h"
#include "base/text.h"
#include "forms/preview_json.h"
#include "run/start_run.h"
#include "store/boards/boards.h"
#include "store/users/offered_companies.h"
#include "store/users/user_filters.h"
#include "work/preview.h"
#include "work/preview_known.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::array<std::string_view, 2> kKeptOrNot{"false", "true"};

// Lanes of a dry run: a process whose own lanes are few, or none, previews no slower for that.
constexpr int kLeastLanes = 4;

Reply TooManyDryRuns(std::string retry_after) {
  Reply reply = Refuse(429, "A dry run is under way already: try again when it has ended.");
  reply.headers.push_back({"Retry-After", std::move(retry_after)});
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

// A company, and the filters that it is to be shown under.
struct Trial {
  std::string company;
  FilterChange filters;  // nothing: those that are saved
};

// Clients that have nothing to say may send a body all the same.
bool IsTrial(const Request& request) {
  const std::string_view body = Trim(request.body);
  return !body.empty() && body != "{}" && body != "null";
}

Trial ReadTrial(const json::value& body, std::vector<Misfit>& misfits) {
  Fields fields(body, {"body"}, misfits);
  Trial trial;
  trial.company = fields.Text("company", kCompanyNameLength);
  trial.filters = ReadFilters(fields);
  fields.Close();
  return trial;
}

struct TriedCompany {
  Following following;
  bool is_followed = true;
};

// The board of a well-known company may have no row yet.
Result<std::int64_t> BoardIdOf(Database& database, const Company& company) {
  if (company.board_id != 0) return company.board_id;
  TRY(auto tx, database.Write());
  TRY(const auto id, FindOrAddBoard(tx, company.kind, company.token));
  CHECK_OK(tx.Commit());
  return id;
}

// As if the user followed it, where it is only known; nothing, and a misfit, where it is not.
Result<std::optional<TriedCompany>> FindTried(const ApiParts& parts, std::int64_t user_id,
                                              const Trial& trial, std::vector<Misfit>& misfits) {
  std::vector<Company> known;
  UserFilters for_all;
  {
    TRY(auto db, parts.database.Reader());
    TRY(auto followed, LoadFollowing(*db, user_id, trial.company));
    if (followed) return TriedCompany{.following = *std::move(followed)};
    TRY(known, LoadOffered(*db, user_id));
    TRY(for_all, LoadUserFilters(*db, user_id));
  }
  std::vector<std::string> names;
  for (const Company& one : known) {
    if (one.name == trial.company) {
      TRY(const auto board_id, BoardIdOf(parts.database, one));
      return TriedCompany{.following = {.company = one.name,
                                        .display_name = one.display_name,
                                        .board_id = board_id,
                                        .kind = one.kind,
                                        .token = one.token,
                                        .for_all = for_all.terms},
                          .is_followed = false};
    }
    names.push_back(one.name);
  }
  NoteMisfit(misfits, {"body", "company"}, NoSuchCompany(trial.company, "known", names));
  return std::nullopt;
}

Result<Reply> TryFilters(const ApiParts& parts, const Call& call) {
  const auto body = ReadJson(call.request.body);
  if (!body) return body.error();
  std::vector<Misfit> misfits;
  const Trial trial = ReadTrial(*body, misfits);
  if (!misfits.empty()) return Unprocessable(misfits);
  const bool asks = !AsksNoBoard(call.request);
  const Permit permit = (asks ? parts.dry_runs : parts.trials)->Begin(call.user.id);
  if (!permit) return TooManyDryRuns(asks ? "5" : "1");
  TRY(auto tried, FindTried(parts, call.user.id, trial, misfits));
  if (!tried) return Unprocessable(misfits);
  CHECK_OK(CheckFilters({{.place = {"body"}, .filters = trial.filters}}, parts.stop, misfits));
  if (!misfits.empty()) return Unprocessable(misfits);
  tried->following.terms = Changed(tried->following.terms, trial.filters);
  const PreviewOrder order{.user_id = call.user.id,
                           .followings = {std::move(tried->following)},
                           .source = PreviewSource::kBoard,
                           .only_named = true};
  auto preview = asks ? AskBoards(parts, order) : PreviewKnown(parts.tools, order, parts.stop);
  // Whoever followed it again would have nothing of it depart.
  if (preview && !tried->is_followed) preview->departing.clear();
  return Show(std::move(preview));
}

}  // namespace

Result<Reply> PostDryRun(const ApiParts& parts, const Call& call) {
  TRY_QUERY(const std::string kept, ChoiceOf(call.request, "kept", kKeptOrNot));
  if (IsTrial(call.request)) return TryFilters(parts, call);
  const Permit permit = parts.dry_runs->Begin(call.user.id);
  if (!permit) return TooManyDryRuns("5");
  std::vector<Following> companies;
  {
    TRY(auto db, parts.database.Reader());
    auto chosen = ChooseCompanies(*db, call.user.id, {});
    if (!chosen && chosen.error().code == Errc::kInvalidInput) return Refuse(400, kNothingEnabled);
    TRY(companies, std::move(chosen));
  }
  const PreviewSource source = kept == "true" ? PreviewSource::kKept : PreviewSource::kBoard;
  return Show(AskBoards(
      parts, {.user_id = call.user.id, .followings = std::move(companies), .source = source}));
}

bool AsksNoBoard(const Request& request) {
  return IsTrial(request) && request.Parameter("kept") == "true";
}

}  // namespace rolecall
