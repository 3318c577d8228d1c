// Following many companies at once: each is found, checked and followed by itself, so that what
// cannot be holds up nothing else.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "domain/company_filter.h"
#include "work/tools.h"

namespace rolecall {

// A line of a list of companies.
struct CompanyEntry {
  int line = 0;              // of the file, from 1
  std::string written;       // an address, or a name where there is none
  std::string name;          // what it is to be called; empty: as its board says
  std::string display_name;  // what it is shown as; empty: as it is called
  std::string board, token;  // both, or neither
  FilterChange filters{};    // where the list says them
  bool enabled = true;
};

enum class ImportFate : std::uint8_t {
  kFollowed,  // or would be
  kAlready,   // it is followed, or stands in the list twice
  kRefused,
  kNotTried,  // stopped before
};

struct ImportedCompany {
  ImportFate fate = ImportFate::kNotTried;
  std::string name, board, token;  // as far as they are known
  std::optional<int> total;        // of its openings, where its board was read
  std::string why;                 // what is to be told beside: why it is refused, or already there
};

struct ImportOrder {
  std::int64_t user_id = 0;
  const std::vector<CompanyEntry>& entries;
  bool dry_run = false;
  std::function<void(int done)> progress{};  // from several threads; may be empty
};

// In the order of the entries. A board that an entry names by its kind and token is taken at its
// word; what an address leads to is read first. Each company that can be followed is committed by
// itself: what is done stays done, and is not asked for again by another import. kStorage or
// kUnavailable where the database fails; a stop is none: what was not tried says so.
Result<std::vector<ImportedCompany>> ImportCompanies(const WorkTools& tools,
                                                     const ImportOrder& order,
                                                     std::stop_token stop);

}  // namespace rolecall
