// Which places of work concern a user: include (any of, remote work among them; empty: all), then
// exclude (none of); case and accents folded.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "domain/stated_places.h"
#include "domain/title_filter.h"

namespace rolecall {

// As the user wrote them.
struct PlaceTerms {
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  bool remote = false;  // one more of those that are included
  bool operator==(const PlaceTerms&) const = default;
};

// Compiled terms, each matched as one of a title is (domain/title_filter.h), against each place by
// itself; "remote" is no word, but asks what SaysRemote tells. A job is in scope where one of its
// places is, and where one is not named ("3 Locations", "Berlin +2 more"): that is no evidence
// against it. Only a workplace that is stated says of a job without a place that it is not remote,
// or that it is.
// Safe to use from several threads.
class PlaceFilter {
 public:
  // Fails as CompileTerm.
  static Result<PlaceFilter> Compile(const PlaceTerms& terms);

  // The rule that excludes it ("exclude place: berlin", "no include place matches", "not remote"),
  // or nothing where it is in scope. Fails as `check`.
  Result<std::optional<std::string>> WhyExcluded(const StatedPlaces& stated,
                                                 const CheckEffort& check) const;

 private:
  using Terms = std::vector<std::shared_ptr<const TitleTerm>>;

  PlaceFilter() = default;
  std::string NotIncluded() const;
  // Of the terms the first that matches, null where none does.
  static Result<const TitleTerm*> FindMatch(const Terms& terms, std::string_view place,
                                            const CheckEffort& check);

  Terms include_, exclude_;
  bool remote_ = false;           // remote work is included
  bool excludes_remote_ = false;  // by a term that says so of any place
};

}  // namespace rolecall
