// Reads the texts of a directory.
#include "directory/directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/characters.h"
#include "base/text.h"
#include "domain/company_name.h"

namespace rolecall {
namespace {

using Board = std::pair<std::string, std::string>;  // its kind, and its token folded

// Many vendors take capitals of a token for small letters.
Board BoardOf(std::string_view kind, std::string_view token) {
  return {std::string(kind), Fold(token)};
}

// Up to the next blank, which is taken off with it.
std::string_view NextWord(std::string_view& line) {
  const std::string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(std::min(line.size(), word.size() + 1));
  return word;
}

// Calls `use(kind, token, rest)` for each line that says something.
template <typename Use>
Result<void> EachLine(std::string_view text, Use use) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty() || line.starts_with('#')) continue;
    std::string_view rest = line;
    const std::string_view kind = NextWord(rest), token = NextWord(rest);
    if (kind.empty() || token.empty() || !use(kind, token, rest))
      return Fail(Errc::kInvalidInput,
                  fmt::format("the directory cannot be read: {} is no line of it", Quoted(line)));
  }
  return {};
}

// A token that is longer than a name may be gives its beginning.
std::string NameOfToken(std::string_view token) {
  constexpr std::size_t kOfToken = 40;
  return SlugOf(token.substr(0, kOfToken)).value_or("");
}

bool IsLetterOrDigit(utf8proc_int32_t point) {
  const auto category = utf8proc_category(point);
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         category == UTF8PROC_CATEGORY_ND;
}

}  // namespace

std::string KeyOf(std::string_view name) {
  std::string key;
  EachCharacter(Fold(name), [&](utf8proc_int32_t point, std::string_view bytes) {
    if (IsLetterOrDigit(point)) key += bytes;
  });
  return key;
}

Result<void> Directory::AddWellKnown(std::string_view text) {
  std::map<Board, std::string> by_board;
  std::map<std::string, std::string> by_name;
  std::string twice;
  CHECK_OK(EachLine(text, [&](auto kind, auto token, auto shown) {
    const auto name = SlugOf(shown);
    if (!name) return false;
    const auto [same, is_new] = by_board.emplace(BoardOf(kind, token), shown);
    if (!is_new && twice.empty())
      twice = fmt::format("{} and {} are both on {} {}", same->second, shown, kind, token);
    const auto [namesake, has_own] = by_name.emplace(*name, shown);
    if (!has_own && twice.empty())
      twice = fmt::format("{} and {} would both be followed as {}", namesake->second, shown, *name);
    const std::size_t company = companies_.size();
    companies_.push_back({std::string(kind), std::string(token), std::string(shown)});
    sought_.push_back({KeyOf(shown), company});
    if (std::string key = KeyOf(token); key != sought_.back().key)
      sought_.push_back({std::move(key), company});
    return true;
  }));
  if (!twice.empty()) return Fail(Errc::kInvalidInput, "the directory cannot be read: " + twice);
  well_known_ = companies_.size();
  return {};
}

Result<void> Directory::AddBoards(std::string_view text) {
  std::set<Board> taken;
  for (const Company& one : companies_) taken.insert(BoardOf(one.kind, one.token));
  return EachLine(text, [&](auto kind, auto token, auto rest) {
    if (!rest.empty() || NameOfToken(token).empty()) return false;
    if (!taken.insert(BoardOf(kind, token)).second) return true;
    sought_.push_back({KeyOf(token), companies_.size()});
    companies_.push_back({std::string(kind), std::string(token), ""});
    return true;
  });
}

Result<Directory> Directory::Read(std::string_view well_known, std::string_view boards) {
  Directory directory;
  CHECK_OK(directory.AddWellKnown(well_known));
  CHECK_OK(directory.AddBoards(boards));
  return directory;
}

KnownCompany Directory::At(std::size_t company) const {
  const auto& [kind, token, display_name] = companies_.at(company);
  std::string name = display_name.empty() ? NameOfToken(token) : SlugOf(display_name).value_or("");
  std::string shown = display_name.empty() ? ShownName("", name) : display_name;
  return {.name = std::move(name),
          .display_name = std::move(shown),
          .kind = kind,
          .token = token,
          .well_known = IsWellKnown(company)};
}

std::vector<KnownCompany> Directory::WellKnown() const {
  std::vector<KnownCompany> all;
  for (std::size_t company = 0; company < well_known_; ++company) all.push_back(At(company));
  std::ranges::sort(all, {}, &KnownCompany::name);
  return all;
}

std::optional<KnownCompany> Directory::FindWellKnown(std::string_view name) const {
  for (std::size_t company = 0; company < well_known_; ++company)
    if (KnownCompany one = At(company); one.name == name) return one;
  return std::nullopt;
}

std::optional<KnownCompany> Directory::FindOnBoard(std::string_view kind,
                                                   std::string_view token) const {
  for (std::size_t company = 0; company < companies_.size(); ++company)
    if (companies_[company].token == token && companies_[company].kind == kind) return At(company);
  return std::nullopt;
}

}  // namespace rolecall
