// Ranks the companies of a directory by how near they are to what was typed. All of them are looked
// at: most are left aside by the letters that they lack, before anything is compared.
#include "directory/search_directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "base/text.h"
#include "domain/company_name.h"

namespace rolecall {
namespace {

// The nearest first.
enum class Nearness : std::uint8_t {
  kSame,
  kSameButForEnding,  // "Stripe, Inc.", and boxinc for "box"
  kBegins,            // "cockroach"
  kOneEdit,
  kTwoEdits,
  kNearlyBegins,  // "cokroach"
  kHolds,         // "motors"
};

constexpr std::size_t kLeastBeginning = 3;  // letters, as all below
constexpr std::size_t kLeastNearBeginning = 6;
constexpr std::size_t kLeastHeld = 4;
constexpr std::size_t kLeastBeforeEnding = 3;

// Of shorter words, another is soon another company.
std::size_t BearableEdits(std::size_t letters) { return letters < 4 ? 0 : letters < 7 ? 1 : 2; }

// What companies and their boards put behind a name.
std::string_view WithoutEnding(std::string_view key) {
  constexpr auto kEndings =
      std::to_array<std::string_view>({"careers", "limited", "company", "gmbh", "jobs", "corp",
                                       "inc", "llc", "ltd", "com", "usa", "hq", "ai", "io"});
  for (const std::string_view ending : kEndings)
    if (key.size() >= ending.size() + kLeastBeforeEnding && key.ends_with(ending))
      return key.substr(0, key.size() - ending.size());
  return key;
}

// Which letters and digits a key holds; others share a bit.
std::uint64_t LettersOf(std::string_view key) {
  std::uint64_t letters = 0;
  for (const char c : key)
    letters |= std::uint64_t{1} << (c >= 'a' && c <= 'z'   ? c - 'a'
                                    : c >= '0' && c <= '9' ? 26 + (c - '0')
                                                           : 40);
  return letters;
}

// Edits between a word and each beginning of another, a swap of neighbours counting as one: of its
// first n bytes at n. (The optimal string alignment of Damerau's distance.)
std::vector<std::size_t> EditsToBeginnings(std::string_view word, std::string_view other) {
  std::vector<std::size_t> two_above(other.size() + 1), above(other.size() + 1);
  std::vector<std::size_t> row(other.size() + 1);
  for (std::size_t j = 0; j <= other.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= word.size(); ++i) {
    std::swap(two_above, above);
    std::swap(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= other.size(); ++j) {
      row[j] = std::min(
          {above[j] + 1, row[j - 1] + 1, above[j - 1] + (word[i - 1] == other[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1])
        row[j] = std::min(row[j], two_above[j - 2] + 1);
    }
  }
  return row;
}

// A form of what was typed.
class TypedForm {
 public:
  explicit TypedForm(std::string_view key)
      : key_(key), bearable_(BearableEdits(key.size())), letters_(LettersOf(key)) {}

  // Nothing where the other is not near.
  std::optional<Nearness> NearnessOf(std::string_view other) const {
    if (other == key_) return Nearness::kSame;
    // An edit makes up for one letter at most.
    if (static_cast<std::size_t>(std::popcount(letters_ & ~LettersOf(other))) > bearable_)
      return std::nullopt;
    const std::string_view core = WithoutEnding(other);
    if (core == key_) return Nearness::kSameButForEnding;
    if (key_.size() >= kLeastBeginning && other.starts_with(key_)) return Nearness::kBegins;
    if (const auto slip = SlipIn(other, core.size())) return slip;
    if (key_.size() >= kLeastHeld && other.contains(key_)) return Nearness::kHolds;
    return std::nullopt;
  }

 private:
  std::optional<Nearness> SlipIn(std::string_view other, std::size_t core) const {
    const std::size_t looked_at = std::min(other.size(), key_.size() + bearable_);
    if (bearable_ == 0 || looked_at + bearable_ < key_.size()) return std::nullopt;
    const auto edits = EditsToBeginnings(key_, other.substr(0, looked_at));
    std::size_t fewest = bearable_ + 1;
    for (const std::size_t size : {other.size(), core})
      if (size <= looked_at) fewest = std::min(fewest, edits[size]);
    if (fewest <= bearable_) return fewest == 1 ? Nearness::kOneEdit : Nearness::kTwoEdits;
    if (key_.size() >= kLeastNearBeginning && std::ranges::min(edits) <= 1)
      return Nearness::kNearlyBegins;
    return std::nullopt;
  }

  std::string_view key_;
  std::size_t bearable_;
  std::uint64_t letters_;
};

// As it was typed, and without its ending; nothing where neither is near.
std::optional<Nearness> NearerOf(const TypedForm& whole, const TypedForm& core,
                                 std::string_view other) {
  const auto of_whole = whole.NearnessOf(other), of_core = core.NearnessOf(other);
  if (!of_core) return of_whole;
  const Nearness but_for_ending = std::max(*of_core, Nearness::kSameButForEnding);
  return of_whole ? std::min(*of_whole, but_for_ending) : but_for_ending;
}

Result<std::string> ReadTyped(std::string_view typed) {
  CHECK_OK(CheckShownName(typed));
  if (!IsWhole(typed) || WithoutSteering(typed) != typed)
    return Fail(
        Errc::kInvalidInput,
        fmt::format("{} holds what no name can hold: write it as plain text", Quoted(typed)));
  std::string key = KeyOf(typed);
  if (key.empty())
    return Fail(Errc::kInvalidInput,
                fmt::format("{} holds no letter and no digit to look for: write the name of a "
                            "company",
                            Quoted(typed)));
  return key;
}

}  // namespace

Result<std::vector<KnownCompany>> SearchDirectory(const Directory& directory,
                                                  std::string_view typed, int limit) {
  TRY(const std::string key, ReadTyped(typed));
  const TypedForm whole(key), core(WithoutEnding(key));
  // Well-known ones stand first in the directory, and their forms side by side: so each is found
  // once, by its nearer form.
  using Rank = std::tuple<Nearness, bool, std::size_t, std::size_t>;
  std::map<std::size_t, Rank> found;
  for (const auto& [form, company] : directory.sought()) {
    const auto nearness = NearerOf(whole, core, form);
    if (!nearness) continue;
    const std::size_t apart = std::max(form.size(), key.size()) - std::min(form.size(), key.size());
    const Rank rank(*nearness, !directory.IsWellKnown(company), apart, company);
    const auto [before, is_new] = found.emplace(company, rank);
    if (!is_new) before->second = std::min(before->second, rank);
  }
  std::vector<Rank> ranks;
  for (const auto& [company, rank] : found) ranks.push_back(rank);
  std::ranges::sort(ranks);
  std::vector<KnownCompany> nearest;
  for (const Rank& rank : ranks) {
    if (nearest.size() == static_cast<std::size_t>(std::clamp(limit, 0, kMostFound))) break;
    nearest.push_back(directory.At(std::get<3>(rank)));
  }
  return nearest;
}

std::vector<KnownCompany> KnownAs(const Directory& directory, std::string_view name) {
  const std::string key = KeyOf(name);
  std::vector<std::size_t> companies;
  if (key.empty()) return {};
  for (const auto& [form, company] : directory.sought())
    if (form == key) companies.push_back(company);
  std::vector<KnownCompany> known;
  for (const std::size_t company : companies) known.push_back(directory.At(company));
  return known;
}

}  // namespace rolecall
