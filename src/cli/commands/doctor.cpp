// rolecall doctor: whether what the program needs is there, and the boards that it knows.
#include <fmt/format.h>

#include "app/worker.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "directory/built_in_directory.h"
#include "store/users/followings.h"

namespace rolecall {
namespace {

struct DoctorOptions {
  bool boards = false;
};

// "120 openings", "20 openings of 1,400", or why there are none; the first page alone is read.
struct BoardAnswer {
  std::string text;
  bool is_well = false;
};

BoardAnswer AnswerOf(const BoardReading& reading) {
  const auto jobs = static_cast<std::int64_t>(JobsIn(reading.listing).size());
  const bool is_read = CompletenessOf(reading.listing) != Completeness::kFailed;
  if (!is_read) return {.text = TroubleOf(reading.listing), .is_well = false};
  const int stated = reading.stated_total.value_or(0);
  return {.text = fmt::format("{}{}", Counted(jobs, "opening", "openings"),
                              stated > jobs ? fmt::format(" of {}", stated) : ""),
          .is_well = true};
}

// One request for each well-known company, paced as a run's are.
Result<int> AskBoards(const Invocation& invocation, Fetcher& fetcher, const std::stop_token& stop) {
  const auto left = TextTable::Align::kLeft;
  TextTable table(
      {{"company", left, true}, {"board", left}, {"token", left, true}, {"answer", left, true}});
  const auto companies = WellKnownCompanies().WellKnown();
  int well = 0;
  for (const KnownCompany& one : companies) {
    TRY(const auto board, invocation.config.kinds->FindBoard(one.kind, one.token));
    TRY(const BoardReading reading, ReadBoard(board, {.max_pages = 1}, {}, fetcher, stop));
    const BoardAnswer answer = AnswerOf(reading);
    well += answer.is_well ? 1 : 0;
    table.Add({one.display_name, one.kind, one.token, Printable(answer.text)});
  }
  Print(table.Text(WidthOf(Stream::kOut), PaintFor(invocation.config, Stream::kOut)));
  PrintNote(fmt::format("{} of {} boards answer.", well, companies.size()));
  return well == static_cast<int>(companies.size()) ? kExitDone : kExitWarnings;
}

Result<int> Examine(const Invocation& invocation, const DoctorOptions& options,
                    const std::stop_token& stop) {
  CHECK_OK(CheckGateway(invocation.config.fetch));
  TRY(auto store, OpenFor(invocation));
  TRY(const auto worker, Worker::Make(invocation.config, *store.database));
  if (options.boards) return AskBoards(invocation, worker->fetcher(), stop);
  TRY(auto db, store.database->Reader());
  TRY(const auto followed, LoadFollowings(*db, store.user.id));
  const std::string trouble = worker->ClockTrouble();
  Print(fmt::format(
      "program   rolecall {}\nboards    {} kinds\ndatabase  it answers; {} followed\nclock     "
      "{}\n",
      ROLECALL_VERSION, invocation.config.kinds->Kinds().size(),
      Counted(static_cast<std::int64_t>(followed.size()), "company is", "companies are"),
      trouble.empty() ? "as the database's" : trouble));
  return trouble.empty() ? kExitDone : kExitWarnings;
}

}  // namespace

void AddDoctor(CommandLine& line) {
  const auto [command, options] =
      AddCommand<DoctorOptions>(line, line.app, "doctor", "Says whether what is needed is there",
                                "rolecall doctor --boards", Examine);
  command->add_flag("--boards", options->boards,
                    "ask the board of each well-known company once, and show what answers");
}

}  // namespace rolecall
