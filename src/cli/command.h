// The command line: which commands there are, and what each is given.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <type_traits>
#include <utility>

#include "app/config.h"
#include "app/open_store.h"
#include "base/error.h"
#include "db/db.h"
#include "store/users/users.h"

namespace rolecall {

struct Invocation {
  Config config;
  std::string user;  // the e-mail address of whom the command acts for
};

// Carries the chosen command out; returns the exit code. `stop` is asked for by Ctrl-C or SIGTERM.
using Action = std::function<Result<int>(const Invocation&, const std::stop_token& stop)>;

// What Ctrl-C or SIGTERM does to a command.
enum class OnInterrupt : std::uint8_t { kEndProcess, kAskToStop };

struct CommandLine {
  CLI::App app{"Calls the roll of every opening at the companies that you follow.", "rolecall"};
  std::string database;  // --database; empty: DATABASE_URL or the default
  std::string user{kLocalUser};
  // Of the command that was chosen.
  Action action;
  OnInterrupt on_interrupt = OnInterrupt::kEndProcess;
};

// Each adds one command. `Options` of a command live as long as its action.
void AddRun(CommandLine& line);
void AddWork(CommandLine& line);
void AddServe(CommandLine& line);
void AddPreview(CommandLine& line);
void AddCompanies(CommandLine& line);
void AddJobs(CommandLine& line);
void AddRuns(CommandLine& line);
void AddJob(CommandLine& line);
void AddMark(CommandLine& line);
void AddAbort(CommandLine& line);
void AddWithheld(CommandLine& line);
void AddLogs(CommandLine& line);
void AddUsers(CommandLine& line);
void AddSimulate(CommandLine& line);
void AddMigrate(CommandLine& line);
void AddBoards(CommandLine& line);
void AddDoctor(CommandLine& line);
void AddVersion(CommandLine& line);
void AddHelp(CommandLine& line);

// What chooses a command: `act(invocation, options)` carries it out, or `act(invocation, options,
// stop)`. The first may end anywhere; the second is asked to stop, maybe before anything of it was
// begun.
template <typename Options, typename Act>
std::function<void()> ChooseOf(CommandLine& line, std::shared_ptr<Options> options, Act act) {
  constexpr bool kMayEndAnywhere = std::is_invocable_v<Act, const Invocation&, const Options&>;
  return [&line, options, act] {
    line.on_interrupt = kMayEndAnywhere ? OnInterrupt::kEndProcess : OnInterrupt::kAskToStop;
    line.action = [options, act](const Invocation& invocation,
                                 const std::stop_token& stop) -> Result<int> {
      if constexpr (kMayEndAnywhere)
        return act(invocation, *options);
      else
        return act(invocation, *options, stop);
    };
  };
}

// Adds a command; returns it, and where its options are to be bound.
template <typename Options, typename Act>
std::pair<CLI::App*, std::shared_ptr<Options>> AddCommand(CommandLine& line, CLI::App& parent,
                                                          const std::string& name,
                                                          const std::string& what,
                                                          const std::string& example, Act act) {
  CLI::App* command = parent.add_subcommand(name, what);
  command->footer("Example:\n  " + example);
  auto options = std::make_shared<Options>();
  command->callback(ChooseOf(line, options, act));
  return {command, options};
}

// `group` without one of its commands does as `act` does.
template <typename Options, typename Act>
void ActWhereBare(CommandLine& line, CLI::App& group, std::shared_ptr<Options> options, Act act) {
  group.require_subcommand(0, 1);
  group.callback([&group, choose = ChooseOf(line, std::move(options), act)] {
    if (group.get_subcommands().empty()) choose();
  });
}

struct NoOptions {};

// What an id of the database can be, as it is shown: 1, 2, 3 and so on.
CLI::Validator IsId();

// Some text, as an empty variable of a script is none.
CLI::Validator IsGiven();

// The store and the user of an invocation.
struct OpenedStore {
  std::unique_ptr<Database> database;
  User user;
};
Result<OpenedStore> OpenFor(const Invocation& invocation, Schema schema = Schema::kPrepare);

// The whole program: parses, acts, tells errors on stderr. Returns the exit code.
int RunCommandLine(int argc, char** argv);

}  // namespace rolecall
