// Turns the one text of a statement into what SQLite or PostgreSQL takes: holes filled, named
// parameters numbered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"

namespace rolecall {

// A numbered parameter of the prepared text: the value bound as `name`, or one column of a Table
// bound so.
struct Slot {
  std::string name;
  int column = kWhole;
  std::string type;                  // of the column, as {rows_of …} names it
  static constexpr int kWhole = -1;  // the value itself; a whole Table is its JSON
};

struct PreparedText {
  std::string text;
  std::vector<Slot> slots;
};

PreparedText PrepareText(std::string_view sql, Dialect dialect);

// The rows as a JSON array of arrays of strings and nulls.
std::string RowsAsJson(const Table& rows);

}  // namespace rolecall
