// Tokens are those of the kinds' folders with a number in their first word.
#include "bench/mixed_boards.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/must.h"
#include "bench/repeated_answer.h"
#include "boards/definition.h"
#include "store/boards/boards.h"
#include "store/users/companies.h"
#include "store/users/users.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

std::string Numbered(std::string token, int number) {
  const auto word =
      std::ranges::find_if_not(token, [](unsigned char c) { return std::isalnum(c) != 0; });
  return token.insert(static_cast<std::size_t>(word - token.begin()), fmt::to_string(number));
}

// Whose listing one answer can be, whatever is asked for.
bool IsOneAnswer(const BoardDefinition& definition) {
  return definition.form != ListForm::kSitemap && definition.paging != Paging::kRows &&
         !definition.lookup;
}

// Where a gateway finds the listing: "/HOST/PATH".
std::string ListingAddress(const BoardAddress& board) {
  const std::string filled = board.definition->list_url.Fill(HolesOf(board));
  const std::string whole = filled.substr(std::string_view("https:/").size());
  return whole.substr(0, whole.find('?'));
}

}  // namespace

MixedBoards::MixedBoards(int boards, int jobs, std::chrono::milliseconds delay) {
  for (const std::string& kind : BuiltInKinds())
    if (IsOneAnswer(*DefinitionOf(kind))) AddKind(kind, jobs);
  for (int number = 1; static_cast<int>(boards_.size()) < boards; ++number)
    for (const auto& [kind, listing] : listings_)
      if (static_cast<int>(boards_.size()) < boards) AddBoard(kind, number);
  server_ = Must(SimServer::Listen(
      0, delay, [this](const SimRequest& request) { return Answer(request.target); }));
}

void MixedBoards::AddKind(const std::string& kind, int jobs) {
  const BoardDefinition& definition = *RepeatTimes(kind, 1).board.definition;
  const int entries = definition.page_size > 1 ? std::min(jobs, definition.page_size - 1) : jobs;
  RepeatedAnswer answer = RepeatTimes(kind, entries);
  listings_[kind] = {.token = answer.board.token,
                     .body = std::move(answer.body),
                     .names_company = definition.company.has_value()};
}

void MixedBoards::AddBoard(const std::string& kind, int number) {
  const std::string& token = listings_[kind].token;
  auto board = FindBoard(kind, number == 1 ? token : Numbered(token, number));
  if (!board) return;
  by_address_.emplace(ListingAddress(*board), *board);
  boards_.push_back(*std::move(board));
}

SimAnswer MixedBoards::Answer(std::string_view target) const {
  const auto board = by_address_.find(target.substr(0, target.find('?')));
  if (board == by_address_.end()) return PageNotFound();
  const Listing& listing = listings_.at(Traits(*board->second.definition).kind);
  SimAnswer answer{.body = listing.body};
  if (!listing.names_company) return answer;
  // As a field has it, or a link of a page.
  const char* const form = board->second.definition->form == ListForm::kHtml ? "//{}" : "\"{}\"";
  const std::string named = fmt::format(fmt::runtime(form), listing.token);
  const std::string other = fmt::format(fmt::runtime(form), board->second.token);
  for (std::size_t at = answer.body.find(named); at != std::string::npos;
       at = answer.body.find(named, at + other.size()))
    answer.body.replace(at, named.size(), other);
  return answer;
}

std::string MixedBoards::address() const {
  return fmt::format("http://127.0.0.1:{}", server_->port());
}

void MixedBoards::FollowAll(Database& database) const {
  auto tx = Must(database.Write());
  const std::int64_t user = Must(FindUser(tx.db(), kLocalUser)).id;
  int number = 0;
  for (const BoardAddress& board : boards_) {
    const std::string& kind = Traits(*board.definition).kind;
    const auto id = Must(FindOrAddBoard(tx, kind, board.token));
    Must(Follow(tx, {user, fmt::format("{}-{}", kind, ++number)}, id, SystemNow()));
  }
  Must(tx.Commit());
}

}  // namespace rolecall
