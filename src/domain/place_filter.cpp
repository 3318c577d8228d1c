// Which places of work concern a user. Terms are title_term's; a place is a line like a title.
#include "domain/place_filter.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "domain/places.h"
#include "domain/title_term.h"

namespace rolecall {
namespace {

// How many places there are, or that there are several: "3 Locations", "Multiple locations".
bool NamesNoPlace(std::string_view folded) {
  static const re2::RE2 kCounted(
      R"(\d+ (?:locations?|places|orte|standorte)|(?:multiple|several|various|verschiedene|mehrere) )"
      R"((?:locations?|places|cities|orte|standorte))");
  return folded.empty() || re2::RE2::FullMatch(folded, kCounted);
}

constexpr std::string_view kRemoteTerm = "remote";

// Boards join some by themselves: "Berlin / Zurich", "Berlin | Zurich", "Berlin or remote".
std::vector<std::string> EachPlaceOf(std::string text) {
  static const re2::RE2 kBorder(R"( ?[|;] ?| / | or )");
  re2::RE2::GlobalReplace(&text, kBorder, "; ");
  return PlacesIn(text);
}

}  // namespace

bool SaysRemote(std::string_view place) {
  static const re2::RE2 kRemote(
      R"(\b(?:remote|remoto|home[ -]?office|home[ -]?based|telework\w*|telecommut\w*|work from home|)"
      R"(wfh|work from anywhere|anywhere|teletravail|teletrabajo)\b)");
  static const re2::RE2 kButNot(R"(\b(?:hybrid\w*|no[nt]?[ -]remote|remote[ -]?not)\b)");
  const std::string folded = PlainTitle(OneLine(place));
  return re2::RE2::PartialMatch(folded, kRemote) && !re2::RE2::PartialMatch(folded, kButNot);
}

Result<PlaceFilter> PlaceFilter::Compile(const PlaceTerms& terms) {
  PlaceFilter filter;
  filter.remote_ = terms.remote;
  for (const std::string& written : terms.include) {
    TRY(auto term, CompileTerm(written));
    filter.remote_ |= term->folded == kRemoteTerm;
    filter.include_.push_back(std::move(term));
  }
  for (const std::string& written : terms.exclude) {
    TRY(auto term, CompileTerm(written));
    filter.excludes_remote_ |= term->folded == kRemoteTerm;
    filter.exclude_.push_back(std::move(term));
  }
  return filter;
}

std::string PlaceFilter::NotIncluded() const {
  return include_.empty() ? "not remote" : "no include place matches";
}

Result<const TitleTerm*> PlaceFilter::FindMatch(const Terms& terms, std::string_view place,
                                                const CheckEffort& check) {
  const std::string text(place), folded = PlainTitle(place);
  for (const auto& term : terms) {
    if (check) CHECK_OK(check());
    if (term->Matches(text, folded)) return term.get();
  }
  return nullptr;
}

Result<std::optional<std::string>> PlaceFilter::WhyExcluded(const StatedPlaces& stated,
                                                            const CheckEffort& check) const {
  const bool includes_all = include_.empty() && !remote_;
  if (includes_all && exclude_.empty()) return std::nullopt;
  const bool is_remote = stated.workplace == "remote";
  if (is_remote && excludes_remote_) return fmt::format("exclude place: {}", kRemoteTerm);
  const std::string text = OneLine(stated.places);
  if (NamesNoPlace(PlainTitle(text))) {
    const bool is_elsewhere = include_.empty() && remote_ && !stated.workplace.empty();
    return is_elsewhere && !is_remote ? std::optional(NotIncluded()) : std::nullopt;
  }
  std::optional<std::string> rule;  // of the first place that an exclusion takes
  for (const std::string& place : EachPlaceOf(text)) {
    bool included = includes_all || (remote_ && (is_remote || SaysRemote(place)));
    if (!included) {
      TRY(const TitleTerm* by, FindMatch(include_, place, check));
      included = by != nullptr;
    }
    if (!included) continue;
    TRY(const TitleTerm* by, FindMatch(exclude_, place, check));
    if (by == nullptr) return std::nullopt;
    if (!rule) rule = fmt::format("exclude place: {}", by->written);
  }
  return rule ? *std::move(rule) : NotIncluded();
}

}  // namespace rolecall
