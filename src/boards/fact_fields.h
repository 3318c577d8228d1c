// Where an entry states the facts of a job, and what they are put together to.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "boards/definition_table.h"
#include "boards/json_pointer.h"
#include "boards/text_parts.h"
#include "domain/job_facts.h"

namespace rolecall {

// What may stand at a place of its own. Remote, hybrid and on-site are truths there.
enum class StatedFact : std::uint8_t {
  kPosted,
  kWorkplace,
  kRemote,
  kHybrid,
  kOnSite,
  kSalary,  // in words
  kLeast,   // of a salary in numbers
  kMost,
  kCurrency,
  kPer,
};
inline constexpr std::size_t kStatedFacts = static_cast<std::size_t>(StatedFact::kPer) + 1;

// Whether true or false stands there, and nothing else counts.
bool IsTruth(StatedFact fact);

// The key at or below which it is said where that stands.
std::string_view KeyOfFact(StatedFact fact);

struct FactField {
  StatedFact fact;
  Pointer at;
};

struct FactFields {
  std::vector<FactField> single;
  TextParts department;

  bool empty() const { return single.empty() && department.empty(); }
};

// The keys `posted`, `workplace`, `department` and `salary` of the table.
Result<FactFields> ReadFactFields(DefinitionTable& fields, std::string_view origin);

// One of the keys that are stated; `fields` is not empty.
std::string_view KeyOfAnyFact(const FactFields& fields);

// What was found of them in one entry; truths as JSON writes them.
struct FactTexts {
  std::array<std::string, kStatedFacts> single{};
  std::vector<Piece> department{};

  std::string& operator[](StatedFact fact) { return single[static_cast<std::size_t>(fact)]; }
};

JobFacts FactsOf(const FactFields& fields, FactTexts texts);

}  // namespace rolecall
