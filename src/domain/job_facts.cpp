// Tells when what a board states of a job is something else than before.
#include "domain/job_facts.h"

#include <re2/re2.h>

#include "base/digest.h"
#include "base/text.h"
#include "domain/board_date.h"

namespace rolecall {

std::string WorkplaceOf(std::string_view word) {
  static const re2::RE2 kRemote(R"(remote|telecommut|work from home)");
  static const re2::RE2 kOnSite(R"(on[ _-]?site|in[ _-]?(?:person|office)|office)");
  const std::string folded = Fold(word);
  if (folded.contains("hybrid")) return "hybrid";
  if (re2::RE2::PartialMatch(folded, kRemote)) return "remote";
  return re2::RE2::PartialMatch(folded, kOnSite) ? "on_site" : "";
}

namespace {

// Of digits and what stands between those of a date, which no words that count back are.
bool IsOfDigits(std::string_view text) {
  return text.find_first_not_of("0123456789-:/.+TZUC ") == std::string_view::npos;
}

}  // namespace

std::string FactsDigest(const JobFacts& facts) {
  if (facts == JobFacts{}) return "";
  const bool stands_for_itself = IsOfDigits(facts.posted) || ReadDate(facts.posted).has_value();
  return Digester()
      .Add(stands_for_itself ? facts.posted : "")
      .Add(facts.workplace)
      .Add(facts.department)
      .Add(facts.salary)
      .Finish();
}

}  // namespace rolecall
