// What single vendors do, in one table of names.
#include "boards/quirks.h"

#include <array>

#include "base/text.h"

namespace rolecall {
namespace {

// Several places in one field, with that between them.
void PartPlaces(ListedJob& job, char between) {
  std::string places;
  std::string_view rest = job.location;
  while (!rest.empty()) {
    const auto border = rest.find(between);
    const std::string_view place = Trim(rest.substr(0, border));
    if (!place.empty()) places += (places.empty() ? "" : "; ") + std::string(place);
    if (border == std::string_view::npos) break;
    rest.remove_prefix(border + 1);
  }
  job.location = std::move(places);
}

// "Berlin;Paris ; Rome" → "Berlin; Paris; Rome".
void PlacesBySemicolon(ListedJob& job) { PartPlaces(job, ';'); }

// "US-IL-Chicago | US-TX-Austin" → "US-IL-Chicago; US-TX-Austin".
void PlacesByBar(ListedJob& job) { PartPlaces(job, '|'); }

// "…/results/7" and "Cook, Köln" → "…/results/7-cook-koln": addresses that end with the title's
// words.
void TitleInUrl(ListedJob& job) {
  std::string words;
  for (const char c : Fold(job.title))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      words += c;
    else if (!words.empty() && words.back() != '-')
      words += '-';
  while (words.ends_with('-')) words.pop_back();
  if (!words.empty()) job.url += "-" + words;
}

// "Cook (m/w/d) (Köln, DE)" → "Cook (m/w/d)", where the job's place is that one and no other.
void PlaceOffTitle(ListedJob& job) {
  const std::string_view title = job.title;
  if (job.location.empty() || !title.ends_with(')')) return;
  for (auto at = title.find('(', 1); at != std::string_view::npos; at = title.find('(', at + 1)) {
    const std::string_view place = title.substr(at + 1, title.size() - at - 2);
    if (Fold(OneLine(place)) != Fold(job.location)) continue;
    const std::string_view rest = Trim(title.substr(0, at));
    if (!rest.empty()) job.title = std::string(rest);
    return;
  }
}

// "Anyang, KOR<br/>" → "Anyang, KOR".
void PlacesWithoutBreaks(ListedJob& job) {
  for (const std::string_view mark : {"<br/>", "<br />", "<br>"})
    for (auto at = job.location.find(mark); at != std::string::npos; at = job.location.find(mark))
      job.location.erase(at, mark.size());
}

struct Named {
  std::string_view name;
  Quirk quirk;
};
constexpr std::array kQuirks{
    Named{"place_off_title", PlaceOffTitle}, Named{"places_by_bar", PlacesByBar},
    Named{"places_by_semicolon", PlacesBySemicolon},
    Named{"places_without_breaks", PlacesWithoutBreaks}, Named{"title_in_url", TitleInUrl}};

}  // namespace

std::optional<Quirk> FindQuirk(std::string_view name) {
  for (const Named& one : kQuirks)
    if (one.name == name) return one.quirk;
  return std::nullopt;
}

std::vector<std::string> QuirkNames() {
  std::vector<std::string> names;
  for (const Named& one : kQuirks) names.emplace_back(one.name);
  return names;
}

}  // namespace rolecall
