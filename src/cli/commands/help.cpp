// rolecall help: what there is, and how each command is used.
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"

namespace rolecall {
namespace {

struct HelpOptions {
  std::vector<std::string> words;
};

// The help of the command that the words name, one below the other.
Result<std::string> HelpOf(const CLI::App& app, const std::vector<std::string>& words) {
  const CLI::App* found = &app;
  std::string above;  // the names before it, as its usage has them
  for (const std::string& word : words) {
    std::vector<std::string> names;
    const CLI::App* next = nullptr;
    for (const CLI::App* one : found->get_subcommands([](const CLI::App*) { return true; })) {
      names.push_back(one->get_name());
      if (one->get_name() == word) next = one;
    }
    if (next == nullptr)
      return Fail(Errc::kInvalidInput, fmt::format("there is no command \"{}\".{}", Printable(word),
                                                   DidYouMean(word, names)));
    above += (above.empty() ? "" : " ") + found->get_name();
    found = next;
  }
  return found->help(above);
}

}  // namespace

void AddHelp(CommandLine& line) {
  const auto [command, options] = AddCommand<HelpOptions>(
      line, line.app, "help", "Shows what there is, as --help does", "rolecall help companies add",
      [&line](const Invocation&, const HelpOptions& asked) -> Result<int> {
        TRY(const std::string help, HelpOf(line.app, asked.words));
        Print(help);
        return kExitDone;
      });
  command->add_option("COMMAND", options->words, "of which command");
}

}  // namespace rolecall
