// Keeps the letters of all words side by side, so that they are looked through in one go.
#include "search/vocabulary.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "search/slips.h"

namespace rolecall {
namespace {

// Of folded text, which is whole.
std::u32string LettersOf(std::string_view word) {
  std::u32string letters;
  for (std::size_t at = 0; at < word.size();) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t bytes =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(word.data() + at),
                         static_cast<utf8proc_ssize_t>(word.size() - at), &point);
    if (bytes <= 0) break;
    letters.push_back(static_cast<char32_t>(point));
    at += static_cast<std::size_t>(bytes);
  }
  return letters;
}

std::string WordOf(std::u32string_view letters) {
  std::string word;
  for (const char32_t letter : letters) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(letter), bytes.data());
    word.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
  }
  return word;
}

}  // namespace

void Vocabulary::Add(std::string_view word, std::int64_t jobs) {
  const auto [place, is_new] = places_.try_emplace(std::string(word), entries_.size());
  if (!is_new) {
    entries_[place->second].jobs += jobs;
    return;
  }
  const std::u32string letters = LettersOf(word);
  entries_.push_back({.begin = letters_.size(),
                      .letters = static_cast<std::uint32_t>(letters.size()),
                      .jobs = jobs});
  letters_ += letters;
}

std::vector<NearWord> Vocabulary::Near(std::string_view typed, std::size_t most) const {
  const std::u32string sought = LettersOf(typed);
  const int forgiven = SlipsForgiven(sought.size());
  if (forgiven == 0) return {};
  struct Found {
    SlipCount slips;
    const Entry* entry;
  };
  std::vector<Found> found;
  for (const Entry& entry : entries_) {
    // One that is shorter by more lacks as many letters.
    if (entry.letters + static_cast<std::size_t>(forgiven) < sought.size()) continue;
    const SlipCount slips = CountSlips(
        sought, std::u32string_view(letters_).substr(entry.begin, entry.letters), forgiven);
    if (slips.begun <= forgiven) found.push_back({.slips = slips, .entry = &entry});
  }
  std::ranges::sort(found, {}, [](const Found& one) {
    return std::tuple(one.slips.begun, one.slips.whole, -one.entry->jobs, one.entry->begin);
  });
  if (found.size() > most) found.resize(most);
  std::vector<NearWord> words;
  for (const Found& one : found)
    words.push_back(
        {.word = WordOf(std::u32string_view(letters_).substr(one.entry->begin, one.entry->letters)),
         .begun = one.slips.begun,
         .whole = one.slips.whole,
         .jobs = one.entry->jobs});
  return words;
}

}  // namespace rolecall
