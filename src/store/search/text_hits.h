// Which jobs of a user fit the plain words of a query, by an index, slips of the fingers forgiven.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "search/job_index.h"
#include "search/sought_words.h"
#include "store/search/user_roll.h"

namespace rolecall {

// How well a job fits: by how its least word does.
enum class TextFit : std::uint8_t {
  kNot,
  kForgiven,  // where a word has few hits as it was typed, beside those
  kPlaces,    // a word of its places
  kBegins,    // a word of title or company begins with it
  kWhole,     // it is a word of title or company
};

// "kuberntes", and what was looked for instead.
struct CorrectedText {
  std::string from, to;
  bool operator==(const CorrectedText&) const = default;
};

struct TextHits {
  std::vector<std::int64_t> ids;  // in their order
  std::vector<TextFit> fits;      // of each
  std::optional<CorrectedText> corrected;

  TextFit FitOf(std::int64_t job_id) const;
};

enum class Slips : std::uint8_t { kForgiven, kKept };

// Of all that stand on the user's roll, whatever their status. A word that has hits enough is taken
// as it is; one with fewer than three is corrected to a word of the user's own jobs, one that jobs
// with the other words have where there is any: `kubrne` to kubernetes. Errors are those of the
// index.
Result<TextHits> FindText(JobIndex& index, const UserRoll& roll, const SoughtWords& sought,
                          Slips slips);

}  // namespace rolecall
