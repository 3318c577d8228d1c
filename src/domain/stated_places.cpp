// Reads places as boards write them: borders between places, commas between their names.
#include "domain/stated_places.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/text.h"
#include "domain/places.h"
#include "domain/title_term.h"

namespace rolecall {

bool SaysRemote(std::string_view place) {
  static const re2::RE2 kRemote(
      R"(\b(?:remote|remoto|home[ -]?office|home[ -]?based|telework\w*|telecommut\w*|work from home|)"
      R"(wfh|work from anywhere|anywhere|teletravail|teletrabajo)\b)");
  static const re2::RE2 kButNot(R"(\b(?:hybrid\w*|no[nt]?[ -]remote|remote[ -]?not)\b)");
  const std::string folded = PlainTitle(OneLine(place));
  return re2::RE2::PartialMatch(folded, kRemote) && !re2::RE2::PartialMatch(folded, kButNot);
}

bool NamesNoPlace(std::string_view folded) {
  static const re2::RE2 kUnnamed(
      R"((?:\d+\+?|multiple|several|various|many|all|other|mehrere|verschiedene)?[ :]*)"
      R"((?:more )?(?:locations?|places|cities|sites|offices|orte|standorte|more|others?)?[ :]*\d*|)"
      R"(multiple|several|various|n/?a|tb[adc]|to be (?:determined|announced|confirmed)|)"
      R"(unspecified|not specified|see description|global|worldwide|international|-+|\*+)");
  return re2::RE2::FullMatch(folded, kUnnamed);
}

std::vector<std::string> EachPlaceOf(std::string line) {
  // In capitals OR is Oregon.
  static const re2::RE2 kBorder(R"( ?[|;] ?| / | or | \+ ?)");
  re2::RE2::GlobalReplace(&line, kBorder, "; ");
  return PlacesIn(line);
}

bool IsRemote(const StatedPlaces& stated) {
  return stated.workplace == "remote" ||
         std::ranges::any_of(EachPlaceOf(OneLine(stated.places)), SaysRemote);
}

namespace {

// "Hybrid, Bern": how one works there, and no place.
bool SaysHowOneWorks(std::string_view folded) {
  static const re2::RE2 kHow(R"(hybrid.*|(?:on|in)[ -]?(?:site|office|person)|flexible)");
  return re2::RE2::FullMatch(folded, kHow);
}

bool IsPlaceName(std::string_view name) {
  // With a quote no query could ask for it.
  if (name.empty() || name.contains('"') || SaysRemote(name)) return false;
  const std::string folded = PlainTitle(name);
  return !NamesNoPlace(folded) && !SaysHowOneWorks(folded);
}

}  // namespace

std::vector<std::string> PlaceNamesIn(std::string_view places) {
  std::vector<std::string> names;
  for (const std::string& place : EachPlaceOf(OneLine(places))) {
    std::string_view rest = place;
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view name = Trim(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      if (IsPlaceName(name)) names.emplace_back(name);
    }
  }
  return names;
}

}  // namespace rolecall
