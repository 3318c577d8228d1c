// The table of commands, and the one place where an error becomes a sentence and an exit code.
#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>

#include "app/definitions.h"
#include "app/open_store.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/interrupts.h"
#include "cli/terminal/terminal.h"

namespace rolecall {
namespace {

void AddAll(CommandLine& line) {
  line.app.require_subcommand(1);
  line.app.footer(
      "Example:\n  rolecall companies add acme --board greenhouse --token acme\n  rolecall run\n"
      "  rolecall jobs --new");
  line.app
      .add_option("--database", line.database,
                  "sqlite:PATH or postgresql://…, instead of DATABASE_URL")
      ->check([](const std::string& url) {
        return url.empty() ? std::string("it is empty: a variable in its place may not be set")
                           : "";
      });
  line.app.add_option("--user", line.user, "the e-mail address of whom to act for")
      ->capture_default_str();
  line.app.set_version_flag("--version", fmt::format("rolecall {}", ROLECALL_VERSION));
  line.app.fallthrough();
  for (const auto add : {AddRun, AddServe, AddWork, AddPreview, AddCompanies, AddJobs, AddJob,
                         AddMark, AddAbort, AddWithheld, AddRuns, AddLogs, AddUsers, AddSimulate,
                         AddBoards, AddDoctor, AddMigrate, AddVersion, AddHelp})
    add(line);
}

// Every command and flag that could stand where a word was not understood.
void GatherWords(const CLI::App& app, std::vector<std::string>& words) {
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    words.push_back(command->get_name());
    if (*command) GatherWords(*command, words);
  }
}

int Refuse(const CommandLine& line, const CLI::ParseError& error) {
  std::string sentence = error.what();
  const auto extras = line.app.remaining(true);
  if (!extras.empty()) {
    std::vector<std::string> words;
    GatherWords(line.app, words);
    sentence = fmt::format("there is no \"{}\".{}", Printable(extras.front()),
                           DidYouMean(extras.front(), words));
  }
  PrintError(sentence + "\nRun with --help to see what there is.");
  return kExitUsage;
}

Result<int> CarryOut(const CommandLine& line, const std::stop_token& stop) {
  Environment environment = ProcessEnvironment();
  if (!line.database.empty()) environment["DATABASE_URL"] = line.database;
  TRY(Config config, ReadConfig(environment));
  TRY(config.kinds, ReadKinds(config));
  return line.action({.config = std::move(config), .user = line.user}, stop);
}

// The code, unless what was to be told could not be written.
int FlushResults(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  // Who closed the pipe wants no more.
  if (errno == EPIPE) return code;
  PrintError(fmt::format("the results could not be written: {}", std::strerror(errno)));
  return kExitFailed;
}

}  // namespace

CLI::Validator IsId() {
  return {[](std::string& text) {
            std::int64_t id = 0;
            const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), id);
            const bool whole = failure == std::errc{} && end == text.data() + text.size();
            // As it is shown: the parser would take 010 for eight.
            if (whole && id > 0 && fmt::to_string(id) == text) return std::string();
            return fmt::format("must be a whole number from 1 on, and is \"{}\"",
                               Printable(text.substr(0, 80)));
          },
          "NUMBER"};
}

CLI::Validator IsGiven() {
  return {[](const std::string& text) {
            return text.empty() ? std::string("must not be empty") : std::string();
          },
          "NAME"};
}

Result<OpenedStore> OpenFor(const Invocation& invocation, Schema schema) {
  TRY(auto database, OpenStore(invocation.config, schema));
  TRY(auto db, database->Reader());
  TRY(User user, FindUser(*db, invocation.user));
  db.reset();
  return OpenedStore{std::move(database), std::move(user)};
}

namespace {

constexpr int kTries = 5;

}  // namespace

int RunCommandLine(int argc, char** argv) {
  HoldInterrupts();
  std::signal(SIGPIPE, SIG_IGN);
  CommandLine line;
  AddAll(line);
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::Success& asked_for_help) {
    ReleaseInterrupts();
    return FlushResults(line.app.exit(asked_for_help));
  } catch (const CLI::ParseError& error) {
    ReleaseInterrupts();
    return Refuse(line, error);
  }
  // Taken until the results are written: where their reader is stuck, a second signal ends the
  // process.
  std::optional<Interrupts> interrupts;
  if (line.on_interrupt == OnInterrupt::kAskToStop)
    interrupts.emplace();
  else
    ReleaseInterrupts();
  try {
    const auto carry_out = [&] {
      return CarryOut(line, interrupts ? interrupts->token() : std::stop_token());
    };
    auto done = carry_out();
    // Of a command that writes once: its transaction gave way to another, and it said nothing yet.
    for (int tries = 1; !done && done.error().contended && !interrupts && tries < kTries; ++tries)
      done = carry_out();
    if (done) return FlushResults(*done);
    PrintError(Printable(done.error().message));
    return ExitCodeOf(done.error().code);
  } catch (const std::exception& bug) {
    PrintError(fmt::format("something broke that should not: {}", bug.what()));
    return kExitFailed;
  }
}

}  // namespace rolecall
