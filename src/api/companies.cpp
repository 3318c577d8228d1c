// The companies' routes. The body is read whole before anything is written; what only the database
// knows to be wrong takes everything back.
#include "api/companies.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "api/body.h"
#include "api/logos.h"
#include "api/query.h"
#include "api/runs.h"
#include "forms/health_form.h"
#include "forms/or_null.h"
#include "forms/preview_json.h"
#include "run/start_run.h"
#include "store/users/companies.h"
#include "store/users/settings.h"
#include "work/preview.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::size_t kMostChanges = 1'000;
constexpr std::size_t kMostTerms = 500;  // of a list
constexpr Length kTermLength{.least = 1, .most = 500};
constexpr Length kNameLength{.least = 1, .most = 64};

constexpr std::array<std::string_view, 2> kKeptOrNot{"false", "true"};

// Lanes of a dry run: a process whose own lanes are few, or none, previews no slower for that.
constexpr int kLeastLanes = 4;

enum class Op : std::uint8_t { kUpsert, kDelete };

struct Operation {
  Op op = Op::kUpsert;
  SettingChange change;
};

std::string_view NameOf(Op op) { return op == Op::kUpsert ? "upsert" : "delete"; }

std::vector<std::string> ReadTerms(Fields& filters, std::string_view name) {
  const auto is_a_filter = [](const std::string& term) -> Result<void> {
    CHECK_OK(TitleFilter::Compile({.include = {term}, .exclude = {}}));
    return {};
  };
  return filters.MaybeTexts(name, kMostTerms, kTermLength, is_a_filter)
      .value_or(std::vector<std::string>());
}

std::optional<TitleTerms> ReadFilters(Fields& fields) {
  auto filters = fields.MaybeObject("title_filters");
  if (!filters) return std::nullopt;
  TitleTerms terms{.include = ReadTerms(*filters, "include"),
                   .exclude = ReadTerms(*filters, "exclude")};
  filters->Close();
  return terms;
}

Operation ReadOperation(const json::value& value, const Place& place,
                        std::vector<Misfit>& misfits) {
  const std::size_t noted = misfits.size();
  Fields fields(value, place, misfits);
  Operation operation;
  const std::string op = fields.Text("op");
  operation.op = op == NameOf(Op::kDelete) ? Op::kDelete : Op::kUpsert;
  if (op != NameOf(operation.op) && misfits.size() == noted)
    fields.Note("op", "must be upsert or delete");
  operation.change.company = fields.Text("company_name", kNameLength);
  operation.change.terms = ReadFilters(fields);
  operation.change.enabled = fields.MaybeFlag("is_enabled");
  fields.Close();
  return operation;
}

Result<std::int64_t> CarryOut(Transaction& tx, std::int64_t user_id, const Operation& operation,
                              Timestamp now) {
  if (operation.op == Op::kDelete) return DeleteSetting(tx, user_id, operation.change.company);
  return WriteSetting(tx, user_id, operation.change, now);
}

Reply TooManyDryRuns() {
  Reply reply = Refuse(429, "A dry run is under way already: try again when it has ended.");
  reply.headers.push_back({"Retry-After", "5"});
  return reply;
}

// What concerns the company that is named, not the database.
bool IsTheNames(const Error& error) {
  return error.code == Errc::kNotFound || error.code == Errc::kConflict;
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

Result<Reply> GetSettings(const ApiParts& parts, const Call& call) {
  TRY(auto db, parts.database.Reader());
  TRY(const auto settings, LoadSettings(*db, call.user.id));
  json::array shown;
  for (const Setting& one : settings)
    shown.push_back(json::object{
        {"id", one.id},
        {"company_name", one.company},
        {"title_filters", json::object{{"include", json::value_from(one.terms.include)},
                                       {"exclude", json::value_from(one.terms.exclude)}}},
        {"is_enabled", one.enabled},
        {"updated_at", ToIso(one.updated_at)}});
  return JsonReply(shown);
}

Result<Reply> PostSettings(const ApiParts& parts, const Call& call) {
  const auto body = ReadJson(call.request.body);
  if (!body) return body.error();
  std::vector<Misfit> misfits;
  std::vector<Operation> operations;
  const auto place_of = [](std::size_t index) { return Place{"body", std::to_string(index)}; };
  for (const json::value* item : Items(*body, {"body"}, kMostChanges, misfits))
    operations.push_back(ReadOperation(*item, place_of(operations.size()), misfits));
  if (!misfits.empty()) return Unprocessable(misfits);

  const Timestamp now = parts.tools.clock();
  json::array done;
  TRY(auto tx, parts.database.Write());
  CHECK_OK(HoldSettings(tx, call.user.id));
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const auto id = CarryOut(tx, call.user.id, operations[i], now);
    if (!id && !IsTheNames(id.error())) return std::unexpected(id.error());
    if (!id) {
      Place place = place_of(i);
      place.emplace_back("company_name");
      NoteMisfit(misfits, std::move(place), id.error().message);
      continue;
    }
    done.push_back(json::object{{"op", NameOf(operations[i].op)},
                                {"success", true},
                                {"company_name", operations[i].change.company},
                                {"id", *id},
                                {"updated_at", ToIso(now)}});
  }
  if (!misfits.empty()) return Unprocessable(misfits);
  CHECK_OK(tx.Commit());
  return JsonReply(done);
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
