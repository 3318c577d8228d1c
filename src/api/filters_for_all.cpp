// Reads and writes the filters for all companies.
#include "api/filters_for_all.h"

#include "api/body.h"
#include "api/company_filters.h"
#include "forms/filter_json.h"
#include "forms/or_null.h"
#include "store/users/user_filters.h"
#include "work/filter_effort.h"
#include "work/filter_losses.h"

namespace rolecall {
namespace json = boost::json;
namespace {

json::object FiltersJson(const UserFilters& filters) {
  return {{"title_filters", TitleFiltersJson(filters.terms.titles)},
          {"place_filters", PlaceFiltersJson(filters.terms.places)},
          {"updated_at", TimeOrNull(filters.updated_at)}};
}

Reply TooManyTrials() {
  Reply reply = Refuse(429, "A filter is being tried already: try again when that has ended.");
  reply.headers.push_back({"Retry-After", "1"});
  return reply;
}

}  // namespace

Result<Reply> GetFilters(const ApiParts& parts, const Call& call) {
  TRY(auto db, parts.database.Reader());
  TRY(const UserFilters filters, LoadUserFilters(*db, call.user.id));
  return JsonReply(FiltersJson(filters));
}

Result<Reply> PutFilters(const ApiParts& parts, const Call& call) {
  const auto body = ReadJson(call.request.body);
  if (!body) return body.error();
  std::vector<Misfit> misfits;
  Fields fields(*body, {"body"}, misfits);
  const FilterChange written = ReadFilters(fields);
  const bool dry_run = fields.MaybeFlag("dry_run").value_or(false);
  if (misfits.empty() && !written.titles) fields.Note("title_filters", "is missing");
  if (misfits.empty() && !written.places) fields.Note("place_filters", "is missing");
  fields.Close();
  if (!misfits.empty()) return Unprocessable(misfits);
  CHECK_OK(CheckFilters({{.place = {"body"}, .filters = written}}, parts.stop, misfits));
  if (!misfits.empty()) return Unprocessable(misfits);

  const FilterTerms terms = Changed({}, written);
  std::vector<std::string> warnings;
  {
    const Permit permit = parts.trials->Begin(call.user.id);
    if (!permit) return TooManyTrials();
    TRY(auto db, parts.database.Reader());
    TRY(warnings, TellFilterLosses(*db, call.user.id, terms,
                                   WithinEffort(parts.tools.settings.filter_patience, parts.stop)));
  }
  UserFilters filters{.terms = terms, .updated_at = parts.tools.clock()};
  if (dry_run) {
    TRY(auto db, parts.database.Reader());
    TRY(const UserFilters saved, LoadUserFilters(*db, call.user.id));
    filters.updated_at = saved.updated_at;
  } else {
    TRY(auto tx, parts.database.Write());
    CHECK_OK(SetUserFilters(tx, call.user.id, terms, *filters.updated_at));
    CHECK_OK(tx.Commit());
  }
  json::object shown = FiltersJson(filters);
  shown["warnings"] = json::value_from(warnings);
  return JsonReply(shown);
}

}  // namespace rolecall
