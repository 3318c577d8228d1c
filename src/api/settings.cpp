// Reads and writes settings. The body is read whole before anything is written, names and filters
// are looked at before anything is held that others wait for, and what only the transaction knows
// to be wrong takes everything back.
#include "api/settings.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "api/body.h"
#include "api/company_filters.h"
#include "forms/filter_json.h"
#include "store/users/offered_companies.h"
#include "store/users/settings.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::size_t kMostChanges = 1'000;
constexpr std::size_t kMostNearest = 5;  // of names that nobody knows

enum class Op : std::uint8_t { kUpsert, kDelete };

struct Operation {
  Op op = Op::kUpsert;
  SettingChange change;
};

std::string_view NameOf(Op op) { return op == Op::kUpsert ? "upsert" : "delete"; }

Operation ReadOperation(const json::value& value, const Place& place,
                        std::vector<Misfit>& misfits) {
  const std::size_t noted = misfits.size();
  Fields fields(value, place, misfits);
  Operation operation;
  const std::string op = fields.Text("op");
  operation.op = op == NameOf(Op::kDelete) ? Op::kDelete : Op::kUpsert;
  if (op != NameOf(operation.op) && misfits.size() == noted)
    fields.Note("op", "must be upsert or delete");
  operation.change.company = fields.Text("company_name", kCompanyNameLength);
  operation.change.filters = ReadFilters(fields);
  operation.change.enabled = fields.MaybeFlag("is_enabled");
  fields.Close();
  return operation;
}

Place PlaceOf(std::size_t operation, std::initializer_list<std::string_view> more) {
  Place place{"body", std::to_string(operation)};
  for (const std::string_view part : more) place.emplace_back(part);
  return place;
}

// The companies that a request may name, as they stand before it.
struct NamedCompanies {
  std::vector<std::string> known;  // sorted
  std::set<std::string, std::less<>> followed;
};

Result<NamedCompanies> LoadNamed(Database& database, std::int64_t user_id) {
  TRY(auto db, database.Reader());
  NamedCompanies named;
  TRY(const auto companies, LoadOffered(*db, user_id));
  for (const Company& one : companies) named.known.push_back(one.name);
  TRY(const auto settings, LoadSettings(*db, user_id));
  for (const Setting& one : settings) named.followed.insert(one.company);
  return named;
}

// Notes each operation that names a company which is not there. Only the first few are told the
// nearest name: it is sought among all.
void CheckNames(const std::vector<Operation>& operations, NamedCompanies named,
                std::vector<Misfit>& misfits) {
  std::size_t unknown = 0;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const auto& [op, change] = operations[i];
    const bool follows = named.followed.contains(change.company);
    const bool known = follows || std::ranges::binary_search(named.known, change.company);
    if (op == Op::kUpsert ? known : follows) {
      if (op == Op::kUpsert)
        named.followed.insert(change.company);
      else
        named.followed.erase(change.company);
      continue;
    }
    const bool tell = ++unknown <= kMostNearest;
    NoteMisfit(misfits, PlaceOf(i, {"company_name"}),
               NoSuchCompany(change.company, op == Op::kUpsert ? "known" : "followed",
                             tell ? std::span(named.known) : std::span<std::string>()));
  }
}

// Notes what is no filter; fails as CheckFilters.
Result<void> CheckAllFilters(const std::vector<Operation>& operations, const std::stop_token& stop,
                             std::vector<Misfit>& misfits) {
  std::vector<WrittenFilters> written;
  for (std::size_t i = 0; i < operations.size(); ++i)
    written.push_back({.place = PlaceOf(i, {}), .filters = operations[i].change.filters});
  return CheckFilters(written, stop, misfits);
}

Result<std::int64_t> CarryOut(Transaction& tx, std::int64_t user_id, const Operation& operation,
                              Timestamp now) {
  if (operation.op == Op::kDelete) return DeleteSetting(tx, user_id, operation.change.company);
  return WriteSetting(tx, user_id, operation.change, now);
}

// What concerns the company that is named, not the database.
bool IsTheNames(const Error& error) {
  return error.code == Errc::kNotFound || error.code == Errc::kConflict;
}

}  // namespace

Result<Reply> GetSettings(const ApiParts& parts, const Call& call) {
  TRY(auto db, parts.database.Reader());
  TRY(const auto settings, LoadSettings(*db, call.user.id));
  json::array shown;
  for (const Setting& one : settings)
    shown.push_back(json::object{{"id", one.id},
                                 {"company_name", one.company},
                                 {"title_filters", TitleFiltersJson(one.terms.titles)},
                                 {"place_filters", PlaceFiltersJson(one.terms.places)},
                                 {"is_enabled", one.enabled},
                                 {"updated_at", ToIso(one.updated_at)}});
  return JsonReply(shown);
}

Result<Reply> PostSettings(const ApiParts& parts, const Call& call) {
  const auto body = ReadJson(call.request.body);
  if (!body) return body.error();
  std::vector<Misfit> misfits;
  std::vector<Operation> operations;
  for (const json::value* item : Items(*body, {"body"}, kMostChanges, misfits))
    operations.push_back(ReadOperation(*item, PlaceOf(operations.size(), {}), misfits));
  if (!misfits.empty()) return Unprocessable(misfits);
  TRY(auto named, LoadNamed(parts.database, call.user.id));
  CheckNames(operations, std::move(named), misfits);
  if (!misfits.empty()) return Unprocessable(misfits);
  CHECK_OK(CheckAllFilters(operations, parts.stop, misfits));
  if (!misfits.empty()) return Unprocessable(misfits);

  const Timestamp now = parts.tools.clock();
  json::array done;
  TRY(auto tx, parts.database.Write());
  CHECK_OK(HoldSettings(tx, call.user.id));
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const auto id = CarryOut(tx, call.user.id, operations[i], now);
    if (!id && !IsTheNames(id.error())) return std::unexpected(id.error());
    if (!id) {
      NoteMisfit(misfits, PlaceOf(i, {"company_name"}), id.error().message);
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

}  // namespace rolecall
