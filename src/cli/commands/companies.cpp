// rolecall companies: who is followed, on which board, by which filters.
#include "store/users/companies.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "boards/board.h"
#include "cli/command.h"
#include "cli/commands/add_company.h"
#include "cli/commands/filter_companies.h"
#include "cli/commands/import_companies.h"
#include "cli/exit_code.h"
#include "cli/terminal/local_time.h"
#include "cli/terminal/terminal.h"
#include "domain/company_name.h"
#include "forms/filter_json.h"
#include "forms/health_form.h"
#include "forms/or_null.h"
#include "store/boards/board_health.h"
#include "store/users/user_filters.h"

namespace rolecall {
namespace json = boost::json;
namespace {

struct ListOptions {
  bool json = false;
};
struct NameOptions {
  std::string name;
};

// "▂▄▄█": the sizes beside each other, from nothing to the largest.
std::string Sparkline(const std::vector<int>& sizes) {
  constexpr std::array<std::string_view, 8> kBars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const int most = sizes.empty() ? 0 : std::ranges::max(sizes);
  std::string line;
  for (const int size : sizes)
    line += kBars[most == 0 ? 0 : static_cast<std::size_t>(std::int64_t{size} * 7 / most)];
  return line;
}

std::string Age(Timestamp at, Timestamp now) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(now - at).count();
  const auto hours = minutes / 60;
  if (minutes < 1) return "now";
  if (hours < 2) return fmt::format("{} min ago", minutes);
  if (hours < 48) return fmt::format("{} h ago", hours);
  return fmt::format("{} d ago", hours / 24);
}

json::value ButForJson(const BoardHealth& health) {
  return health.but_for ? json::value(*health.but_for) : json::value();
}

// "ok", "failing, 2 times", or nothing before the first reading.
std::string StateText(const HealthForm& form, const BoardHealth& health) {
  switch (form.state) {
    case HealthState::kUnread:
      return "";
    case HealthState::kWholeButFor:
      return fmt::format("whole but for {}", health.but_for.value_or(0));
    case HealthState::kPartial:
      return "partly read";
    case HealthState::kFailing:
      if (health.failure_streak > 1 && health.not_read.empty())
        return fmt::format("failing, {} times", health.failure_streak);
      return "failing";
    case HealthState::kOk:
    case HealthState::kUnverified:
      return std::string(Name(form.state));
  }
  return "";
}

// "acme is failing, 2 times since 2026-11-24 03:41 CET: HTTP 502"; nothing where all is well.
std::string TroubleText(const Following& following, const HealthForm& form,
                        const BoardHealth& health) {
  if (form.why.empty()) return "";
  return fmt::format("{} is {}{}: {}\n", following.company, StateText(form, health),
                     form.since ? " since " + LocalMinute(*form.since) : "", Printable(form.why));
}

Result<int> List(const Invocation& invocation, const ListOptions& options) {
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  TRY(auto db, store.database->Reader());
  TRY(const auto followed, LoadFollowings(*db, store.user.id));
  std::vector<std::int64_t> boards;
  for (const Following& one : followed) boards.push_back(one.board_id);
  TRY(auto health, LoadBoardHealth(*db, store.user.id, boards));
  const auto health_of = [&](const Following& one) {
    return HealthOf(invocation.config.kinds->ZeroProvesNothing(one.kind), health[one.board_id]);
  };
  if (options.json) {
    json::array list;
    for (const Following& one : followed)
      list.push_back(
          json::object{{"company_name", one.company},
                       {"display_name", one.display_name},
                       {"board", one.kind},
                       {"token", one.token},
                       {"title_filters", TitleFiltersJson(one.terms.titles)},
                       {"place_filters", PlaceFiltersJson(one.terms.places)},
                       {"is_enabled", one.enabled},
                       {"updated_at", ToIso(one.updated_at)},
                       {"last_complete_at", TimeOrNull(health[one.board_id].confirmed_at)},
                       {"failure_streak", health[one.board_id].failure_streak},
                       {"whole_but_for", ButForJson(health[one.board_id])},
                       {"whole_but_for_since", TimeOrNull(health[one.board_id].but_for_since)},
                       {"trouble", TextOrNull(health_of(one).why)},
                       {"sizes", json::value_from(health[one.board_id].sizes)},
                       {"health", HealthJson(health_of(one), health[one.board_id])}});
    Print(json::serialize(list) + "\n");
    return kExitDone;
  }
  if (followed.empty()) {
    PrintNote("No company is followed: rolecall companies add https://boards.greenhouse.io/acme");
    return kExitDone;
  }
  const auto left = TextTable::Align::kLeft;
  TextTable table({{"company", left, true},
                   {"shown as", left, true, true},
                   {"board"},
                   {"token", left, true},
                   {"enabled"},
                   {"include", left, true, true},
                   {"exclude", left, true, true},
                   {"places", left, true, true},
                   {"not at", left, true, true},
                   {"last complete", TextTable::Align::kRight},
                   {"sizes"},
                   {"health"}});
  const Timestamp now = SystemNow();
  std::string troubles;
  for (const Following& one : followed) {
    const BoardHealth& of_board = health[one.board_id];
    const HealthForm form = health_of(one);
    const bool told = one.display_name != ShownName("", one.company);
    table.Add({one.company, told ? Printable(one.display_name) : "", one.kind, one.token,
               one.enabled ? "yes" : "no", TellTerms(one.terms.titles.include),
               TellTerms(one.terms.titles.exclude), TellIncludedPlaces(one.terms.places),
               TellTerms(one.terms.places.exclude),
               of_board.confirmed_at ? Age(*of_board.confirmed_at, now) : "",
               Sparkline(of_board.sizes), StateText(form, of_board)});
    troubles += TroubleText(one, form, of_board);
  }
  Print(table.WithoutLacking().Text(WidthOf(Stream::kOut),
                                    PaintFor(invocation.config, Stream::kOut)));
  if (!troubles.empty()) Print("\n" + troubles);
  TRY(const UserFilters for_all, LoadUserFilters(*db, store.user.id));
  if (for_all.terms != FilterTerms{})
    PrintNote(fmt::format("All of them: {}.", TellFilters(for_all.terms)));
  return kExitDone;
}

// Carries a change out in one transaction; `change(tx, user_id)` gives the sentence that tells it.
template <typename Change>
Result<int> Changed(OpenedStore& store, Change change) {
  TRY(auto tx, store.database->Write());
  TRY(const std::string sentence, change(tx, store.user.id));
  CHECK_OK(tx.Commit());
  PrintNote(sentence);
  return kExitDone;
}

// Carries a change of a followed company out: `change(tx, company)`, with the name that it has.
template <typename Change>
Result<int> ChangedOf(const Invocation& invocation, std::string_view written, Change change) {
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  std::string name;
  {
    TRY(auto db, store.database->Reader());
    TRY(const auto followed, LoadFollowings(*db, store.user.id));
    name = FollowedName(written, followed);
    if (std::ranges::find(followed, name, &Following::company) == followed.end())
      return std::unexpected(UnknownCompany(written, followed));
  }
  return Changed(store, [&](Transaction& tx, std::int64_t user_id) {
    return change(tx, CompanyOfUser{user_id, name});
  });
}

Result<int> Enable(const Invocation& invocation, const NameOptions& options) {
  return ChangedOf(invocation, options.name,
                   [](Transaction& tx, const CompanyOfUser& company) -> Result<std::string> {
                     CHECK_OK(EnableCompany(tx, company, SystemNow()));
                     return fmt::format("{} is enabled.", company.name);
                   });
}

Result<int> Disable(const Invocation& invocation, const NameOptions& options) {
  return ChangedOf(invocation, options.name,
                   [](Transaction& tx, const CompanyOfUser& company) -> Result<std::string> {
                     CHECK_OK(DisableCompany(tx, company, SystemNow()));
                     return fmt::format("{} is disabled: runs leave it and its jobs alone.",
                                        company.name);
                   });
}

// One that is not followed may still be offered to whoever follows by name.
Result<int> RemoveOffered(OpenedStore& store, const std::string& name) {
  return Changed(store, [&](Transaction& tx, std::int64_t user_id) -> Result<std::string> {
    TRY(const bool forgotten, ForgetUnfollowed(tx, {user_id, name}));
    if (!forgotten)
      return Fail(
          Errc::kConflict,
          fmt::format("{} is not followed by you, and stays for those who follow it", name));
    return fmt::format("{} is offered no more.", name);
  });
}

Result<int> Remove(const Invocation& invocation, const NameOptions& options) {
  {
    TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
    std::string name;
    bool offered = false;
    {
      TRY(auto db, store.database->Reader());
      TRY(const auto followed, LoadFollowings(*db, store.user.id));
      name = FollowedName(options.name, followed);
      if (std::ranges::find(followed, name, &Following::company) == followed.end()) {
        TRY(const auto as_written, FindCompany(*db, store.user.id, name));
        if (!as_written) name = SlugOf(name).value_or(name);
        TRY(const auto known, FindCompany(*db, store.user.id, name));
        offered = known.has_value();
      }
    }
    if (offered) return RemoveOffered(store, name);
  }
  return ChangedOf(invocation, options.name,
                   [](Transaction& tx, const CompanyOfUser& company) -> Result<std::string> {
                     CHECK_OK(Unfollow(tx, company.user_id, company.name));
                     TRY(const bool forgotten, ForgetUnfollowed(tx, company));
                     return fmt::format("{} is removed: the next run expires its jobs.{}",
                                        company.name, forgotten ? "" : " Others follow it still.");
                   });
}

}  // namespace

void AddCompanies(CommandLine& line) {
  CLI::App* companies =
      line.app.add_subcommand("companies", "Names the companies that are followed");
  companies->footer("Example:\n  rolecall companies add https://boards.greenhouse.io/acme");

  const auto [list, list_options] = AddCommand<ListOptions>(line, *companies, "list", "Lists them",
                                                            "rolecall companies list --json", List);
  list->add_flag("--json", list_options->json, "print them as JSON");
  ActWhereBare(line, *companies, list_options, List);

  AddCompaniesAdd(line, *companies);
  AddCompaniesImport(line, *companies);
  AddCompaniesExport(line, *companies);

  struct OfAName {
    const char *name, *what;
    Result<int> (*act)(const Invocation&, const NameOptions&);
  };
  for (const OfAName& one :
       {OfAName{"enable", "Lets runs read it again", Enable},
        OfAName{"disable", "Leaves it and its jobs alone", Disable},
        OfAName{"remove", "Follows it no more; the next run expires its jobs", Remove}}) {
    const auto [command, options] =
        AddCommand<NameOptions>(line, *companies, one.name, one.what,
                                fmt::format("rolecall companies {} acme", one.name), one.act);
    command->add_option("NAME", options->name, "the company")->required();
  }

  AddCompaniesFilter(line, *companies);
}

}  // namespace rolecall
