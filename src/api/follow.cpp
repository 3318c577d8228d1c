// Tells which kinds of boards can be followed.
#include "api/follow.h"

#include "boards/board.h"
#include "forms/or_null.h"

namespace rolecall {
namespace json = boost::json;

Result<Reply> GetKinds(const ApiParts&, const Call&) {
  json::array kinds;
  for (const BoardKind& one : DescribeKinds())
    kinds.push_back(json::object{
        {"kind", one.kind}, {"title", one.title}, {"token_hint", TextOrNull(one.token_hint)}});
  return JsonReply(kinds);
}

}  // namespace rolecall
