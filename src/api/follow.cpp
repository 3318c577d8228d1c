// Follows a company by its board, or by an address that leads to it. What stands in the way is
// sought before a board that is named is asked, by following and taking that back.
#include "api/follow.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "api/body.h"
#include "base/text.h"
#include "boards/board.h"
#include "boards/own_name.h"
#include "db/try_again.h"
#include "directory/built_in_directory.h"
#include "domain/company_name.h"
#include "forms/or_null.h"
#include "forms/sample_json.h"
#include "store/users/add_company.h"
#include "store/users/followings.h"
#include "work/check_board.h"
#include "work/find_board.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr Length kGiven{.least = 1};

struct CompanyOrder {
  std::string url;                    // in place of the board, which is found by it
  std::optional<BoardAddress> board;  // there where nothing is amiss, and it was named or found
  std::string written;                // what its name is made of
  std::optional<std::string> name, display_name;
  std::string own_name;   // what the board calls itself, once it was asked; empty: unconfirmed
  std::string found_on;   // the page that led to the board; empty where there was none
  bool is_guess = false;  // nobody said whose board it is, and the board says something else
  bool dry_run = false;
  bool confirm = false;
};

std::optional<BoardAddress> ReadBoardOf(const BoardRegistry& registry, Fields& fields) {
  const std::string kind = fields.Text("kind", kGiven), token = fields.Text("token", kGiven);
  if (kind.empty() || token.empty()) return std::nullopt;
  auto board = registry.FindBoard(kind, token);
  if (board) return *std::move(board);
  const auto kinds = registry.Kinds();
  if (std::ranges::find(kinds, kind) == kinds.end())
    fields.Note("kind", board.error().message);
  else if (const auto meant = registry.BoardInAddress(token))
    fields.Note("token", fmt::format("{} is an address: its kind is {}, and its token {}",
                                     Quoted(token), Traits(*meant->definition).kind, meant->token));
  else
    fields.Note("token", board.error().message);
  return std::nullopt;
}

std::optional<std::string> ReadName(Fields& fields, std::string_view field) {
  auto name = fields.MaybeText(field, kGiven);
  if (name) name = WithoutSteering(OneLine(Mend(*std::move(name)).text));
  return name;
}

CompanyOrder ReadCompanyOrder(const BoardRegistry& registry, const json::value& body,
                              std::vector<Misfit>& misfits) {
  Fields fields(body, {"body"}, misfits);
  CompanyOrder order;
  if (auto url = fields.MaybeText("url", kGiven)) {
    order.url = *std::move(url);
    if (fields.MaybeText("kind") || fields.MaybeText("token"))
      fields.Note("url", "stands in place of kind and token: send one of both");
  } else {
    order.board = ReadBoardOf(registry, fields);
  }
  order.name = ReadName(fields, "name");
  order.display_name = ReadName(fields, "display_name");
  order.dry_run = fields.MaybeFlag("dry_run").value_or(false);
  order.confirm = fields.MaybeFlag("confirm").value_or(false);
  fields.Close();
  order.written = order.name.or_else([&] { return order.display_name; }).value_or("");
  if (order.written.empty() && order.board) order.written = FirstPartOfToken(*order.board);
  if (order.written.empty()) return order;
  const bool of_display_name = !order.name && order.display_name;
  if (const auto slug = SlugOf(order.written); !slug)
    fields.Note(of_display_name ? "display_name" : "name", slug.error().message);
  if (const auto fits = CheckShownName(order.display_name.value_or(order.written)); !fits)
    fields.Note(order.display_name ? "display_name" : "name", fits.error().message);
  return order;
}

std::string_view KindOf(const CompanyOrder& order) { return Traits(*order.board->definition).kind; }

struct NamedCompany {
  std::string name, display_name;
};

enum class Ending { kCommit, kTakeBack };

Result<NamedCompany> FollowOnce(const ApiParts& parts, std::int64_t user_id,
                                const CompanyOrder& order, Ending ending) {
  TRY(auto tx, parts.database.Write());
  TRY(const AddedCompany added, AddCompany(tx, user_id,
                                           {.written = order.written,
                                            .display_name = order.display_name,
                                            .kind = KindOf(order),
                                            .token = order.board->token},
                                           parts.tools.clock()));
  if (!added.left.empty())
    return Fail(Errc::kConflict,
                fmt::format("{} is on another board already: moved to this one, it {}. Give this "
                            "one another name, or remove that one first.",
                            added.name, added.left));
  TRY(const auto following, LoadFollowing(tx.db(), user_id, added.name));
  if (ending == Ending::kCommit) CHECK_OK(tx.Commit());
  return NamedCompany{added.name, following ? following->display_name : added.name};
}

Result<NamedCompany> FollowOrdered(const ApiParts& parts, std::int64_t user_id,
                                   const CompanyOrder& order, Ending ending) {
  return TryWhileContended([&] { return FollowOnce(parts, user_id, order, ending); });
}

json::object CompanyJson(const NamedCompany& company, const CompanyOrder& order,
                         const CheckedBoard& checked) {
  return {{"name", company.name},
          {"display_name", company.display_name},
          {"board", KindOf(order)},
          {"token", order.board->token},
          {"own_name", TextOrNull(order.own_name)},
          {"found_on", TextOrNull(order.found_on)},
          {"sample", SampleJson(checked.sample)},
          {"total_count", checked.total}};
}

Reply TooManyChecks() {
  Reply reply = Refuse(429, "A board is being checked already: try again when that has ended.");
  reply.headers.push_back({"Retry-After", "5"});
  return reply;
}

Reply CannotBeRead(const CompanyOrder& order, const CheckedBoard& checked) {
  const bool named = order.url.empty();
  const std::string which = named ? "" : fmt::format(" {} {}", KindOf(order), order.board->token);
  const std::string advice = checked.trouble.ends_with('?')
                                 ? ""
                                 : fmt::format(". Look whether {} right, or try later",
                                               named ? "kind and token are" : "the address is");
  return Unprocessable({{.place = {"body", named ? "token" : "url"},
                         .message = fmt::format("the board{} cannot be read: {}{}", which,
                                                checked.trouble, advice)}});
}

Reply WantsWord(const CompanyOrder& order, const CheckedBoard& checked, json::object company) {
  const std::string& vendor = Traits(*order.board->definition).title;
  const std::string why =
      checked.presence != BoardPresence::kStands
          ? fmt::format("{} lists nothing for {}, as it does for any name", vendor,
                        order.board->token)
      : order.own_name.empty()
          ? fmt::format("whose board {} of {} is, is a guess by its token, and unconfirmed",
                        order.board->token, vendor)
          : fmt::format("the board {} of {} calls itself {}", order.board->token, vendor,
                        Quoted(order.own_name));
  company["detail"] = why + ": send it again with \"confirm\": true to follow it all the same.";
  return JsonReply(company, 409);
}

// Whether whoever gave no name but a token may have meant another than the board's owner.
bool IsGuess(const CompanyOrder& order) {
  if (order.name || order.display_name) return false;
  const auto known = BuiltInDirectory().FindOnBoard(KindOf(order), order.board->token);
  if (known && known->well_known) return false;
  if (order.own_name.empty()) return known.has_value();
  // "Acme, Inc." on the board acme is who was meant, and "Acme" on acmeinc; a letter or two, or a
  // name in another script, tells nothing.
  constexpr std::size_t kTells = 3;
  const std::string own = KeyOf(order.own_name), token = KeyOf(order.written);
  if (std::min(own.size(), token.size()) < kTells) return own != token;
  return !own.starts_with(token) && !token.starts_with(own);
}

// A board that was named: first whether anything stands in the way of following it.
Result<CheckedBoard> CheckNamed(const ApiParts& parts, std::int64_t user_id, CompanyOrder& order) {
  CHECK_OK(FollowOrdered(parts, user_id, order, Ending::kTakeBack));
  TRY(FoundBoard found, CheckFoundBoard(parts.tools, *order.board, parts.stop));
  order.own_name = std::move(found.own_name);
  order.is_guess = IsGuess(order);
  if (!order.name && !order.display_name && !order.own_name.empty())
    order.display_name = order.own_name;
  return std::move(found.checked);
}

// The board that an address leads to, which becomes the order's, with a name where none was given.
Result<CheckedBoard> CheckFound(const ApiParts& parts, CompanyOrder& order) {
  TRY(FoundBoard found, FindBoardAt(parts.tools, order.url, parts.stop));
  if (order.written.empty()) {
    order.written = NameToFollowBy(found);
    if (!found.own_name.empty()) order.display_name = found.own_name;
  }
  order.own_name = std::move(found.own_name);
  order.found_on = std::move(found.found_on);
  order.board = std::move(found.board);
  return std::move(found.checked);
}

}  // namespace

Result<Reply> GetKinds(const ApiParts& parts, const Call&) {
  json::array kinds;
  for (const BoardKind& one : parts.tools.kinds.DescribeKinds())
    kinds.push_back(json::object{
        {"kind", one.kind}, {"title", one.title}, {"token_hint", TextOrNull(one.token_hint)}});
  return JsonReply(kinds);
}

Result<Reply> PostCompany(const ApiParts& parts, const Call& call) {
  const auto body = ReadJson(call.request.body);
  if (!body) return body.error();
  std::vector<Misfit> misfits;
  CompanyOrder order = ReadCompanyOrder(parts.tools.kinds, *body, misfits);
  if (!misfits.empty()) return Unprocessable(misfits);
  const Permit permit = parts.checks->Begin(call.user.id);
  if (!permit) return TooManyChecks();

  auto answered =
      order.url.empty() ? CheckNamed(parts, call.user.id, order) : CheckFound(parts, order);
  if (!answered && answered.error().code == Errc::kCancelled)
    return Fail(Errc::kCancelled, "The server ends: try again in a moment.");
  if (!answered && !order.url.empty() && answered.error().code == Errc::kInvalidInput)
    return Unprocessable({{.place = {"body", "url"}, .message = answered.error().message}});
  TRY(const CheckedBoard checked, std::move(answered));
  const bool proven = checked.presence == BoardPresence::kStands;
  if (checked.presence == BoardPresence::kUnreadable && (order.url.empty() || !order.dry_run))
    return CannotBeRead(order, checked);
  const bool follows = !order.dry_run && ((proven && !order.is_guess) || order.confirm);
  TRY(const NamedCompany company,
      FollowOrdered(parts, call.user.id, order, follows ? Ending::kCommit : Ending::kTakeBack));
  if (order.dry_run) {
    json::object shown = CompanyJson(company, order, checked);
    shown["checked"] = proven;
    if (!proven && !order.url.empty()) shown["trouble"] = TextOrNull(checked.trouble);
    return JsonReply(shown);
  }
  if (!follows) return WantsWord(order, checked, CompanyJson(company, order, checked));
  return JsonReply(CompanyJson(company, order, checked), 201);
}

}  // namespace rolecall
