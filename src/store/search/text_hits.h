// Which jobs of a user fit the plain words of a query, by an index, slips of the fingers forgiven.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "search/job_index.h"
#include "search/sought_words.h"
#include "search/text_index.h"
#include "store/search/user_roll.h"

namespace rolecall {

// How well a job fits: by how its least word does.
enum class TextFit : std::uint8_t {
  kNot,
  kForgiven,  // where a word has few hits as it was typed, beside those
  kText,      // a word of its description
  kPlaces,    // a word of its places
  kBegins,    // a word of title or company begins with it
  kWhole,     // it is a word of title or company
};

// "kuberntes", and what was looked for instead.
struct CorrectedText {
  std::string from, to;
  bool operator==(const CorrectedText&) const = default;
};

struct TextHit {
  std::uint32_t place = 0;  // of the job on the roll
  TextFit fit = TextFit::kNot;
};

struct TextHits {
  std::shared_ptr<const UserRoll> roll;
  std::vector<TextHit> hits;  // in the order of the roll
  std::optional<CorrectedText> corrected;
  bool lacks_texts = false;  // some descriptions were not looked through as they are

  const RolledJob& JobOf(const TextHit& hit) const { return roll->jobs[hit.place]; }
  TextFit FitOf(std::int64_t job_id) const;
  bool HasPlace(std::uint32_t place) const;
};

enum class Slips : std::uint8_t {
  kForgiven,
  kForgivenWhereNone,  // of a word without any hit alone
  kKept
};

// Of all that stand on the user's roll, whatever their status. A word that has hits enough is taken
// as it is; one with fewer than three, and few in descriptions, is corrected to a word of titles,
// places and companies of the user's own jobs, one that jobs with the other words have where there
// is any: `kubrne` to kubernetes. Without an index of texts, descriptions are not looked through.
// Errors are those of the index.
Result<TextHits> FindText(JobIndex& index, TextIndex* texts, std::shared_ptr<const UserRoll> roll,
                          const SoughtWords& sought, Slips slips);

}  // namespace rolecall
