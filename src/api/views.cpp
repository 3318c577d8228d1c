// The routes of views. The name stands in the path; one that no view can have names none.
#include "api/views.h"

#include <fmt/format.h>

#include "api/body.h"
#include "api/view_query.h"
#include "base/text.h"
#include "domain/view_name.h"
#include "store/users/views.h"

namespace rolecall {
namespace json = boost::json;
namespace {

json::object ViewJson(const View& view) {
  json::object shown{{"name", view.name},
                     {"query", view.query},
                     {"has_key", view.has_key},
                     {"created_at", ToIso(view.created_at)},
                     {"updated_at", ToIso(view.updated_at)}};
  const json::object query = ViewQueryJson(ViewQueryOf(view.query));
  shown.insert(query.begin(), query.end());
  return shown;
}

Misfit NotTheName(std::string message) {
  return {.place = {"path", "name"}, .message = std::move(message)};
}

}  // namespace

Result<std::string> ViewNameIn(const Call& call) {
  auto name = ReadViewName(call.captured[0]);
  if (!name)
    return Fail(Errc::kNotFound, fmt::format("There is no view {}.", Quoted(call.captured[0])));
  return *std::move(name);
}

Result<Reply> GetViews(const ApiParts& parts, const Call& call) {
  TRY(auto db, parts.database.Reader());
  json::array shown;
  TRY(const auto views, LoadViews(*db, call.user.id));
  for (const View& view : views) shown.push_back(ViewJson(view));
  return JsonReply(json::object{{"views", std::move(shown)}});
}

Result<Reply> GetView(const ApiParts& parts, const Call& call) {
  TRY(const std::string name, ViewNameIn(call));
  TRY(auto db, parts.database.Reader());
  TRY(const View view, LoadView(*db, {call.user.id, name}));
  return JsonReply(ViewJson(view));
}

Result<Reply> PutView(const ApiParts& parts, const Call& call) {
  const auto body = ReadJson(call.request.body);
  if (!body) return body.error();
  std::vector<Misfit> misfits;
  const auto name = ReadViewName(call.captured[0]);
  if (!name) misfits.push_back(NotTheName(name.error().message));
  const Timestamp now = parts.tools.clock();
  Fields fields(*body, {"body"}, misfits);
  const ViewQuery query = ReadViewQuery(fields, now);
  fields.Close();
  if (!misfits.empty()) return Unprocessable(misfits);

  TRY(auto tx, parts.database.Write());
  TRY(const ViewKept kept, KeepView(tx, {call.user.id, *name}, QueryText(query), now));
  if (kept == ViewKept::kTooMany)
    return Unprocessable({NotTheName(fmt::format(
        "would be one more than the {} views of a user: delete another first", kMostViews))});
  TRY(const View view, LoadView(tx.db(), {call.user.id, *name}));
  CHECK_OK(tx.Commit());
  return JsonReply(ViewJson(view), kept == ViewKept::kMade ? 201 : 200);
}

Result<Reply> DeleteView(const ApiParts& parts, const Call& call) {
  TRY(const std::string name, ViewNameIn(call));
  TRY(auto tx, parts.database.Write());
  CHECK_OK(DeleteView(tx, {call.user.id, name}));
  CHECK_OK(tx.Commit());
  return Reply{.status = 204, .content_type = ""};
}

}  // namespace rolecall
