// The words that an index holds, in memory, and which of them a typed one may have meant.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rolecall {

// A word, and how far it is from what was typed.
struct NearWord {
  std::string word;
  int begun = 0, whole = 0;  // slips, as SlipCount has them
  std::int64_t jobs = 0;     // that have it

  bool IsAsNearAs(const NearWord& other) const {
    return begun == other.begun && whole == other.whole;
  }
};

class Vocabulary {
 public:
  // Counts on where the word is there.
  void Add(std::string_view word, std::int64_t jobs);

  std::size_t size() const { return entries_.size(); }

  // Words that the typed one, or a word that begins with it, is few slips from: the nearest first,
  // then the most frequent; at most `most`. None where it is too short to be forgiven anything.
  std::vector<NearWord> Near(std::string_view typed, std::size_t most) const;

 private:
  struct Entry {
    std::size_t begin;  // in letters_
    std::uint32_t letters;
    std::int64_t jobs;
  };

  std::u32string letters_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> places_;  // in entries_
};

}  // namespace rolecall
