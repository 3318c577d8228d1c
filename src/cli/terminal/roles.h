// Openings as a person counts them: a role that is posted in several cities, each with a life of
// its own, is one line with its places.
#pragma once

#include <fmt/format.h>

#include <map>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cli/terminal/terminal.h"

namespace rolecall {

// Postings of one title, no two of them at the same place.
template <typename Job>
using Role = std::vector<const Job*>;

// The jobs in their order, each role where its first posting stands. Postings become one role where
// `alike(job)`, what is shown beside title and place, is the same.
template <typename Job, typename Alike>
std::vector<Role<Job>> RolesOf(const std::vector<const Job*>& jobs, Alike alike) {
  using Key = std::pair<decltype(alike(*jobs.front())), std::string>;
  std::vector<Role<Job>> roles;
  std::map<Key, std::vector<std::size_t>> of_key;
  for (const Job* job : jobs) {
    std::vector<std::size_t>& among = of_key[Key(alike(*job), Fold(job->title))];
    const auto at_other_places = [&](std::size_t role) {
      return !job->location.empty() && std::ranges::none_of(roles[role], [&](const Job* other) {
        return other->location.empty() || other->location == job->location;
      });
    };
    const auto found = std::ranges::find_if(among, at_other_places);
    if (found != among.end()) {
      roles[*found].push_back(job);
    } else {
      among.push_back(roles.size());
      roles.push_back({job});
    }
  }
  return roles;
}

// "Bern", or "3 postings: Bern; Rome; Oslo".
template <typename Job>
std::string PlacesOf(const Role<Job>& role) {
  if (role.size() == 1) return Printable(role.front()->location);
  std::vector<std::string> places;
  for (const Job* job : role) places.push_back(Printable(job->location));
  return fmt::format("{} postings: {}", role.size(), fmt::join(places, "; "));
}

// Each posting by itself.
template <typename Job>
std::vector<Role<Job>> EachPosting(const std::vector<const Job*>& jobs) {
  std::vector<Role<Job>> each;
  for (const Job* job : jobs) each.push_back({job});
  return each;
}

}  // namespace rolecall
