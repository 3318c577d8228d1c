// Which places of work concern a user. Terms are title_term's; a place is a line like a title.
#include "domain/place_filter.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "domain/title_term.h"

namespace rolecall {
namespace {

constexpr std::string_view kRemoteTerm = "remote";
constexpr std::string_view kExcludesRemote = "exclude place: remote";

}  // namespace

Result<PlaceFilter> PlaceFilter::Compile(const PlaceTerms& terms) {
  PlaceFilter filter;
  filter.remote_ = terms.remote;
  // By the word alone "hybrid remote" would be remote, and "home office" not.
  const auto compile = [](const std::vector<std::string>& list, Terms& terms_of,
                          bool& remote) -> Result<void> {
    for (const std::string& written : list) {
      TRY(auto term, CompileTerm(written));
      if (term->folded == kRemoteTerm)
        remote = true;
      else
        terms_of.push_back(std::move(term));
    }
    return {};
  };
  CHECK_OK(compile(terms.include, filter.include_, filter.remote_));
  CHECK_OK(compile(terms.exclude, filter.exclude_, filter.excludes_remote_));
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
  if (includes_all && exclude_.empty() && !excludes_remote_) return std::nullopt;
  const bool asks_remote = remote_ || excludes_remote_;
  const bool is_remote = stated.workplace == "remote";
  if (is_remote && excludes_remote_) return std::string(kExcludesRemote);
  const std::string text = OneLine(stated.places);
  std::optional<std::string> rule;  // of the first place that an exclusion takes
  bool names_all = !text.empty();
  for (const std::string& place : EachPlaceOf(text)) {
    const bool says_remote = asks_remote && SaysRemote(place);
    bool included = includes_all || (remote_ && (is_remote || says_remote));
    if (!included) {
      TRY(const TitleTerm* by, FindMatch(include_, place, check));
      included = by != nullptr;
    }
    if (!included) {
      names_all = names_all && !NamesNoPlace(PlainTitle(place));
      continue;
    }
    TRY(const TitleTerm* by, FindMatch(exclude_, place, check));
    if (by == nullptr && !(says_remote && excludes_remote_)) return std::nullopt;
    if (!rule)
      rule = by == nullptr ? std::string(kExcludesRemote)
                           : fmt::format("exclude place: {}", by->written);
  }
  // The workplace alone says of a job without a place that it is not remote.
  const bool is_elsewhere = include_.empty() && remote_ && !stated.workplace.empty() && !is_remote;
  if (!names_all && !is_elsewhere) return std::nullopt;
  return rule ? *std::move(rule) : NotIncluded();
}

}  // namespace rolecall
