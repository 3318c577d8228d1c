// Words hold no quote.
#include "search/index_term.h"

#include <fmt/format.h>

#include <utility>

namespace rolecall {
namespace {

std::string ExpressionOf(const IndexTerm& term) {
  switch (term.match) {
    case WordMatch::kWhole:
      return fmt::format("\"{}\"", term.word);
    case WordMatch::kBeginning:
      return fmt::format("\"{}\" *", term.word);
    case WordMatch::kLonger:
      return fmt::format("(\"{0}\" * NOT \"{0}\")", term.word);
  }
  std::unreachable();
}

}  // namespace

std::string ExpressionOf(const std::vector<IndexTerm>& terms) {
  std::string all;
  for (const IndexTerm& term : terms)
    all += fmt::format("{}{}", all.empty() ? "" : " AND ", ExpressionOf(term));
  return all;
}

}  // namespace rolecall
