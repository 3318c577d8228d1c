// Opens feeds. What is kept of a key is a hash; a key is of 256 random bits, so that a plain one is
// enough, and looking it up tells nothing of other keys.
#include "api/view_feed.h"

#include <fmt/format.h>

#include "api/view_query.h"
#include "api/views.h"
#include "auth/tokens.h"
#include "base/digest.h"
#include "base/text.h"
#include "forms/view_feed.h"
#include "http/entity_tag.h"
#include "store/search/look_up_text.h"
#include "store/users/arrivals.h"
#include "store/users/views.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr int kMostEntries = 100;

std::string HashOf(std::string_view key) {
  return Digester().Add("key of a view").Add(key).Finish();
}

// The view whose key was sent, where the path names that one.
Result<std::optional<View>> OpenedView(Connection& db, const Call& call) {
  const auto key = call.request.Parameter("key");
  if (!key) return std::nullopt;
  TRY(auto view, FindViewByKey(db, HashOf(*key)));
  if (view && view->name != call.captured[0]) view.reset();
  return view;
}

Reply NoFeed() {
  Reply reply = Refuse(404, "There is no such feed, or its key was revoked.");
  reply.headers.push_back({"Cache-Control", "no-store"});
  return reply;
}

}  // namespace

Result<Reply> PostViewKey(const ApiParts& parts, const Call& call) {
  TRY(const std::string name, ViewNameIn(call));
  const std::string key = RandomSecret();
  TRY(auto tx, parts.database.Write());
  CHECK_OK(SetViewKey(tx, {call.user.id, name}, HashOf(key)));
  CHECK_OK(tx.Commit());
  return JsonReply(
      json::object{{"key", key},
                   {"path", fmt::format("{}/api/views/{}/feed.atom?key={}",
                                        parts.settings.base_path, PercentEncode(name), key)}},
      201);
}

Result<Reply> DeleteViewKey(const ApiParts& parts, const Call& call) {
  TRY(const std::string name, ViewNameIn(call));
  TRY(auto tx, parts.database.Write());
  CHECK_OK(SetViewKey(tx, {call.user.id, name}, std::nullopt));
  CHECK_OK(tx.Commit());
  return Reply{.status = 204, .content_type = ""};
}

Result<Reply> GetViewFeed(const ApiParts& parts, const Call& call) {
  TRY(auto db, parts.database.Reader());
  TRY(const auto view, OpenedView(*db, call));
  if (!view) return NoFeed();
  TRY(auto filter, FilterOf(view->query, parts.tools.clock()));
  // A word that is found is never widened: a feed has no place to say so.
  std::string why;
  CHECK_OK(LookUpText(*db, parts.index, view->user_id, Slips::kForgivenWhereNone, filter, why));
  TRY(const auto arrivals, FindArrivals(*db, view->user_id, std::move(filter), kMostEntries));
  Reply reply{.content_type = "application/atom+xml; charset=utf-8",
              .body = ViewFeed(*view, arrivals)};
  const std::string tag = TagOf(reply.body);
  const auto held = TagHeld(call.request, tag);
  if (held) reply = {.status = 304, .content_type = ""};
  reply.headers = {{"ETag", held.value_or(tag)}, {"Cache-Control", "private, no-cache"}};
  return reply;
}

}  // namespace rolecall
