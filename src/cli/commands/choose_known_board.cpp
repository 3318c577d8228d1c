// Offers what the directory knows of a name. A guess is never followed without a question.
#include "cli/commands/choose_known_board.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <charconv>
#include <iostream>

#include "base/text.h"
#include "boards/own_name.h"
#include "cli/terminal/terminal.h"
#include "directory/built_in_directory.h"
#include "directory/search_directory.h"
#include "fetch/bounded_fetcher.h"

namespace rolecall {
namespace {

constexpr int kOffered = 5;  // guesses, each of which is asked for its name

struct Guess {
  BoardAddress board;
  std::string own_name;  // empty: unconfirmed
};

Result<FoundBoard> CheckKnown(const WorkTools& tools, BoardAddress board, std::string own_name,
                              const std::stop_token& stop) {
  TRY(CheckedBoard checked, CheckBoard(tools, board, stop));
  return FoundBoard{std::move(board), "", std::move(checked), std::move(own_name)};
}

Result<std::vector<Guess>> AskGuesses(const WorkTools& tools,
                                      const std::vector<KnownCompany>& known,
                                      const std::stop_token& stop) {
  BoundedFetcher fetcher(tools.fetcher, tools.settings.check_patience);
  std::vector<Guess> guesses;
  for (const KnownCompany& one : known) {
    TRY(auto board, tools.kinds.FindBoard(one.kind, one.token));
    // A vendor that answers any name proves none.
    std::string own_name;
    if (!Traits(*board.definition).zero_proves_nothing) {
      TRY(own_name, AskOwnName(board, fetcher, stop));
    }
    guesses.push_back({std::move(board), std::move(own_name)});
  }
  return guesses;
}

std::string GuessesText(const std::vector<Guess>& guesses) {
  const auto left = TextTable::Align::kLeft;
  TextTable table({{"", TextTable::Align::kRight},
                   {"board", left},
                   {"token", left, true},
                   {"calls itself", left, true}});
  for (std::size_t i = 0; i < guesses.size(); ++i)
    table.Add({std::to_string(i + 1), Traits(*guesses[i].board.definition).kind,
               guesses[i].board.token,
               guesses[i].own_name.empty() ? "unconfirmed" : Printable(guesses[i].own_name)});
  return table.Text(WidthOf(Stream::kError), Paint(Colour::kOff));
}

// The number that a person types; 0 for none.
std::size_t Chosen(std::size_t most, const std::stop_token& stop) {
  WriteRaw(fmt::format("Which is it? [1-{}, or Enter for none] ", most));
  constexpr int kLookAtStop = 100;  // milliseconds
  pollfd typed_at{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  while (poll(&typed_at, 1, kLookAtStop) <= 0)
    if (stop.stop_requested()) return 0;
  std::string line;
  if (!std::getline(std::cin, line)) return 0;
  const std::string_view typed = Trim(line);
  std::size_t number = 0;
  const auto [end, failure] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  const bool is_number = failure == std::errc() && end == typed.data() + typed.size();
  return is_number && number <= most ? number : 0;
}

}  // namespace

Result<FoundBoard> ChooseKnownBoard(const WorkTools& tools, const std::string& name,
                                    bool take_first, const std::stop_token& stop) {
  auto known = KnownAs(BuiltInDirectory(), name);
  if (!known.empty() && known.front().well_known) {
    const KnownCompany& one = known.front();
    TRY(auto board, tools.kinds.FindBoard(one.kind, one.token));
    return CheckKnown(tools, std::move(board), one.display_name, stop);
  }
  if (known.empty()) {
    TRY(known, SearchDirectory(BuiltInDirectory(), name, kOffered));
  }
  if (known.size() > kOffered) known.resize(kOffered);
  if (known.empty())
    return Fail(Errc::kInvalidInput,
                fmt::format("no board of the name {} is known: give the address of its careers "
                            "page, or its board by --board and --token",
                            Quoted(name)));
  TRY(auto guesses, AskGuesses(tools, known, stop));
  WriteRaw(fmt::format("{} may be one of these, which is a guess:\n{}", Quoted(name),
                       GuessesText(guesses)));
  std::size_t chosen = take_first ? 1 : 0;
  if (!take_first && isatty(STDIN_FILENO) == 1) chosen = Chosen(guesses.size(), stop);
  if (stop.stop_requested()) return Fail(Errc::kCancelled, "interrupted");
  if (chosen == 0)
    return Fail(Errc::kInvalidInput,
                fmt::format("nothing was chosen: name one by --board {} --token {}, say",
                            known.front().kind, known.front().token));
  Guess& one = guesses[chosen - 1];
  return CheckKnown(tools, std::move(one.board), std::move(one.own_name), stop);
}

}  // namespace rolecall
