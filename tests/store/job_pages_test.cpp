// Searches drawn at random, page by page, against a plain walk through the view jobs.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <random>
#include <utility>

#include "base/text.h"
#include "store/search/look_up_text.h"
#include "store/users/job_search.h"
#include "tests/store/board_rig.h"
#include "tests/store/said_places.h"

namespace rolecall {
namespace {

using std::chrono::hours;

constexpr int kJobs = 420;
constexpr int kSearches = 150;
constexpr std::array kAllStatuses{JobStatusFilter::kAll,     JobStatusFilter::kOpen,
                                  JobStatusFilter::kPending, JobStatusFilter::kReady,
                                  JobStatusFilter::kError,   JobStatusFilter::kExpired,
                                  JobStatusFilter::kMissing, JobStatusFilter::kWithheld};
constexpr std::array kAllSorts{JobSort::kCompany, JobSort::kNewest, JobSort::kTitle,
                               JobSort::kPosted, JobSort::kCame};

// The run in which a job came.
std::int64_t CameRun(std::int64_t id) { return 1 + id % 7; }

// A row of the view.
struct Seen {
  std::int64_t id = 0;
  std::string company, title, location, workplace, status;
  Timestamp first_seen_at;
  std::optional<Timestamp> posted_at;
  bool missing = false, withheld = false, hidden = false, applied = false;
};

// All that FindJobs would find, in order, and what it counts.
struct Expected {
  std::vector<std::pair<JobPlace, std::int64_t>> jobs;  // with their ids
  std::map<std::string, std::int64_t> by_company;
  std::map<std::string, std::int64_t> by_status{
      {"pending", 0}, {"ready", 0}, {"error", 0}, {"expired", 0}};
  std::map<std::string, std::int64_t> by_place;
  std::int64_t remote = 0, not_remote = 0;
};

const Said& SaidOf(const Seen& job) {
  return *std::ranges::find_if(kSaid, [&](const Said& said) {
    return said.location == job.location && said.workplace == job.workplace;
  });
}

bool HasWords(const Seen& job, const std::string& text) {
  std::string held = " " + Fold(job.title + " " + job.company + " " + job.location);
  for (char& sign : held)
    if (std::ispunct(static_cast<unsigned char>(sign)) != 0) sign = ' ';
  const std::string folded = Fold(OneLine(text)) + " ";
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = folded.find(' ', at);
    const std::string word = folded.substr(at, end - at);
    if (!held.contains(" " + word)) return false;
    at = end + 1;
  }
  return true;
}

bool HasStatus(const Seen& job, JobStatusFilter status) {
  const bool open = job.status != "expired";
  switch (status) {
    case JobStatusFilter::kAll:
      return true;
    case JobStatusFilter::kOpen:
      return open;
    case JobStatusFilter::kMissing:
      return open && job.missing;
    case JobStatusFilter::kWithheld:
      return open && job.withheld;
    case JobStatusFilter::kPending:
      return job.status == "pending";
    case JobStatusFilter::kReady:
      return job.status == "ready";
    case JobStatusFilter::kError:
      return job.status == "error";
    case JobStatusFilter::kExpired:
      return !open;
  }
  std::unreachable();
}

// Titles that are longer than a place holds are ASCII here.
JobPlace PlaceOf(const Seen& job, JobSort sort) {
  const std::string title = Fold(job.title).substr(0, 200);
  switch (sort) {
    case JobSort::kCompany:
      return {.first = job.company, .second = title, .id = job.id};
    case JobSort::kTitle:
      return {.first = title, .second = job.company, .id = job.id};
    case JobSort::kNewest:
      return {.first = {},
              .second = {},
              .number = -job.first_seen_at.time_since_epoch().count(),
              .id = -job.id};
    case JobSort::kPosted:
      return {.first = {},
              .second = {},
              .number = -job.posted_at.value_or(job.first_seen_at).time_since_epoch().count(),
              .id = -job.id};
    case JobSort::kBest:
      break;  // not among those that are tried
    case JobSort::kCame:
      return {.first = {}, .second = {}, .number = -CameRun(job.id), .id = -job.id};
  }
  std::unreachable();
}

bool TakeWord(std::string& text, std::string_view word) {
  const auto found = text.find(word);
  if (found == std::string::npos) return false;
  text.erase(found, word.size());
  return true;
}

Expected Walk(const std::vector<Seen>& view, const JobSearch& search) {
  std::string text = search.filter.text;
  const JobFilter& filter = search.filter;
  const bool wants_hidden = TakeWord(text, " is:hidden"),
             wants_applied = TakeWord(text, " is:applied"),
             wants_remote = TakeWord(text, " remote"),
             wants_switzerland = TakeWord(text, " place:switz");
  std::vector<std::string> names;
  for (const auto* name : {"bern", "new york"})
    if (TakeWord(text, fmt::format(" in:\"{}\"", name))) names.emplace_back(name);
  Expected expected;
  for (const Seen& job : view) {
    if (job.hidden != wants_hidden || (wants_applied && !job.applied)) continue;
    if (!HasWords(job, text) || (filter.since && job.first_seen_at < *filter.since)) continue;
    const bool of_company =
        filter.companies.empty() || std::ranges::count(filter.companies, job.company) > 0;
    const bool of_status = HasStatus(job, filter.status);
    const Said& said = SaidOf(job);
    if (wants_switzerland && !std::ranges::count(said.names, "switzerland")) continue;
    const bool of_places = names.empty() || std::ranges::any_of(names, [&](const auto& name) {
                             return std::ranges::count(said.names, name) > 0;
                           });
    const bool of_remote = !wants_remote || said.is_remote;
    if (of_company && of_status && of_remote)
      for (const std::string& name : said.names) ++expected.by_place[name];
    if (of_company && of_status && of_places)
      ++(said.is_remote ? expected.remote : expected.not_remote);
    if (!of_places || !of_remote) continue;
    if (of_status) ++expected.by_company[job.company];
    if (of_company) ++expected.by_status[job.status];
    if (of_company && of_status) expected.jobs.emplace_back(PlaceOf(job, search.sort), job.id);
  }
  std::ranges::sort(expected.jobs);
  return expected;
}

class JobPagesSuite : public BothDatabases {
 protected:
  template <typename List>
  auto Pick(const List& list) {
    return list[random_() % std::size(list)];
  }
  bool OneIn(unsigned count) { return random_() % count == 0; }

  std::string Title() {
    constexpr std::array kTitles{"Cook",       "cook",      "COOK 2",     "Köchin",
                                 "Kochin",     "Élévateur", "elevator",   "Ångström",
                                 "angstrom B", "~tilde",    "[bracket]",  "e\u0301cole",
                                 "Zoo\tkeep",  "日本語",    "\u00ADsoft", "Straße",
                                 "strasse A",  "ﬁre",       "fire",       ""};
    std::string title = Pick(kTitles);
    if (OneIn(10)) title = std::string(199, 'l') + Pick(std::array{"A", "b", "Cc", "dd", ""});
    return title;
  }

  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    FillIn();
    index_ = Needed(KeptIndex::Open(database(), ""));
    LookAs(kUser);
  }

  // As this user from now on.
  void LookAs(std::int64_t user) {
    user_ = user;
    view_ = Needed(
        QueryAll(*Needed(database().Reader()),
                 "SELECT id, company, title, location, status, first_seen_at, missing_since IS NOT "
                 "NULL, withheld_since IS NOT NULL, posted_at, hidden_at IS NOT NULL OR "
                 "company_hidden_at IS NOT NULL, applied_at IS NOT NULL, workplace FROM jobs WHERE "
                 "user_id = :user",
                 {{"user", user}}, [](const Row& row) {
                   return Seen{.id = row.Int(0),
                               .company = row.String(1),
                               .title = row.String(2),
                               .location = row.String(3),
                               .workplace = row.String(11),
                               .status = row.String(4),
                               .first_seen_at = row.Time(5),
                               .posted_at = row.MaybeTime(8),
                               .missing = row.Bool(6),
                               .withheld = row.Bool(7),
                               .hidden = row.Bool(9),
                               .applied = row.Bool(10)};
                 }));
  }

  void FillIn() {
    BoardRig acme(database());
    const std::array boards{acme.id, BoardRig(database(), "bolt").id,
                            BoardRig(database(), "core").id};
    const std::int64_t reading = Needed(acme.Read(WholeListing({})));
    constexpr std::array kCompanies{"acme", "acme", "acme", "acme 2", "bolt", "Core",
                                    "dot",  "ähre", "eel",  "fir",    "gnu"};
    Table jobs(16), contents(4), rows(7), marks(4);
    for (int id = 1; id <= kJobs; ++id) {
      const Timestamp at = kTestNow + hours(random_() % 12);
      const std::int64_t board = Pick(boards);
      const bool expired = OneIn(5), withheld = OneIn(6);
      jobs.Int(id).Int(board).Text(fmt::format("J{}", id)).Text("https://board.test");
      const Said said = Pick(kSaid);
      // What only a job's own answer states counts as what the listing says.
      const bool in_detail = OneIn(3);
      jobs.Text(Title()).Text(in_detail ? "Rome, Italy" : said.location);
      jobs.Text("d").Time(at).Int(reading);
      OneIn(4) ? jobs.Int(reading) : jobs.Null();
      withheld ? jobs.Time(at) : jobs.Null();
      OneIn(9) ? jobs.Time(at) : jobs.Null();
      OneIn(2) ? jobs.Time(at - hours(random_() % 48)) : jobs.Null();
      in_detail || *said.workplace == '\0' ? jobs.Null() : jobs.Text(said.workplace);
      in_detail ? jobs.Text(said.location) : jobs.Null();
      in_detail ? jobs.Text(said.workplace) : jobs.Null();
      contents.Int(id).Int(board);
      contents.Text(Pick(std::array{"ready", "ready", "ready", "mocked", "pending", "error"}));
      contents.Int(reading);
      rows.Int(OneIn(8) ? kOther : kUser).Int(id).Text(Pick(kCompanies));
      rows.Int(CameRun(id)).Int(CameRun(id));
      expired ? rows.Time(at) : rows.Null();
      expired ? rows.Text("gone") : rows.Null();
      const bool hidden = OneIn(7), applied = OneIn(7);
      if (!hidden && !applied) continue;
      marks.Int(kUser).Int(id);
      hidden ? marks.Time(at) : marks.Null();
      applied ? marks.Time(at) : marks.Null();
    }
    auto tx = Needed(database().Write());
    Needed(tx->InsertMany("board_jobs",
                          "id, board_id, external_id, url, title, location, digest, first_seen_at, "
                          "changed_reading, missing_reading, withheld_at, expired_at, posted_at, "
                          "workplace, detail_location, detail_workplace",
                          jobs));
    Needed(tx->InsertMany("job_contents", "job_id, board_id, state, changed_reading", contents));
    Needed(tx->InsertMany("user_jobs",
                          "user_id, job_id, company, came_run_id, wrote_run_id, expired_at, "
                          "expired_reason",
                          rows));
    Needed(tx->InsertMany("job_marks", "user_id, job_id, hidden_at, applied_at", marks));
    Needed(HideCompany(tx, {kUser, "eel"}, kTestNow));
    Needed(tx.Commit());
  }

  JobSearch Draw() {
    JobSearch search{.filter = {.companies = {}, .status = Pick(kAllStatuses)},
                     .sort = Pick(kAllSorts),
                     .after = {},
                     .counts_places = true};
    if (OneIn(3))
      search.filter.text = Pick(std::array{"cook", "KOCH", "elev b", "zur", "strass", "e", "none"});
    if (OneIn(5)) search.filter.text += " is:hidden";
    if (OneIn(5)) search.filter.text += " is:applied";
    if (OneIn(6)) search.filter.text += " remote";
    if (OneIn(6)) search.filter.text += " place:switz";
    if (OneIn(6)) search.filter.text += " in:\"bern\"";
    if (OneIn(6)) search.filter.text += " in:\"new york\"";
    if (OneIn(3))
      for (const auto* company : {"acme", "bolt", "ähre", "nobody"})
        if (OneIn(2)) search.filter.companies.emplace_back(company);
    if (OneIn(4)) search.filter.since = kTestNow + hours(random_() % 13);
    search.limit = Pick(std::array{5, 13, 50, 500});
    return search;
  }

  // Expects the page that begins at `begin` of all jobs, by rows and by the user's roll. False at
  // the last one.
  bool CheckPage(const JobSearch& search, const Expected& expected, std::size_t begin) {
    const auto db = Needed(database().Reader());
    JobSearch by_roll = search;
    std::string why;
    Needed(LookUpText(*db, index_.get(), user_, Slips::kKept, by_roll.filter, why));
    EXPECT_EQ(why, "");
    CheckFound(Needed(FindJobs(*db, user_, by_roll)), search, expected, begin);
    return CheckFound(Needed(FindJobs(*db, user_, search)), search, expected, begin);
  }
  static bool CheckFound(const JobsFound& found, const JobSearch& search, const Expected& expected,
                         std::size_t begin) {
    const std::size_t end =
        std::min(begin + static_cast<std::size_t>(search.limit), expected.jobs.size());
    std::vector<std::int64_t> ids, found_ids;
    for (std::size_t i = begin; i < end; ++i) ids.push_back(expected.jobs[i].second);
    for (const JobRow& job : found.jobs) found_ids.push_back(job.id);
    EXPECT_EQ(found_ids, ids);
    EXPECT_EQ(found.total, std::ssize(expected.jobs));
    EXPECT_EQ(std::map(found.by_company.begin(), found.by_company.end()), expected.by_company);
    EXPECT_EQ(found.by_status, expected.by_status);
    CheckPlaces(found, search, expected);
    const bool follows = end < expected.jobs.size();
    EXPECT_EQ(found.next, follows ? std::optional(expected.jobs[end - 1].first) : std::nullopt);
    return follows;
  }

  static void CheckPlaces(const JobsFound& found, const JobSearch& search,
                          const Expected& expected) {
    if (!search.counts_places) return;
    std::map<std::string, std::int64_t> by_place;
    for (const auto& [name, jobs] : found.by_place) by_place[Fold(name)] = jobs;
    EXPECT_EQ(by_place, expected.by_place);
    EXPECT_EQ(found.remote, expected.remote);
    EXPECT_EQ(found.not_remote, expected.not_remote);
    EXPECT_TRUE(std::ranges::is_sorted(found.by_place, std::ranges::greater{},
                                       &std::pair<std::string, std::int64_t>::second));
  }

  static std::string Shown(const JobSearch& search) {
    return fmt::format("text '{}', {} companies, status {}, since {}, sort {}, limit {}",
                       search.filter.text, search.filter.companies.size(),
                       static_cast<int>(search.filter.status),
                       search.filter.since ? ToIso(*search.filter.since) : "ever",
                       static_cast<int>(search.sort), search.limit);
  }

  std::int64_t user_ = kUser;
  std::mt19937 random_{20'261'125};
  std::unique_ptr<KeptIndex> index_;
  std::vector<Seen> view_;
};

TEST_P(JobPagesSuite, AreThoseOfAPlainWalkThroughTheView) {
  for (int i = 0; i < kSearches && !HasFailure(); ++i) {
    JobSearch search = Draw();
    SCOPED_TRACE(Shown(search));
    const Expected expected = Walk(view_, search);
    std::size_t begin = 0;
    while (CheckPage(search, expected, begin) && !HasFailure()) {
      begin += static_cast<std::size_t>(search.limit);
      search.after = expected.jobs[begin - 1].first;
    }
  }
}

TEST_P(JobPagesSuite, AreThoseOfAPlainWalkWhereNothingIsMarkedNorSoughtInTexts) {
  LookAs(kOther);

  for (int i = 0; i < kSearches && !HasFailure(); ++i) {
    JobSearch search = Draw();
    search.filter.text.clear();
    if (OneIn(2)) search.filter.since.reset();
    SCOPED_TRACE(Shown(search));
    CheckPage(search, Walk(view_, search), 0);
  }
}

TEST_P(JobPagesSuite, BeginBehindAnyPlaceWhetherOrNotAJobStandsThere) {
  for (int i = 0; i < kSearches && !HasFailure(); ++i) {
    JobSearch search = Draw();
    search.after = PlaceOf(Pick(view_), search.sort);
    if (OneIn(2)) search.after->id += OneIn(2) ? 1 : -1;
    if (OneIn(5)) search.after->number -= 1;
    if (search.sort != JobSort::kNewest && OneIn(4)) search.after->first += "b";
    SCOPED_TRACE(Shown(search));
    const Expected expected = Walk(view_, search);
    const auto begin = std::ranges::upper_bound(expected.jobs, *search.after, {},
                                                [](const auto& job) { return job.first; });
    CheckPage(search, expected, static_cast<std::size_t>(begin - expected.jobs.begin()));
  }
}

TEST_P(JobPagesSuite, AreToldFromNumbersThatNoJobHas) {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  JobSearch search{.filter = {}, .sort = JobSort::kNewest, .after = {}};
  const Expected expected = Walk(view_, search);

  search.after = JobPlace{.first = {}, .second = {}, .number = kLeast, .id = kLeast};
  CheckPage(search, expected, 0);
  search.after = JobPlace{.first = {}, .second = {}, .number = kMost, .id = kMost};
  CheckPage(search, expected, expected.jobs.size());
}

ROLECALL_ON_BOTH_DATABASES(JobPagesSuite);

}  // namespace
}  // namespace rolecall
