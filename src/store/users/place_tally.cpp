// Compares each text once, and sums what was counted by texts up by names.
#include "store/users/place_tally.h"

#include <algorithm>
#include <utility>

namespace rolecall {
namespace {

// Of the names that most jobs have; further ones are told where they are asked for.
constexpr std::size_t kMostPlacesTold = 300;

}  // namespace

bool PlaceTally::IsSought(const PlaceName& name) const {
  return std::ranges::find(words_.place_names(), name.folded) != words_.place_names().end();
}

PlacesFit PlaceTally::Compare(const PlaceText& text) const {
  return {
      .text = words_.HavePlace(text.folded),
      .names = words_.place_names().empty() ||
               std::ranges::any_of(
                   text.names, [&](std::uint32_t name) { return IsSought(table_.names()[name]); }),
      .remote = !words_.wants_remote() || text.is_remote};
}

PlacesFit PlaceTally::FitOf(std::uint32_t text) {
  if (!words_.WantPlaces()) return {};
  while (fits_.size() <= text) fits_.push_back(Compare(table_.texts()[fits_.size()]));
  return fits_[text];
}

void PlaceTally::Add(std::uint32_t text, std::int64_t jobs) {
  if (jobs_.size() <= text) jobs_.resize(table_.texts().size());
  jobs_[text] += jobs;
}

void PlaceTally::AddFacets(JobsFound& found) {
  std::vector<std::int64_t> by_name(table_.names().size());
  for (std::uint32_t text = 0; text < jobs_.size(); ++text) {
    if (jobs_[text] == 0) continue;
    const PlacesFit fit = FitOf(text);
    const PlaceText& said = table_.texts()[text];
    if (fit.remote)
      for (const std::uint32_t name : said.names) by_name[name] += jobs_[text];
    if (fit.names) (said.is_remote ? found.remote : found.not_remote) += jobs_[text];
  }
  std::vector<std::uint32_t> order;
  for (std::uint32_t name = 0; name < by_name.size(); ++name)
    if (by_name[name] > 0) order.push_back(name);
  const auto most =
      order.begin() + static_cast<std::ptrdiff_t>(std::min(order.size(), kMostPlacesTold));
  std::ranges::partial_sort(order, most, {}, [&](std::uint32_t name) {
    return std::pair(-by_name[name], std::string_view(table_.names()[name].folded));
  });
  const auto tell = [&](std::uint32_t name) {
    found.by_place.emplace_back(table_.names()[name].written, by_name[name]);
  };
  std::for_each(order.begin(), most, tell);
  std::for_each(most, order.end(), [&](std::uint32_t name) {
    if (IsSought(table_.names()[name])) tell(name);
  });
}

}  // namespace rolecall
