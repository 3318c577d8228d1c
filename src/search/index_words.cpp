// Parts a folded text into words, character by character.
#include "search/index_words.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

#include "base/word_characters.h"
#include "domain/title_term.h"

namespace rolecall {

std::vector<std::string> IndexWords(std::string_view text) {
  const std::string folded = PlainTitle(text);
  std::vector<std::string> words;
  std::string word;
  std::string_view before;  // of a script without blanks: the character that ended last
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  const auto end_run = [&] {
    if (!before.empty()) words.emplace_back(before);
    before = {};
  };
  for (std::size_t at = 0; at < folded.size();) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t bytes =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(folded.data() + at),
                         static_cast<utf8proc_ssize_t>(folded.size() - at), &point);
    // Folded text is whole.
    const std::string_view one =
        std::string_view(folded).substr(at, bytes > 0 ? static_cast<std::size_t>(bytes) : 1);
    at += one.size();
    if (IsWrittenOn(point)) {
      end_word();
      if (!before.empty()) words.push_back(fmt::format("{}{}", before, one));
      before = one;
      continue;
    }
    end_run();
    if (IsWordCharacter(point) || ((one == "+" || one == "#") && !word.empty()))
      word += one;
    else
      end_word();
  }
  end_word();
  end_run();
  return words;
}

std::string AsIndexWords(std::string_view text) {
  return fmt::format("{}", fmt::join(IndexWords(text), " "));
}

bool StandAmong(const std::vector<std::string>& sought, const std::vector<std::string>& held) {
  return std::ranges::all_of(sought, [&](const std::string& word) {
    const bool is_last = &word == &sought.back();
    return std::ranges::any_of(held, [&](const std::string& one) {
      return is_last ? one.starts_with(word) : one == word;
    });
  });
}

}  // namespace rolecall
