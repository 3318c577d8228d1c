// Imports on several threads: most of the time is spent waiting for boards.
#include "work/import_companies.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <thread>
#include <utility>

#include "base/guarded.h"
#include "base/text.h"
#include "boards/board_registry.h"
#include "db/try_again.h"
#include "directory/built_in_directory.h"
#include "directory/search_directory.h"
#include "store/boards/boards.h"
#include "store/users/add_company.h"
#include "store/users/followings.h"
#include "work/find_board.h"

namespace rolecall {
namespace {

constexpr int kImporters = 8;  // threads: pacing holds each vendor to its own

bool IsOurTrouble(const Error& error) {
  return error.code == Errc::kStorage || error.code == Errc::kUnavailable ||
         error.code == Errc::kCancelled;
}

std::string BoardKey(const BoardAddress& board) {
  return Traits(*board.definition).kind + " " + board.token;
}

std::string BoardKey(const ImportedCompany& company) { return company.board + " " + company.token; }

ImportedCompany RefusedEntry(std::string why, const std::optional<BoardAddress>& board = {}) {
  ImportedCompany refused{.fate = ImportFate::kRefused, .why = std::move(why)};
  if (board) {
    refused.board = Traits(*board->definition).kind;
    refused.token = board->token;
  }
  return refused;
}

class Import {
 public:
  Import(const WorkTools& tools, const ImportOrder& order, std::stop_token stop)
      : tools_(tools), order_(order), stop_(std::move(stop)), imported_(order.entries.size()) {}

  Result<std::vector<ImportedCompany>> Run() {
    {
      std::vector<std::jthread> importers;
      for (int i = 0; i < kImporters; ++i) importers.emplace_back([this] { Work(); });
    }
    if (auto trouble = trouble_.With([](auto& one) { return one; }))
      return std::unexpected(*std::move(trouble));
    if (!stop_.stop_requested()) {
      auto done = ImportDoublesOfRefused();
      if (!done && done.error().code != Errc::kCancelled)
        return std::unexpected(std::move(done).error());
    }
    return std::move(imported_);
  }

 private:
  void Work() {
    while (!stop_.stop_requested() && !failed_) {
      const std::size_t at = next_++;
      if (at >= imported_.size()) return;
      auto one = ImportGuarded(at);
      if (one) {
        imported_[at] = *std::move(one);
      } else if (one.error().code != Errc::kCancelled) {
        failed_ = true;
        trouble_.With([&](auto& first) {
          if (!first) first = std::move(one).error();
        });
      }
      const int done = ++done_;
      if (order_.progress) order_.progress(done);
    }
  }

  // One entry that makes trouble of its own costs the others nothing.
  Result<ImportedCompany> ImportGuarded(std::size_t at) {
    try {
      return ImportOne(order_.entries[at]);
    } catch (const std::exception& failure) {
      return RefusedEntry(fmt::format("something broke that should not: {}", failure.what()));
    }
  }

  // Of several entries of one board the first may have been refused, and another be right.
  Result<void> ImportDoublesOfRefused() {
    for (std::size_t at = 0; at < imported_.size(); ++at) {
      if (imported_[at].fate != ImportFate::kAlready || imported_[at].name != "") continue;
      const auto first = lines_.With([&](auto& lines) { return lines[BoardKey(imported_[at])]; });
      const auto refused = std::ranges::find_if(
          order_.entries, [&](const CompanyEntry& entry) { return entry.line == first; });
      const auto of_first = static_cast<std::size_t>(refused - order_.entries.begin());
      if (of_first >= imported_.size() || imported_[of_first].fate != ImportFate::kRefused)
        continue;
      lines_.With([&](auto& lines) { lines.erase(BoardKey(imported_[at])); });
      TRY(imported_[at], ImportGuarded(at));
    }
    return {};
  }

  Result<ImportedCompany> ImportOne(const CompanyEntry& entry) {
    const FilterTerms terms = Changed({}, entry.filters);
    if (const auto fits = CheckTerms(terms); !fits) return RefusedEntry(fits.error().message);
    if (const auto filter = CompanyFilter::Compile(terms); !filter)
      return RefusedEntry(filter.error().message);
    if (!entry.board.empty()) {
      auto named = tools_.kinds.FindBoard(entry.board, entry.token);
      if (!named) return RefusedEntry(std::move(named).error().message);
      return FollowFound(entry, {.board = *std::move(named)}, entry.token);
    }
    if (!LooksLikeAddress(entry.written)) return ImportNamed(entry);
    // What is followed already is not asked again.
    if (const auto told = tools_.kinds.BoardInAddress(entry.written)) {
      TRY(auto already, AlreadyThere(entry, *told));
      if (already) return *std::move(already);
    }
    auto found = FindBoardAt(tools_, entry.written, stop_);
    if (!found && IsOurTrouble(found.error())) return std::unexpected(std::move(found).error());
    if (!found) return RefusedEntry(std::move(found).error().message);
    const CheckedBoard& checked = found->checked;
    if (checked.presence == BoardPresence::kUnreadable)
      return RefusedEntry("it cannot be read: " + checked.trouble, found->board);
    if (checked.presence == BoardPresence::kUnproven)
      return RefusedEntry("it lists nothing, as its vendor answers for any name", found->board);
    const std::string name = NameToFollowBy(*found);
    return FollowFound(entry, *std::move(found), name);
  }

  // A well-known company is followed by its name; of others a guess is told, and nothing done.
  Result<ImportedCompany> ImportNamed(const CompanyEntry& entry) {
    const auto known = KnownAs(BuiltInDirectory(), entry.written);
    if (known.empty())
      return RefusedEntry(fmt::format("{} is no address, and no board of that name is known",
                                      Quoted(entry.written)));
    const KnownCompany& one = known.front();
    auto board = tools_.kinds.FindBoard(one.kind, one.token);
    if (!board) return RefusedEntry(std::move(board).error().message);
    if (!one.well_known)
      return RefusedEntry(
          fmt::format("{} {} is a guess: write its board or its address", one.kind, one.token),
          *board);
    return FollowFound(entry, {.board = *std::move(board)}, one.display_name);
  }

  // Nothing where it is neither followed nor named by an entry before.
  Result<std::optional<ImportedCompany>> AlreadyThere(const CompanyEntry& entry,
                                                      const BoardAddress& board) {
    const auto& [kind, token] = std::pair(Traits(*board.definition).kind, board.token);
    ImportedCompany already{
        .fate = ImportFate::kAlready, .name = {}, .board = kind, .token = token};
    const int line = lines_.With(
        [&](auto& lines) { return lines.try_emplace(BoardKey(board), entry.line).first->second; });
    if (line != entry.line) {
      already.why = fmt::format("line {} is the same board", line);
      return already;
    }
    TRY(auto db, tools_.database.Reader());
    TRY(const auto row, FindBoardRow(*db, kind, token));
    if (!row) return std::nullopt;
    TRY(const auto same, FindFollowingOfBoard(*db, order_.user_id, row->id, ""));
    if (!same) return std::nullopt;
    already.name = same->company;
    already.why = "it is followed already";
    return already;
  }

  Result<ImportedCompany> FollowFound(const CompanyEntry& entry, FoundBoard found,
                                      const std::string& name) {
    TRY(auto already, AlreadyThere(entry, found.board));
    if (already) return *std::move(already);
    ImportedCompany imported{.fate = ImportFate::kFollowed,
                             .name = {},
                             .board = Traits(*found.board.definition).kind,
                             .token = found.board.token};
    if (found.checked.presence == BoardPresence::kStands) imported.total = found.checked.total;
    const std::string written = entry.name.empty() ? name : entry.name;
    auto followed = TryWhileContended([&] { return FollowOnce(entry, imported, written); });
    if (!followed && IsOurTrouble(followed.error()))
      return std::unexpected(std::move(followed).error());
    if (!followed) return RefusedEntry(std::move(followed).error().message, found.board);
    imported.name = *std::move(followed);
    return imported;
  }

  Result<std::string> FollowOnce(const CompanyEntry& entry, const ImportedCompany& company,
                                 const std::string& written) {
    TRY(auto tx, tools_.database.Write());
    CompanyToAdd to_add{.written = written, .kind = company.board, .token = company.token};
    if (!entry.display_name.empty()) to_add.display_name = entry.display_name;
    TRY(const AddedCompany added, AddCompany(tx, order_.user_id, to_add, tools_.clock()));
    if (!added.left.empty())
      return Fail(
          Errc::kConflict,
          fmt::format("{} is on another board already: give this one another name", added.name));
    const CompanyOfUser following{order_.user_id, added.name};
    CHECK_OK(SetFilters(tx, following, entry.filters, tools_.clock()));
    if (!entry.enabled) CHECK_OK(DisableCompany(tx, following, tools_.clock()));
    if (!order_.dry_run) {
      CHECK_OK(tx.Commit());
      return added.name;
    }
    const std::string key = BoardKey(company);
    const std::string taken =
        names_.With([&](auto& names) { return names.try_emplace(added.name, key).first->second; });
    if (taken != key)
      return Fail(Errc::kConflict, fmt::format("{} would be on {} already: give this one another "
                                               "name",
                                               added.name, taken));
    return added.name;
  }

  const WorkTools& tools_;
  const ImportOrder& order_;
  const std::stop_token stop_;
  std::vector<ImportedCompany> imported_;  // each written by the thread that took its entry
  std::atomic<std::size_t> next_ = 0;
  std::atomic<int> done_ = 0;
  std::atomic<bool> failed_ = false;
  Guarded<std::map<std::string, std::string>>
      names_;                                  // of a dry run, which commits none: its board
  Guarded<std::map<std::string, int>> lines_;  // of the entry that named a board first
  Guarded<std::optional<Error>> trouble_;
};

}  // namespace

Result<std::vector<ImportedCompany>> ImportCompanies(const WorkTools& tools,
                                                     const ImportOrder& order,
                                                     std::stop_token stop) {
  return Import(tools, order, std::move(stop)).Run();
}

}  // namespace rolecall
