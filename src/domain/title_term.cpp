// Compiles terms: folds them, and looks for them where words begin and end, in any script.
// Expressions are kept, since filters of many users and runs hold the same.
#include "domain/title_term.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <array>
#include <list>
#include <map>
#include <utility>

#include "base/guarded.h"
#include "base/text.h"
#include "base/word_characters.h"

namespace rolecall {
namespace {

// Whether the character that begins at `at` is a letter or digit; false at the end.
bool WordAt(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  utf8proc_int32_t point = 0;
  utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                   static_cast<utf8proc_ssize_t>(text.size() - at), &point);
  return point >= 0 && IsWordCharacter(point);
}

// Whether the character that ends before `at` is a letter or digit; false at the beginning.
bool WordBefore(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  do {
    --at;
  } while (at > 0 && (text[at] & 0xC0) == 0x80);
  return WordAt(text, at);
}

// Gives the text the apostrophe and the hyphen that a keyboard has. Calls `note(at, bytes)` for so
// many bytes of which the one at `at` is left.
template <typename Note>
void TypePlainly(std::string& text, Note note) {
  static constexpr std::array kTypographic{std::pair("\u2019", "'"), std::pair("\u2010", "-"),
                                           std::pair("\u2011", "-")};
  for (const auto& [fine, plain] : kTypographic)
    for (std::size_t at = text.find(fine); at != std::string::npos; at = text.find(fine, at + 1)) {
      text.replace(at, std::string_view(fine).size(), plain);
      note(at, std::string_view(fine).size());
    }
}

// What a program of RE2 and its states may take, in bytes: a filter is no place for more, and what
// takes longer to refuse than this holds everybody else up.
constexpr std::int64_t kMostExpressionMemory = 128 << 10;
constexpr std::size_t kMostKept = 500;

using KeptTerm = std::shared_ptr<const TitleTerm>;

// The expressions that were compiled last.
struct Kept {
  std::list<KeptTerm> newest_first{};
  std::map<std::string_view, std::list<KeptTerm>::iterator> by_text{};
};

Guarded<Kept>& AllKept() {
  static Guarded<Kept> kept;
  return kept;
}

KeptTerm FindKept(const std::string& written) {
  return AllKept().With([&](Kept& kept) -> KeptTerm {
    const auto found = kept.by_text.find(written);
    if (found == kept.by_text.end()) return nullptr;
    kept.newest_first.splice(kept.newest_first.begin(), kept.newest_first, found->second);
    return kept.newest_first.front();
  });
}

void Keep(const KeptTerm& term) {
  AllKept().With([&](Kept& kept) {
    if (kept.by_text.contains(term->written)) return;
    kept.newest_first.push_front(term);
    kept.by_text.emplace(term->written, kept.newest_first.begin());
    if (kept.newest_first.size() <= kMostKept) return;
    kept.by_text.erase(kept.newest_first.back()->written);
    kept.newest_first.pop_back();
  });
}

Result<KeptTerm> CompileExpression(const std::string& written) {
  if (auto kept = FindKept(written)) return kept;
  re2::RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_max_mem(kMostExpressionMemory);
  auto term = std::make_shared<TitleTerm>();
  term->written = written;
  term->expression = std::make_unique<re2::RE2>(written.substr(1, written.size() - 2), options);
  if (term->expression->error_code() == re2::RE2::ErrorPatternTooLarge)
    return Fail(Errc::kInvalidInput,
                fmt::format("the filter {} takes more than {} KiB: repeat less, or name fewer "
                            "kinds of letters",
                            written, kMostExpressionMemory >> 10));
  if (!term->expression->ok())
    return Fail(Errc::kInvalidInput, fmt::format("the filter {} is no regular expression: {}",
                                                 written, term->expression->error()));
  Keep(term);
  return term;
}

Result<KeptTerm> CompileWord(const std::string& written) {
  auto term = std::make_shared<TitleTerm>();
  term->written = written;
  std::string_view text = Trim(written);
  const bool open_start = text.starts_with('*');
  if (open_start) text.remove_prefix(1);
  const bool open_end = text.ends_with('*');
  if (open_end) text.remove_suffix(1);
  term->folded = PlainTitle(OneLine(text));
  if (term->folded.empty())
    return Fail(
        Errc::kInvalidInput,
        fmt::format("the filter \"{}\" names no letter: remove it, or write a word", written));
  term->begins_word = !open_start && WordAt(term->folded, 0);
  term->ends_word = !open_end && WordBefore(term->folded, term->folded.size());
  return term;
}

}  // namespace

bool IsExpression(std::string_view written) {
  return written.size() > 2 && written.starts_with('/') && written.ends_with('/');
}

// Folding makes plain blanks of wide and narrow ones.
std::string PlainTitle(std::string_view line) {
  std::string plain = OneLine(Fold(line));
  TypePlainly(plain, [](std::size_t, std::size_t) {});
  return plain;
}

Traced TracePlainTitle(std::string_view line) {
  const Traced folded = TraceFold(line);
  Traced plain = TraceOneLine(folded.text);
  for (std::size_t& from : plain.from) from = folded.from[from];
  TypePlainly(plain.text, [&](std::size_t at, std::size_t bytes) {
    const auto left = plain.from.begin() + static_cast<std::ptrdiff_t>(at);
    plain.from.erase(left + 1, left + static_cast<std::ptrdiff_t>(bytes));
  });
  return plain;
}

bool TitleTerm::Matches(const std::string& title, const std::string& folded_title) const {
  if (expression)
    return re2::RE2::PartialMatch(title, *expression) ||
           re2::RE2::PartialMatch(folded_title, *expression);
  return FindWord(folded_title) != std::string::npos;
}

std::size_t TitleTerm::FindWord(std::string_view folded_title) const {
  for (std::size_t at = folded_title.find(folded); at != std::string::npos;
       at = folded_title.find(folded, at + 1)) {
    if (begins_word && WordBefore(folded_title, at)) continue;
    if (ends_word && WordAt(folded_title, at + folded.size())) continue;
    return at;
  }
  return std::string::npos;
}

TitleTerm WholeWords(std::string_view written) {
  TitleTerm term;
  term.written = written;
  term.folded = PlainTitle(OneLine(written));
  term.begins_word = WordAt(term.folded, 0);
  term.ends_word = WordBefore(term.folded, term.folded.size());
  return term;
}

Result<std::shared_ptr<const TitleTerm>> CompileTerm(const std::string& written) {
  return IsExpression(written) ? CompileExpression(written) : CompileWord(written);
}

}  // namespace rolecall
