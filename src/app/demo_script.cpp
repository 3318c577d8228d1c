// The rounds of a demonstration. Those of the past are written down one by one; those that follow
// take turns, so that no run of a visitor is without a failure.
#include "app/demo_script.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace rolecall {
namespace {

struct Failing {
  int round;
  std::string_view company, fault;
};
constexpr std::array kFailing{Failing{2, "fjord-games", "page_3_fails"},
                              Failing{8, "ember-bank", "html"},
                              Failing{9, "ember-bank", "html"},
                              Failing{11, "lumen-learning", "http_404"},
                              Failing{12, "indigo-media", "one_short"},
                              Failing{kPastRounds - 1, "ember-bank", "html"},
                              Failing{kPastRounds - 1, "borealis-health", "page_3_fails"}};

// Does not list its last jobs, the new ones among them, for one round: they are gone at their own
// addresses too, and back in the next.
struct Vanishing {
  int round;
  std::string_view company;
  int jobs;
};
constexpr std::array kVanishing{
    Vanishing{5, "cobalt-foods", 15}, Vanishing{10, "granite-logistics", 12},
    Vanishing{13, "kestrel-security", 14}, Vanishing{kPastRounds - 1, "cobalt-foods", 13}};

// Most of its jobs are not listed any more, though their pages stand: two weeks later, in the last
// round of the past, they would leave on that alone, and are withheld.
constexpr int kHidingSince = 4;
constexpr std::string_view kHiding = "juniper-travel";
constexpr int kShown = 32;

// Long enough to have a third page.
constexpr std::array<std::string_view, 2> kPaged{"borealis-health", "fjord-games"};
constexpr std::array<std::string_view, 3> kUnread{"acme-robotics", "indigo-media", "ember-bank"};
// In rounds: a run that is under way as one ends meets what it began with.
constexpr int kTurnLasts = 5;

Result<void> Vanish(BoardSim& boards, const Vanishing& one) {
  const auto companies = boards.Companies();
  const auto company = std::ranges::find(companies, one.company, &BoardSim::Company::name);
  if (company == companies.end()) return {};
  return boards.Keep(one.company, std::max(0, company->jobs - one.jobs), UnlistedPages::kGone);
}

Result<void> LayLater(BoardSim& boards, int round) {
  const auto turn = static_cast<std::size_t>(round / kTurnLasts);
  CHECK_OK(boards.SetFault(kPaged[turn % kPaged.size()], "page_3_fails", 1));
  return boards.SetFault(kUnread[turn % kUnread.size()], "html", 1);
}

}  // namespace

Result<void> LayRound(BoardSim& boards, int round) {
  if (round == kHidingSince) CHECK_OK(boards.Keep(kHiding, kShown, UnlistedPages::kStand));
  for (const Vanishing& one : kVanishing) {
    if (round == one.round) CHECK_OK(Vanish(boards, one));
    if (round == one.round + 1)
      CHECK_OK(boards.Keep(one.company, std::nullopt, UnlistedPages::kStand));
  }
  if (round >= kPastRounds) return LayLater(boards, round);
  for (const Failing& one : kFailing)
    if (round == one.round) CHECK_OK(boards.SetFault(one.company, one.fault, 1));
  return {};
}

}  // namespace rolecall
