// Parts a text at its blanks, and what is between them, folded, character by character; ASCII, as
// most is, by its bytes.
#include "search/index_words.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

#include "base/word_characters.h"
#include "domain/title_term.h"

namespace rolecall {

namespace {

constexpr std::string_view kBlanks = " \n\r\t";

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > 0; });
}

// Calls `look(word)`, which is valid for as long as the call.
template <typename Look>
void EachOfAscii(std::string_view text, std::string& word, Look look) {
  word.clear();
  for (const char c : text) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool goes_on = is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                         ((c == '+' || c == '#') && !word.empty());
    if (goes_on) {
      word += is_upper ? static_cast<char>(c + ('a' - 'A')) : c;
    } else if (!word.empty()) {
      look(word);
      word.clear();
    }
  }
  if (!word.empty()) look(word);
}

std::vector<std::string> WordsOfAny(std::string_view text) {
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

}  // namespace

void EachIndexWord(std::string_view text, const std::function<void(const std::string&)>& look) {
  std::string word;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (IsAscii(part))
      EachOfAscii(part, word, look);
    else
      for (const std::string& one : WordsOfAny(part)) look(one);
  }
}

std::vector<std::string> IndexWords(std::string_view text) {
  std::vector<std::string> words;
  EachIndexWord(text, [&](const std::string& word) { words.push_back(word); });
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
