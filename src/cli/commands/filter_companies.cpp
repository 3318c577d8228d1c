// rolecall companies filter: replaces filters, and says what the next run would take away by them.
#include "cli/commands/filter_companies.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "store/users/followings.h"
#include "store/users/settings.h"
#include "store/users/user_filters.h"
#include "work/filter_effort.h"
#include "work/filter_losses.h"
#include "work/tools.h"

namespace rolecall {
namespace {

struct FilterOptions {
  std::string name;
  bool all = false;  // companies, beside each one's own
  TitleTerms titles;
  PlaceTerms places;
  bool every_title = false, every_place = false;
  bool as_written = false;
};

// Titles alone, places alone, or both; where nothing is given, neither.
Result<FilterChange> ReadChange(const FilterOptions& options) {
  FilterChange change;
  const bool titles = options.titles != TitleTerms{}, places = options.places != PlaceTerms{};
  if (titles && options.every_title)
    return Fail(Errc::kInvalidInput, "--every-title and terms for titles cannot both be meant");
  if (places && options.every_place)
    return Fail(Errc::kInvalidInput, "--every-place and terms for places cannot both be meant");
  if (titles || options.every_title) change.titles = options.titles;
  if (places || options.every_place) change.places = options.places;
  return change;
}

Result<void> AskAbout(const FilterOptions& options) {
  const auto ask = [](const std::vector<std::string>& list, TermOf what) -> Result<void> {
    for (const std::string& term : list)
      if (const auto question = WhatToAskOf(term, what))
        return Fail(Errc::kInvalidInput, *question + ". Where it is meant so, add --as-written");
    return {};
  };
  CHECK_OK(ask(options.titles.include, TermOf::kTitle));
  CHECK_OK(ask(options.titles.exclude, TermOf::kTitle));
  CHECK_OK(ask(options.places.include, TermOf::kPlace));
  return ask(options.places.exclude, TermOf::kPlace);
}

Result<void> CheckChange(const FilterOptions& options, const FilterChange& change) {
  if (!options.as_written) CHECK_OK(AskAbout(options));
  const FilterTerms terms = Changed({}, change);
  CHECK_OK(CheckTerms(terms));
  CHECK_OK(CompanyFilter::Compile(terms));
  return {};
}

std::string Warning(const std::string& loss, std::string_view command) {
  return fmt::format("\nWarning: {}. `{}` shows them.", Printable(loss), command);
}

// Some 3 s of computing: whoever waits for it may end it, and the run tells it too.
CheckEffort ForAWhile() { return WithinEffort(WorkSettings{}.filter_patience, {}); }

bool IsNone(const FilterChange& change) { return !change.titles && !change.places; }

constexpr std::string_view kHowToClear =
    "\nTo filter by less: --every-title, --every-place, or other terms.";

Result<int> FilterOne(const Invocation& invocation, const std::string& written,
                      const FilterChange& change) {
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  TRY(auto tx, store.database->Write());
  TRY(const auto followed, LoadFollowings(tx.db(), store.user.id));
  const std::string name = FollowedName(written, followed);
  if (std::ranges::find(followed, name, &Following::company) == followed.end())
    return std::unexpected(UnknownCompany(written, followed));
  if (!IsNone(change)) CHECK_OK(SetFilters(tx, {store.user.id, name}, change, SystemNow()));
  TRY(const auto now, LoadFollowing(tx.db(), store.user.id, name));
  if (!now) return std::unexpected(UnknownCompany(written, followed));
  CHECK_OK(tx.Commit());
  std::string sentence = fmt::format("{}: {}.", name, TellFilters(now->terms));
  if (IsNone(change)) {
    PrintNote(sentence + std::string(kHowToClear));
    return kExitDone;
  }
  TRY(auto db, store.database->Reader());
  TRY(const auto loss, TellFilterLoss(*db, store.user.id, *now, ForAWhile()));
  if (loss) sentence += Warning(*loss, fmt::format("rolecall preview --company {}", name));
  PrintNote(sentence);
  return kExitDone;
}

Result<int> FilterAll(const Invocation& invocation, const FilterChange& change) {
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  TRY(auto tx, store.database->Write());
  CHECK_OK(HoldSettings(tx, store.user.id));
  TRY(const UserFilters before, LoadUserFilters(tx.db(), store.user.id));
  const FilterTerms terms = Changed(before.terms, change);
  if (!IsNone(change)) CHECK_OK(SetUserFilters(tx, store.user.id, terms, SystemNow()));
  CHECK_OK(tx.Commit());
  std::string sentence =
      fmt::format("all companies, beside the filters of each: {}.", TellFilters(terms));
  if (IsNone(change)) {
    PrintNote(sentence + std::string(kHowToClear));
    return kExitDone;
  }
  TRY(auto db, store.database->Reader());
  TRY(const auto losses, TellFilterLosses(*db, store.user.id, terms, ForAWhile()));
  for (const std::string& loss : losses) sentence += Warning(loss, "rolecall preview");
  PrintNote(sentence);
  return kExitDone;
}

Result<int> Filter(const Invocation& invocation, const FilterOptions& options) {
  if (options.all == !options.name.empty())
    return Fail(Errc::kInvalidInput, options.all ? "--all is for every company: name none beside it"
                                                 : "name a company, or all of them with --all");
  TRY(const FilterChange change, ReadChange(options));
  CHECK_OK(CheckChange(options, change));
  return options.all ? FilterAll(invocation, change) : FilterOne(invocation, options.name, change);
}

}  // namespace

std::string TellTerms(const std::vector<std::string>& terms, std::string_view between) {
  std::vector<std::string> marked;
  for (const std::string& term : terms) marked.push_back(fmt::format("\"{}\"", term));
  return Printable(fmt::format("{}", fmt::join(marked, between)));
}

std::string TellIncludedPlaces(const PlaceTerms& terms) {
  std::string told = TellTerms(terms.include, " or ");
  if (terms.remote) told += told.empty() ? "remote" : " or remote";
  return told;
}

std::string TellFilters(const FilterTerms& terms) {
  const auto& [titles, places] = terms;
  std::string told =
      titles.include.empty() ? "every title" : "titles with " + TellTerms(titles.include, " or ");
  if (!titles.exclude.empty()) told += ", but none with " + TellTerms(titles.exclude, " or ");
  if (places == PlaceTerms{}) return told;
  const std::string included = TellIncludedPlaces(places);
  told += included.empty() ? "; every place" : "; at " + included;
  if (!places.exclude.empty()) told += ", but not at " + TellTerms(places.exclude, " or ");
  return told;
}

void AddCompaniesFilter(CommandLine& line, CLI::App& companies) {
  const auto [filter, options] = AddCommand<FilterOptions>(
      line, companies, "filter",
      "Replaces what its titles or its places are filtered by; without any option, shows it",
      "rolecall companies filter acme --include engineer 'c++' --place Zurich --remote", Filter);
  filter->add_option("NAME", options->name, "the company");
  filter->add_flag("--all", options->all, "filter all companies, beside what each is filtered by");
  filter->add_option("--include", options->titles.include,
                     "titles must match one of these; /…/ is a regular expression");
  filter->add_option("--exclude", options->titles.exclude, "and none of these");
  filter->add_option("--place", options->places.include,
                     "one of a job's places must match one of these, where it states any");
  filter->add_option("--not-place", options->places.exclude, "and none of these");
  filter->add_flag("--remote", options->places.remote,
                   "or be remote; alone: nothing but remote jobs");
  filter->add_flag("--every-title", options->every_title, "filter titles no more");
  filter->add_flag("--every-place", options->every_place, "filter places no more");
  filter->add_flag("--as-written", options->as_written,
                   "take terms with a comma, or like /…/i, as they are");
}

}  // namespace rolecall
