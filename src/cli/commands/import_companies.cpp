// rolecall companies import, and export: a list of companies in, and out again.
#include "cli/commands/import_companies.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>

#include "app/worker.h"
#include "base/text.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "forms/company_list.h"
#include "forms/or_null.h"
#include "store/users/followings.h"
#include "store/users/user_filters.h"

namespace rolecall {
namespace json = boost::json;
namespace {

struct ImportOptions {
  std::string file;
  bool dry_run = false, json = false;
};

// As much of it as may be a list, and a byte more.
Result<std::string> ReadListBytes(const std::string& path) {
  std::ifstream file;
  if (path != "-") {
    std::error_code failure;
    if (std::filesystem::is_directory(path, failure))
      return Fail(Errc::kInvalidInput, fmt::format("{} is a folder", Quoted(path)));
    file.open(path, std::ios::binary);
    if (!file.is_open())
      return Fail(Errc::kInvalidInput, fmt::format("{} cannot be read", Quoted(path)));
  }
  std::istream& from = path == "-" ? std::cin : file;
  std::string bytes(kMostListBytes + 1, '\0');
  from.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(from.gcount()));
  if (from.bad()) return Fail(Errc::kInvalidInput, fmt::format("{} cannot be read", Quoted(path)));
  return bytes;
}

// "[#####.....] 30 of 60", on a terminal, in the place of the one before.
class ImportBar {
 public:
  explicit ImportBar(std::size_t of) : of_(of), is_shown_(IsTerminal(Stream::kError)) {}
  ImportBar(const ImportBar&) = delete;
  ~ImportBar() {
    if (is_shown_) WriteRaw("\r\x1b[K");
  }

  void Show(int done) {
    if (!is_shown_) return;
    constexpr std::size_t kWidth = 30;
    const std::scoped_lock lock(mutex_);
    most_ = std::max(most_, done);
    const std::size_t full =
        kWidth * static_cast<std::size_t>(most_) / std::max<std::size_t>(of_, 1);
    WriteRaw(
        fmt::format("\r\x1b[K[{:#<{}}{:.<{}}] {} of {}", "", full, "", kWidth - full, most_, of_));
  }

 private:
  const std::size_t of_;
  const bool is_shown_;
  std::mutex mutex_;
  int most_ = 0;
};

std::string_view WordOf(ImportFate fate, bool dry_run) {
  switch (fate) {
    case ImportFate::kFollowed:
      return dry_run ? "found" : "followed";
    case ImportFate::kAlready:
      return "already";
    case ImportFate::kRefused:
      return "refused";
    case ImportFate::kNotTried:
      return "not tried";
  }
  return "";
}

json::value ImportedJson(const CompanyEntry& entry, const ImportedCompany& one, bool dry_run) {
  return json::object{{"line", entry.line},
                      {"written", entry.written},
                      {"outcome", WordOf(one.fate, dry_run)},
                      {"name", TextOrNull(one.name)},
                      {"board", TextOrNull(one.board)},
                      {"token", TextOrNull(one.token)},
                      {"total_count", one.total ? json::value(*one.total) : json::value()},
                      {"why", TextOrNull(one.why)}};
}

std::string ImportTable(const CompanyList& list, const std::vector<ImportedCompany>& imported,
                        const ImportOptions& options, const Paint& paint) {
  const auto left = TextTable::Align::kLeft;
  TextTable table({{"line", TextTable::Align::kRight},
                   {""},
                   {"company", left, true},
                   {"board", left},
                   {"token", left, true},
                   {"openings", TextTable::Align::kRight, false, true},
                   {"written", left, true},
                   {"why", left, true, true}});
  for (std::size_t i = 0; i < imported.size(); ++i) {
    const ImportedCompany& one = imported[i];
    table.Add({std::to_string(list.entries[i].line), std::string(WordOf(one.fate, options.dry_run)),
               one.name, one.board, Printable(one.token),
               one.total ? std::to_string(*one.total) : "", Printable(list.entries[i].written),
               Printable(one.why)});
  }
  return table.WithoutLacking().Text(WidthOf(Stream::kOut), paint);
}

std::string ImportSummary(const std::vector<ImportedCompany>& imported, bool dry_run) {
  const auto count = [&](ImportFate fate) {
    return std::ranges::count(imported, fate, &ImportedCompany::fate);
  };
  const auto refused = count(ImportFate::kRefused), not_tried = count(ImportFate::kNotTried);
  return fmt::format("{} {}, {} already, {} refused{}.{}", count(ImportFate::kFollowed),
                     dry_run ? "found" : "followed", count(ImportFate::kAlready), refused,
                     not_tried > 0 ? fmt::format(", {} not tried", not_tried) : "",
                     dry_run         ? " Nothing was changed."
                     : not_tried > 0 ? " The same import again goes on from here."
                                     : "");
}

Result<int> ImportList(const Invocation& invocation, const ImportOptions& options,
                       const std::stop_token& stop) {
  TRY(const std::string bytes, ReadListBytes(options.file));
  TRY(const CompanyList list, ReadCompanyList(bytes));
  if (list.entries.empty())
    return Fail(Errc::kInvalidInput, fmt::format("{} names no company",
                                                 options.file == "-" ? "the list" : options.file));
  if (!list.encoding.empty())
    PrintNote(fmt::format("The list is no UTF-8: it was read as {}.", list.encoding));
  CHECK_OK(CheckGateway(invocation.config.fetch));
  TRY(auto store, OpenFor(invocation));
  TRY(const auto worker, Worker::Make(invocation.config, *store.database));
  const WorkTools tools = worker->Tools({});
  Result<std::vector<ImportedCompany>> imported;
  {
    ImportBar bar(list.entries.size());
    imported = ImportCompanies(tools,
                               {.user_id = store.user.id,
                                .entries = list.entries,
                                .dry_run = options.dry_run,
                                .progress = [&](int done) { bar.Show(done); }},
                               stop);
  }
  if (!imported) return std::unexpected(std::move(imported).error());
  if (options.json) {
    json::array all;
    for (std::size_t i = 0; i < imported->size(); ++i)
      all.push_back(ImportedJson(list.entries[i], (*imported)[i], options.dry_run));
    Print(json::serialize(all) + "\n");
  } else {
    Print(ImportTable(list, *imported, options, PaintFor(invocation.config, Stream::kOut)));
  }
  PrintNote(ImportSummary(*imported, options.dry_run));
  if (stop.stop_requested()) return kExitInterrupted;
  const bool all_done = std::ranges::none_of(
      *imported, [](const auto& one) { return one.fate == ImportFate::kRefused; });
  return all_done ? kExitDone : kExitWarnings;
}

Result<int> ExportList(const Invocation& invocation, const NoOptions&) {
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  TRY(auto db, store.database->Reader());
  TRY(const auto followed, LoadFollowings(*db, store.user.id));
  std::string text = CompanyListHeader();
  for (const Following& one : followed)
    text += CompanyListLine({.name = one.company,
                             .display_name = one.display_name,
                             .board = one.kind,
                             .token = one.token,
                             .enabled = one.enabled,
                             .terms = one.terms});
  Print(text);
  TRY(const UserFilters for_all, LoadUserFilters(*db, store.user.id));
  if (for_all.terms != FilterTerms{})
    PrintNote(
        "The filters for all companies are no part of the list: rolecall companies filter "
        "--all shows them.");
  return kExitDone;
}

}  // namespace

void AddCompaniesImport(CommandLine& line, CLI::App& companies) {
  const auto [command, options] =
      AddCommand<ImportOptions>(line, companies, "import", "Follows the companies of a list",
                                "rolecall companies import companies.txt --dry-run", ImportList);
  command
      ->add_option(
          "FILE", options->file,
          "an address or a name a line, a table of another tool, or an export; - for stdin")
      ->required();
  command->add_flag("--dry-run", options->dry_run, "find and read the boards, and follow nothing");
  command->add_flag("--json", options->json, "print what came of each line as JSON");
}

void AddCompaniesExport(CommandLine& line, CLI::App& companies) {
  AddCommand<NoOptions>(line, companies, "export",
                        "Prints the companies that are followed, with their filters, for import",
                        "rolecall companies export >companies.csv", ExportList);
}

}  // namespace rolecall
