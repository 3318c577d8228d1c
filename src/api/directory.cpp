// Tells of the directory that is built in: what may be followed by its board, and how sure it is
// that this is the board of whom it is named for.
#include "api/directory.h"

#include "api/logos.h"
#include "directory/built_in_directory.h"
#include "directory/search_directory.h"

namespace rolecall {
namespace json = boost::json;

Result<Reply> GetDirectory(const ApiParts& parts, const Call& call) {
  TRY_QUERY(const auto typed, ValueOf(call.request, "q"));
  TRY_QUERY(
      const std::int64_t limit,
      NumberOf(call.request, "limit", {.otherwise = kMostFound, .least = 1, .most = kMostFound}));
  const auto found =
      SearchDirectory(BuiltInDirectory(), typed.value_or(""), static_cast<int>(limit));
  if (!found) return Unprocessable({{.place = {"query", "q"}, .message = found.error().message}});
  json::array shown;
  for (const KnownCompany& one : *found)
    shown.push_back(json::object{{"name", one.name},
                                 {"display_name", one.display_name},
                                 {"logo_url", LogoUrl(parts, call.request, one.display_name)},
                                 {"board", one.kind},
                                 {"token", one.token},
                                 {"well_known", one.well_known},
                                 {"confirmed", !parts.tools.kinds.ZeroProvesNothing(one.kind)}});
  return JsonReply(shown);
}

}  // namespace rolecall
