// rolecall companies add: follows a company by any address of its careers, or by its board.
#include "cli/commands/add_company.h"

#include <fmt/format.h>

#include "app/worker.h"
#include "base/text.h"
#include "cli/commands/choose_known_board.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "db/try_again.h"
#include "domain/company_name.h"
#include "forms/or_null.h"
#include "forms/sample_json.h"
#include "store/users/add_company.h"
#include "work/find_board.h"

namespace rolecall {
namespace json = boost::json;
namespace {

struct AddOptions {
  std::string written, name, board, token;
  bool move = false, dry_run = false, json = false, confirm = false;
};

// What is to be followed, and as what.
struct Wanted {
  std::string written, display_name;  // as CompanyToAdd has them; display_name may be empty
  std::string kind, token;
};

enum class Ending { kCommit, kTakeBack };

Result<AddedCompany> FollowOnce(OpenedStore& store, const Wanted& wanted, bool may_move,
                                Ending ending) {
  TRY(auto tx, store.database->Write());
  CompanyToAdd company{.written = wanted.written, .kind = wanted.kind, .token = wanted.token};
  if (!wanted.display_name.empty()) company.display_name = wanted.display_name;
  TRY(AddedCompany added, AddCompany(tx, store.user.id, company, SystemNow()));
  if (!added.left.empty() && !may_move)
    return Fail(
        Errc::kInvalidInput,
        fmt::format("{} is on another board already: with --move it {}", added.name, added.left));
  if (ending == Ending::kCommit) CHECK_OK(tx.Commit());
  return added;
}

Result<AddedCompany> FollowWanted(OpenedStore& store, const Wanted& wanted, bool may_move,
                                  Ending ending) {
  return TryWhileContended([&] { return FollowOnce(store, wanted, may_move, ending); });
}

// "Jerry.ai (jerry-ai)".
std::string NamedText(const AddedCompany& added) {
  return added.shown.empty() ? added.name
                             : fmt::format("{} ({})", Printable(added.shown), added.name);
}

std::string FollowedText(const AddedCompany& added, const Wanted& wanted) {
  return fmt::format("{} is followed on {} {}.{}", NamedText(added), wanted.kind, wanted.token,
                     added.left.empty() ? "" : fmt::format("\nIt {}.", added.left));
}

// "33 openings, such as", and five of them.
std::string SampleText(const CheckedBoard& checked) {
  if (checked.total == 0) return "It has no openings now.\n";
  std::string text = fmt::format("{}, such as\n", Counted(checked.total, "opening", "openings"));
  for (const ListedJob& job : checked.sample)
    text += fmt::format("  {}{}\n", Printable(job.title),
                        job.location.empty() ? "" : " · " + Printable(job.location));
  return text;
}

json::object FoundJson(const AddedCompany& added, const Wanted& wanted, const FoundBoard& found) {
  return {{"name", added.name},
          {"display_name", ShownName(added.shown, added.name)},
          {"board", wanted.kind},
          {"token", wanted.token},
          {"checked", found.checked.presence == BoardPresence::kStands},
          {"sample", SampleJson(found.checked.sample)},
          {"total_count", found.checked.total},
          {"trouble", TextOrNull(found.checked.trouble)},
          {"found_on", TextOrNull(found.found_on)}};
}

// What the same would do without --dry-run.
std::string DryText(const AddedCompany& added, const Wanted& wanted, const FoundBoard& found) {
  const std::string which = fmt::format("{} on {} {}", NamedText(added), wanted.kind, wanted.token);
  std::string does = which + " would be followed";
  if (found.checked.presence == BoardPresence::kUnreadable) does = which + " could not be followed";
  if (found.checked.presence == BoardPresence::kUnproven)
    does += ", with --confirm alone: its vendor lists nothing for any name";
  if (!added.left.empty())
    does += fmt::format(", with --move alone: {} is on another board, and it {}", added.name,
                        added.left);
  return does + ". Nothing was changed.";
}

// Why a board that was found is not followed without more words; nothing where it may be.
Result<void> MayFollow(const FoundBoard& found, const AddOptions& options) {
  const std::string& kind = Traits(*found.board.definition).kind;
  if (options.dry_run) return {};
  if (found.checked.presence == BoardPresence::kUnreadable)
    return Fail(Errc::kUpstream, fmt::format("{} {} cannot be read: {}", kind, found.board.token,
                                             found.checked.trouble));
  if (found.checked.presence == BoardPresence::kUnproven && !options.confirm)
    return Fail(Errc::kInvalidInput,
                fmt::format("{} lists nothing for {}, as it does for any name: with --confirm it "
                            "is followed all the same",
                            kind, found.board.token));
  return {};
}

Result<int> FollowFound(OpenedStore& store, const FoundBoard& found, const AddOptions& options) {
  CHECK_OK(MayFollow(found, options));
  const Wanted wanted{.written = options.name.empty() ? NameToFollowBy(found) : options.name,
                      .display_name = options.name.empty() ? found.own_name : "",
                      .kind = Traits(*found.board.definition).kind,
                      .token = found.board.token};
  TRY(const AddedCompany added,
      FollowWanted(store, wanted, options.move || options.dry_run,
                   options.dry_run ? Ending::kTakeBack : Ending::kCommit));
  if (options.json) {
    Print(json::serialize(FoundJson(added, wanted, found)) + "\n");
    return kExitDone;
  }
  if (!found.found_on.empty()) PrintNote(fmt::format("Found on {}.", Printable(found.found_on)));
  if (found.checked.presence == BoardPresence::kUnreadable)
    PrintNote(fmt::format("It could not be read: {}", Printable(found.checked.trouble)));
  else
    Print(SampleText(found.checked));
  PrintNote(options.dry_run ? DryText(added, wanted, found) : FollowedText(added, wanted));
  return kExitDone;
}

// By an address, or by a name that the directory knows.
Result<int> FollowWritten(const Invocation& invocation, const AddOptions& options,
                          const std::stop_token& stop) {
  CHECK_OK(CheckGateway(invocation.config.fetch));
  TRY(auto store, OpenFor(invocation));
  TRY(const auto worker, Worker::Make(invocation.config, *store.database));
  const WorkTools tools = worker->Tools({});
  auto found = LooksLikeAddress(options.written)
                   ? FindBoardAt(tools, options.written, stop)
                   : ChooseKnownBoard(tools, options.written, options.confirm, stop);
  if (!found) return std::unexpected(std::move(found).error());
  return FollowFound(store, *found, options);
}

// By kind and token, which are taken at their word: a board that is down can be followed.
Result<int> FollowNamed(const Invocation& invocation, const AddOptions& options) {
  CHECK_OK(invocation.config.kinds->FindBoard(options.board, options.token));
  TRY(auto store, OpenFor(invocation));
  const Wanted wanted{.written = options.name.empty() ? options.written : options.name,
                      .display_name = {},
                      .kind = options.board,
                      .token = options.token};
  TRY(const AddedCompany added, FollowWanted(store, wanted, options.move, Ending::kCommit));
  PrintNote(FollowedText(added, wanted));
  return kExitDone;
}

Result<int> FollowCompany(const Invocation& invocation, const AddOptions& options,
                          const std::stop_token& stop) {
  const bool has_board = !options.board.empty(), has_token = !options.token.empty();
  if (has_board && has_token) {
    if (options.dry_run || options.json)
      return Fail(Errc::kInvalidInput,
                  "--dry-run and --json are for an address: a board that is "
                  "named by --board and --token is not asked");
    return FollowNamed(invocation, options);
  }
  if (has_board || has_token)
    return Fail(Errc::kInvalidInput,
                fmt::format("{} needs {} beside it: they name a board together",
                            has_board ? "--board" : "--token", has_board ? "--token" : "--board"));
  return FollowWritten(invocation, options, stop);
}

}  // namespace

void AddCompaniesAdd(CommandLine& line, CLI::App& companies) {
  const auto [add, options] = AddCommand<AddOptions>(
      line, companies, "add", "Follows a company, or moves it to another board",
      "rolecall companies add https://boards.greenhouse.io/acme\n"
      "  rolecall companies add stripe\n"
      "  rolecall companies add acme --board workday --token acme.wd5/careers",
      FollowCompany);
  add->add_option("ADDRESS", options->written,
                  "any address of its careers: its page, a job's, its vendor's; or a name that is "
                  "known; or with --board what it is to be called")
      ->required()
      ->check(IsGiven());
  add->add_option("--name", options->name, "what it is to be called here");
  add->add_option("--board", options->board,
                  fmt::format("the kind of its board: {}", fmt::join(BuiltInKinds(), ", ")));
  add->add_option("--token", options->token, "which board of that kind is its own");
  add->add_flag("--move", options->move, "where it is followed on another board, leave that one");
  add->add_flag("--dry-run", options->dry_run, "find and read the board, and follow nothing");
  add->add_flag("--json", options->json, "print what was found as JSON");
  add->add_flag("--confirm", options->confirm,
                "follow a board that lists nothing, of a vendor that answers so for any name, or "
                "the first that a name may mean");
}

}  // namespace rolecall
