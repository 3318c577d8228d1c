// Which texts of places a search takes, and how many jobs of a search have each: of these come the
// facets of places and of remote work.
#pragma once

#include <cstdint>
#include <vector>

#include "search/place_table.h"
#include "search/sought_words.h"
#include "store/users/job_search.h"

namespace rolecall {

// What of a search's words about places a text fits; also what is not sought.
struct PlacesFit {
  bool text = true;    // of "place:"
  bool names = true;   // of "in:"
  bool remote = true;  // of "remote"

  bool all() const { return text && names && remote; }
};

// Must outlive neither.
class PlaceTally {
 public:
  PlaceTally(const SoughtWords& words, const PlaceTable& table) : words_(words), table_(table) {}

  // Of a text that the table has by now.
  PlacesFit FitOf(std::uint32_t text);

  // So many more jobs, of which `text` fits and all fits that is not about places.
  void Add(std::uint32_t text, std::int64_t jobs);

  // Names of places, whatever names are asked for, and remote work, whether it is asked for or not.
  void AddFacets(JobsFound& found);

 private:
  PlacesFit Compare(const PlaceText& text) const;
  bool IsSought(const PlaceName& name) const;

  const SoughtWords& words_;
  const PlaceTable& table_;
  std::vector<PlacesFit> fits_;     // of as many texts as were asked for
  std::vector<std::int64_t> jobs_;  // by text
};

}  // namespace rolecall
