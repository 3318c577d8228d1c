// Reads and checks filters. What a stranger may have compiled with one request is bounded here.
#include "api/company_filters.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "domain/title_term.h"

namespace rolecall {
namespace {

// Of a request: a company's own are domain/title_filter's.
constexpr std::size_t kMostTermsAtOnce = 5'000;
constexpr std::size_t kMostExpressionsAtOnce = 200;
// A term that is refused may have cost 28 ms until then.
constexpr std::size_t kMostRefused = 5;
constexpr Length kTermLength{.least = 1, .most = kLongestTerm};

std::vector<std::string> ReadTerms(Fields& filters, std::string_view name) {
  return filters.MaybeTexts(name, kMostTerms, kTermLength).value_or(std::vector<std::string>());
}

Place PlaceIn(Place filter, std::string_view list, std::size_t at) {
  filter.emplace_back(list);
  filter.push_back(std::to_string(at));
  return filter;
}

// One filter, whose terms are compiled alike, whatever they are compared with.
struct WrittenFilter {
  Place place;  // of the two lists
  TitleTerms terms;
};

std::vector<WrittenFilter> EachFilter(const std::vector<WrittenFilters>& all) {
  std::vector<WrittenFilter> each;
  const auto add = [&](Place place, std::string_view name, const TitleTerms& terms) {
    place.emplace_back(name);
    each.push_back({.place = std::move(place), .terms = terms});
  };
  for (const auto& [place, filters] : all) {
    if (filters.titles) add(place, "title_filters", *filters.titles);
    if (filters.places)
      add(place, "place_filters", {filters.places->include, filters.places->exclude});
  }
  return each;
}

// The place of a term in its filter, and the term.
template <typename Use>
void EachTerm(const TitleTerms& terms, Use use) {
  for (const auto& [name, list] :
       {std::pair("include", &terms.include), std::pair("exclude", &terms.exclude)})
    for (std::size_t at = 0; at < list->size(); ++at) use(name, at, (*list)[at]);
}

}  // namespace

Result<void> CheckFilters(const std::vector<WrittenFilters>& filters, const std::stop_token& stop,
                          std::vector<Misfit>& misfits) {
  std::size_t terms = 0, expressions = 0, refused = 0;
  for (const auto& [place, written] : EachFilter(filters)) {
    if (const auto fits = CheckTerms(written); !fits) {
      NoteMisfit(misfits, place, fits.error().message);
      continue;
    }
    EachTerm(written, [&](const char*, std::size_t, const std::string& term) {
      ++terms;
      expressions += IsExpression(term) ? 1 : 0;
    });
    if (terms > kMostTermsAtOnce || expressions > kMostExpressionsAtOnce) {
      NoteMisfit(misfits, place,
                 fmt::format("up to here a request holds more than {} terms or {} regular "
                             "expressions: send the others in another",
                             kMostTermsAtOnce, kMostExpressionsAtOnce));
      return {};
    }
    EachTerm(written, [&](const char* name, std::size_t at, const std::string& term) {
      if (stop.stop_requested() || refused == kMostRefused) return;
      if (const auto compiled = CompileTerm(term); !compiled)
        NoteMisfit(
            misfits, PlaceIn(place, name, at),
            fmt::format("{}{}", compiled.error().message,
                        ++refused == kMostRefused ? " Further terms were not looked at." : ""));
    });
    if (refused == kMostRefused) return {};
    if (stop.stop_requested())
      return Fail(Errc::kCancelled, "The server ends: try again in a moment.");
  }
  return {};
}

FilterChange ReadFilters(Fields& fields) {
  FilterChange change;
  if (auto titles = fields.MaybeObject("title_filters")) {
    change.titles = {.include = ReadTerms(*titles, "include"),
                     .exclude = ReadTerms(*titles, "exclude")};
    titles->Close();
  }
  if (auto places = fields.MaybeObject("place_filters")) {
    change.places = {.include = ReadTerms(*places, "include"),
                     .exclude = ReadTerms(*places, "exclude"),
                     .remote = places->MaybeFlag("remote").value_or(false)};
    places->Close();
  }
  return change;
}

std::string NoSuchCompany(std::string_view name, std::string_view what,
                          std::span<const std::string> names) {
  return fmt::format("no company named {} is {}.{}",
                     Mend(std::string(name.substr(0, kCompanyNameLength.most))).text, what,
                     DidYouMean(name, names));
}

}  // namespace rolecall
