// One term of a title filter, compiled: a word with its boundaries, or an expression within its
// budget.
#pragma once

#include <re2/re2.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/text.h"

namespace rolecall {

struct TitleTerm {
  std::string written;  // as the user wrote it
  std::string folded;
  bool begins_word = false;  // a boundary is asked for before it
  bool ends_word = false;
  std::unique_ptr<re2::RE2> expression;  // instead of `folded`

  // `folded_title` as PlainTitle makes it.
  bool Matches(const std::string& title, const std::string& folded_title) const;

  // Of a word: where in such a title it first is, npos where it is not.
  std::size_t FindWord(std::string_view folded_title) const;
};

// Whether a term is /…/.
bool IsExpression(std::string_view written);

// A line as terms are compared with it: case and accents folded, typed plainly.
std::string PlainTitle(std::string_view line);
Traced TracePlainTitle(std::string_view line);

// What was written as whole words, whatever signs it has: '*' and /…/ are no more than they look
// like. Of a text that names no letter it matches anything.
TitleTerm WholeWords(std::string_view written);

// kInvalidInput, naming the term, on an empty one, on an expression that RE2 refuses, and on one
// that takes more memory than an expression may. Of equal expressions one is compiled, and kept for
// filters to come. Safe to call from several threads.
Result<std::shared_ptr<const TitleTerm>> CompileTerm(const std::string& written);

}  // namespace rolecall
