// The simulated companies and their openings. Every choice is a hash of the seed and what it is
// for, so that no order of requests can change an answer.
#include "sim/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "boards/board.h"
#include "sim/words.h"

namespace rolecall {
namespace {

struct NamedFault {
  std::string_view name;
  SimFault fault;
};
constexpr std::array kFaults{NamedFault{"none", SimFault::kNone},
                             NamedFault{"timeout", SimFault::kTimeout},
                             NamedFault{"http_500", SimFault::kHttp500},
                             NamedFault{"http_403", SimFault::kHttp403},
                             NamedFault{"http_404", SimFault::kHttp404},
                             NamedFault{"http_429", SimFault::kHttp429},
                             NamedFault{"empty_object", SimFault::kEmptyObject},
                             NamedFault{"empty_list", SimFault::kEmptyList},
                             NamedFault{"html", SimFault::kHtml},
                             NamedFault{"truncated_json", SimFault::kTruncatedJson},
                             NamedFault{"truncated_gzip", SimFault::kTruncatedGzip},
                             NamedFault{"page_3_fails", SimFault::kPage3Fails},
                             NamedFault{"half", SimFault::kHalf},
                             NamedFault{"wraps", SimFault::kWraps},
                             NamedFault{"duplicates", SimFault::kDuplicates},
                             NamedFault{"huge", SimFault::kHuge},
                             NamedFault{"bad_bytes", SimFault::kBadBytes},
                             NamedFault{"trickle", SimFault::kTrickle},
                             NamedFault{"bare_entry", SimFault::kBareEntry},
                             NamedFault{"one_short", SimFault::kOneShort},
                             NamedFault{"pages_lie", SimFault::kPagesLie}};

// splitmix64 over the parts.
std::uint64_t Mix(std::uint64_t a, std::uint64_t b, std::uint64_t c = 0) {
  std::uint64_t x = a * 0x9E3779B97F4A7C15ULL ^
                    (b + 0xD1B54A32D192ED03ULL) * 0xBF58476D1CE4E5B9ULL ^ c * 0x94D049BB133111EBULL;
  x ^= x >> 30;
  x *= 0xBF58476D1CE4E5B9ULL;
  x ^= x >> 27;
  x *= 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

double Share(std::uint64_t hash) {
  return static_cast<double>(hash >> 11) / static_cast<double>(1ULL << 53);
}

template <typename List>
std::string_view Pick(const List& list, std::uint64_t hash) {
  return list[hash % list.size()];
}

std::string NameAt(int index) {
  const auto names = static_cast<int>(kSimNames.size());
  const auto trades = static_cast<int>(kSimTrades.size());
  std::string name =
      fmt::format("{}-{}", kSimNames[static_cast<std::size_t>(index % names)],
                  kSimTrades[static_cast<std::size_t>((index / names + index) % trades)]);
  const int again = index / (names * trades);
  return again == 0 ? name : fmt::format("{}-{}", name, again + 1);
}

// The first of these that can be one of the kind. A kind of one company has its name.
std::string TokenOf(const BoardRegistry& registry, const std::string& kind, const std::string& name,
                    int index) {
  std::string joined = name;
  std::erase(joined, '-');
  for (const std::string& token :
       {joined, fmt::format("careers.{}.test/sitemap.xml#/jobs/", joined),
        fmt::format("{}.wd{}/{}_careers", joined, 1 + index % 12, joined),
        fmt::format("careers.{0}.test/{0}.test", joined), fmt::format("careers.{}.test", joined),
        fmt::format("{:08x}-0000-4000-8000-0123456789ab", index),
        fmt::format("recruiting.ultipro.com/{}/{:08x}-0000-4000-8000-0123456789ab", joined, index),
        fmt::format("careers-{}.icims.com", joined), kind})
    if (registry.FindBoard(kind, token)) return token;
  return "";
}

// From two less to two more.
int Sway(const SimWorld& world, const SimCompany& company) {
  const auto index = static_cast<std::uint64_t>(&company - world.companies.data());
  const std::uint64_t hash = Mix(world.seed ^ 31, index, static_cast<std::uint64_t>(world.round));
  return static_cast<int>(hash % 5) - 2;
}

// Nobody looks for a principal intern.
bool TakesGrade(std::string_view role) {
  return std::ranges::find(kSimGradeless, role) == kSimGradeless.end();
}

}  // namespace

std::optional<SimFault> SimFaultOf(std::string_view name) {
  for (const NamedFault& one : kFaults)
    if (one.name == name) return one.fault;
  return std::nullopt;
}

std::vector<std::string> SimFaultNames() {
  std::vector<std::string> names;
  for (const NamedFault& one : kFaults) names.emplace_back(one.name);
  return names;
}

SimWorld MakeWorld(std::shared_ptr<const BoardRegistry> registry, std::uint64_t seed, int companies,
                   int jobs, double churn, const std::vector<std::string>& kinds, double spread) {
  SimWorld world{
      .registry = registry, .seed = seed, .churn = churn, .sways = spread > 0, .companies = {}};
  std::set<std::pair<std::string, std::string>> taken;
  std::size_t turn = 0;
  for (int i = 0; i < companies; ++i) {
    SimCompany company{.name = NameAt(i), .board = {}, .token = {}, .jobs = {}};
    // A kind of one company has its turn once.
    std::size_t asked = 0;
    do {
      if (asked++ == kinds.size()) return world;
      company.board = kinds[turn++ % kinds.size()];
      company.token = TokenOf(*registry, company.board, company.name, i);
    } while (!taken.emplace(company.board, company.token).second);
    const double off = spread * (2 * Share(Mix(seed, static_cast<std::uint64_t>(i))) - 1);
    const int size = static_cast<int>(jobs * (1 + off));
    for (int j = 0; j < size; ++j) company.jobs.push_back({.number = world.next_number++});
    world.companies.push_back(std::move(company));
  }
  return world;
}

void NextRound(SimWorld& world) {
  ++world.round;
  for (SimCompany& company : world.companies) {
    std::vector<SimJob> stay;
    int gone = 0;
    for (SimJob& job : company.jobs) {
      const double fate = Share(Mix(world.seed, static_cast<std::uint64_t>(job.number),
                                    static_cast<std::uint64_t>(world.round)));
      if (fate < world.churn) {
        ++gone;
        continue;
      }
      if (fate < 1.5 * world.churn) ++job.version;
      stay.push_back(job);
    }
    const int more = world.sways ? Sway(world, company) : 0;
    for (int i = 0; i < gone + more; ++i)
      stay.push_back({.number = world.next_number++, .born = world.round});
    company.jobs = std::move(stay);
    if (company.fault_rounds && --*company.fault_rounds <= 0) {
      company.fault = SimFault::kNone;
      company.fault_rounds.reset();
    }
  }
}

SimCompany* FindCompany(SimWorld& world, std::string_view name) {
  const auto found = std::ranges::find(world.companies, name, &SimCompany::name);
  return found == world.companies.end() ? nullptr : &*found;
}

SimCompany* FindByToken(SimWorld& world, std::string_view board, std::string_view token) {
  const auto found = std::ranges::find_if(world.companies, [&](const SimCompany& one) {
    return one.board == board && one.token == token;
  });
  return found == world.companies.end() ? nullptr : &*found;
}

std::vector<SimJob> ListedJobs(const SimCompany& company) {
  std::vector<SimJob> listed = company.jobs;
  if (company.keep) listed.resize(std::min(listed.size(), static_cast<std::size_t>(*company.keep)));
  if (company.fault == SimFault::kHalf) {
    std::size_t at = 0;
    std::erase_if(listed, [&](const SimJob&) { return at++ % 2 == 1; });
  }
  if (company.fault == SimFault::kEmptyList) listed.clear();
  return listed;
}

std::optional<SimJob> StandingJob(const SimCompany& company, std::int64_t number) {
  const auto found = std::ranges::find(company.jobs, number, &SimJob::number);
  if (found == company.jobs.end() || company.fault == SimFault::kPagesLie) return std::nullopt;
  const bool unlisted = company.keep && found - company.jobs.begin() >= *company.keep;
  if (unlisted && company.unlisted == UnlistedPages::kGone) return std::nullopt;
  return *found;
}

SimWords WordsOf(const SimWorld& world, const SimJob& job) {
  const auto number = static_cast<std::uint64_t>(job.number);
  const auto version = static_cast<std::uint64_t>(job.version);
  const auto of = [&](std::uint64_t what, std::uint64_t changes = 0) {
    return Mix(world.seed ^ what, number, changes);
  };
  SimWords words;
  // A change turns the title or the place, by turns.
  const std::string_view role = Pick(kSimRoles, of(2));
  const std::string_view grade = Pick(kSimGrades, of(1, (version + 1) / 2));
  words.title = fmt::format("{}{}", TakesGrade(role) ? grade : "", role);
  words.place = Pick(kSimPlaces, of(3, version / 2));
  if (of(4) % 10 == 0) words.place += fmt::format(";{}", Pick(kSimPlaces, of(5)));
  words.description = fmt::format("<h2>About the role</h2><p>{} {}</p><ul>",
                                  Pick(kSimSentences, of(6)), Pick(kSimSentences, of(7, version)));
  for (std::uint64_t i = 0; i < 3; ++i)
    words.description += fmt::format("<li>{}</li>", Pick(kSimSentences, of(8 + i)));
  words.description +=
      fmt::format("</ul><p>Salary: &euro;{},000 &ndash; &euro;{},000.&nbsp;Reference {}.</p>",
                  40 + of(20) % 60, 100 + of(21) % 60, job.number);
  return words;
}

std::chrono::sys_days PostedOn(const SimWorld& world, const SimJob& job) {
  if (job.born == 0)
    return world.days.front() -
           std::chrono::days(Mix(world.seed ^ 30, static_cast<std::uint64_t>(job.number)) % 60);
  return world.days[std::min(static_cast<std::size_t>(job.born), world.days.size() - 1)];
}

}  // namespace rolecall
