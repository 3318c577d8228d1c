// Reads what is looked for, word by word.
#include "search/sought_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "domain/stated_places.h"
#include "search/index_words.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostSoughtWords = 64;  // words of one query: the others are not looked for

constexpr std::size_t kMostParts = 12;  // of one word, "node.js" has two: as above

// The next word of the text, or what stands within quotes, and where it goes on.
struct NextWord {
  std::string_view before;  // in front of the quote: "-" or "company:"
  std::string_view text;
  bool is_quoted = false;
  std::size_t end = 0;
};

NextWord NextIn(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.find(' ', at), text.size());
  const std::size_t quote = text.find('"', at);
  if (quote >= end) return {.before = {}, .text = text.substr(at, end - at), .end = end};
  const std::string_view before = text.substr(at, quote - at);
  // Within a word a quote is a sign like others: 15" is a size.
  if (!before.empty() && before != "-" && !before.ends_with(':'))
    return {.before = {}, .text = text.substr(at, end - at), .end = end};
  const std::size_t closed = std::min(text.find('"', quote + 1), text.size());
  return {.before = before,
          .text = text.substr(quote + 1, closed - quote - 1),
          .is_quoted = true,
          .end = std::min(closed + 1, text.size())};
}

// "Acme Foods" and "acme-foods" are one.
std::string AsSlugged(std::string text) {
  std::ranges::replace(text, ' ', '-');
  return text;
}

bool HoldsAny(std::string_view text, const std::vector<std::string>& any) {
  return any.empty() || std::ranges::any_of(any, [&](const std::string& one) {
           return text.find(one) != std::string_view::npos;
         });
}

}  // namespace

SoughtWords::SoughtWords(std::string_view text) : line_(OneLine(Mend(std::string(text)).text)) {
  const std::string_view line = line_;
  std::size_t read = 0;
  for (std::size_t at = 0; at < line.size() && read < kMostSoughtWords; ++read) {
    const NextWord next = NextIn(line, at);
    const SoughtWord place{.parts = {}, .begin = at, .end = next.end};
    at = next.end;
    while (at < line.size() && line[at] == ' ') ++at;
    if (next.is_quoted && next.before.ends_with(':')) {
      if (!AddOperator(Fold(next.before.substr(0, next.before.size() - 1)), next.text))
        Add(place, fmt::format("{}{}", next.before, next.text), true, false);
      continue;
    }
    const bool is_excluded =
        next.is_quoted ? next.before == "-" : next.text.starts_with('-') && next.text.size() > 1;
    Add(place, is_excluded && !next.is_quoted ? next.text.substr(1) : next.text, next.is_quoted,
        is_excluded);
  }
}

void SoughtWords::Add(const SoughtWord& place, std::string_view written, bool is_quoted,
                      bool is_excluded) {
  if (!is_quoted && !is_excluded) {
    const auto colon = written.find(':');
    if (colon != std::string_view::npos &&
        AddOperator(Fold(written.substr(0, colon)), written.substr(colon + 1)))
      return;
    if (Fold(written) == "remote") {
      remote_ = true;
      return;
    }
  }
  SoughtWord word = place;
  word.parts = IndexWords(OneLine(written));
  if (word.parts.empty()) return;
  if (word.parts.size() > kMostParts) word.parts.resize(kMostParts);
  if (is_quoted || is_excluded)
    (is_excluded ? excluded_ : exact_).push_back(WholeWords(written));
  else
    words_.push_back(std::move(word));
}

// False where there is none of that name, or it says nothing.
bool SoughtWords::AddOperator(std::string_view name, std::string_view value) {
  const std::string folded = PlainTitle(OneLine(value));
  if (folded.empty()) return false;
  if (name == "company") {
    companies_.push_back(AsSlugged(folded));
  } else if (name == "place") {
    places_.push_back(folded);
  } else if (name == "in") {
    names_.push_back(folded);
  } else if (name == "since") {
    since_ = std::string(value);
  } else if (name == "is" && folded == "new") {
    wants_new_ = true;
  } else if (name == "is" && folded == "hidden") {
    wants_hidden_ = true;
  } else if (name == "is" && folded == "applied") {
    wants_applied_ = true;
  } else if (name == "is" && folded == "remote") {
    remote_ = true;
  } else {
    return false;
  }
  return true;
}

bool SoughtWords::empty() const {
  return words_.empty() && exact_.empty() && excluded_.empty() && companies_.empty() &&
         !WantPlaces() && !wants_new_ && !wants_hidden_ && !wants_applied_;
}

bool SoughtWords::AreWordsAndPlacesAlone() const {
  return exact_.empty() && excluded_.empty() && companies_.empty();
}

bool SoughtWords::HavePlace(std::string_view folded) const { return HoldsAny(folded, places_); }

bool SoughtWords::FitPlaces(const SoughtJob& job) const {
  if (remote_ && !IsRemote({.places = job.places, .workplace = job.workplace})) return false;
  if (!places_.empty() && !HavePlace(PlainTitle(OneLine(job.places)))) return false;
  return names_.empty() || std::ranges::any_of(PlaceNamesIn(job.places), [&](const auto& name) {
           return std::ranges::find(names_, PlainTitle(name)) != names_.end();
         });
}

bool SoughtWords::FitBesidesWords(const SoughtJob& job) const {
  return FitBesidesWordsAndPlaces(job) && FitPlaces(job);
}

bool SoughtWords::FitBesidesWordsAndPlaces(const SoughtJob& job) const {
  if (wants_new_ && !job.is_new) return false;
  if (!companies_.empty() && !HoldsAny(job.company, companies_)) return false;
  if (exact_.empty() && excluded_.empty()) return true;
  // A border that no word holds, so that none is found across it.
  const std::string all = fmt::format("{}\n{}\n{}", PlainTitle(OneLine(job.title)), job.company,
                                      PlainTitle(OneLine(job.places)));
  const auto stands = [&](const TitleTerm& term) {
    return term.FindWord(all) != std::string::npos;
  };
  return std::ranges::all_of(exact_, stands) && std::ranges::none_of(excluded_, stands);
}

bool SoughtWords::HaveWords(const SoughtJob& job) const {
  return StandIn(fmt::format("{}\n{}\n{}", job.title, job.company, job.places));
}

bool SoughtWords::Fit(const SoughtJob& job) const { return FitBesidesWords(job) && HaveWords(job); }

bool SoughtWords::StandInTitle(const SoughtJob& job) const {
  return StandIn(fmt::format("{}\n{}", job.title, job.company));
}

bool SoughtWords::StandIn(std::string_view text) const {
  if (words_.empty()) return true;
  const std::vector<std::string> held = IndexWords(text);
  return std::ranges::all_of(words_,
                             [&](const SoughtWord& word) { return StandAmong(word.parts, held); });
}

}  // namespace rolecall
