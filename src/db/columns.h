// The columns of a row type, each named once: what selects, reads and writes such rows is made of
// them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "base/clock.h"
#include "db/db.h"
#include "db/sql_text.h"

namespace rolecall {

// How a member of its type is read from a column; NULL reads as 0, "" or nothing.
inline void ReadColumn(const Row& row, int column, std::int64_t& value) { value = row.Int(column); }
inline void ReadColumn(const Row& row, int column, int& value) {
  value = static_cast<int>(row.Int(column));
}
inline void ReadColumn(const Row& row, int column, bool& value) { value = row.Bool(column); }
inline void ReadColumn(const Row& row, int column, std::string& value) { value = row.Text(column); }
inline void ReadColumn(const Row& row, int column, Blob& value) { value.bytes = row.Bytes(column); }
inline void ReadColumn(const Row& row, int column, Timestamp& value) { value = row.Time(column); }
inline void ReadColumn(const Row& row, int column, std::chrono::milliseconds& value) {
  value = std::chrono::milliseconds(row.Int(column));
}
inline void ReadColumn(const Row& row, int column, std::optional<Timestamp>& value) {
  value = row.MaybeTime(column);  // nothing, too, where the text is no time
}
template <typename T>
void ReadColumn(const Row& row, int column, std::optional<T>& value) {
  if (row.IsNull(column)) return value.reset();
  ReadColumn(row, column, value.emplace());
}

// The first column of a row, for a query of one.
template <typename T>
T FirstColumn(const Row& row) {
  T value{};
  ReadColumn(row, 0, value);
  return value;
}

inline void AppendCell(Table& table, std::int64_t value) { table.Int(value); }
inline void AppendCell(Table& table, int value) { table.Int(value); }
inline void AppendCell(Table& table, std::string_view value) { table.Text(value); }
inline void AppendCell(Table& table, Timestamp value) { table.Time(value); }
template <typename T>
void AppendCell(Table& table, const std::optional<T>& value) {
  value ? AppendCell(table, *value) : static_cast<void>(table.Null());
}

template <typename T>
inline constexpr bool kIsNumber = std::is_integral_v<T>;
template <typename T>
inline constexpr bool kIsNumber<std::optional<T>> = kIsNumber<T>;

// A column as SQL writes it, and the member of T that holds its value. `parsed`: the member is made
// of the column's text, "" for NULL; else ReadColumn reads it, or nothing does.
template <typename T, typename Value, bool parsed>
struct Column {
  using Member = Value;
  using Parse = Value (*)(std::string_view);
  static constexpr bool kIsParsed = parsed;

  std::string_view sql;
  Value T::* member;
  Parse parse = nullptr;

  consteval Column(std::string_view text, Value T::* where) : sql(text), member(where) {}
  consteval Column(std::string_view text, Value T::* where, std::type_identity_t<Parse> of_text)
      : sql(text), member(where), parse(of_text) {}
};
template <typename T, typename Value>
Column(std::string_view, Value T::*) -> Column<T, Value, false>;
template <typename T, typename Value>
Column(std::string_view, Value T::*, std::type_identity_t<Value (*)(std::string_view)>)
    -> Column<T, Value, true>;

// The columns of T in their order, as a constant with static storage. As a function it reads a row
// that begins with them.
template <typename T, typename... Each>
class Columns {
 public:
  consteval explicit Columns(Each... columns) : columns_(columns...) {}

  static constexpr int size() { return sizeof...(Each); }

  T operator()(const Row& row) const {
    T read{};
    int at = 0;
    ForEach([&](const auto& column) {
      if constexpr (std::remove_cvref_t<decltype(column)>::kIsParsed)
        read.*column.member = column.parse(row.Text(at));
      else
        ReadColumn(row, at, read.*column.member);
      ++at;
    });
    return read;
  }

  // A row of `table`, which has as many columns.
  void Append(const T& row, Table& table) const {
    ForEach([&](const auto& column) { AppendCell(table, row.*column.member); });
  }

  // "id, title".
  constexpr SqlList List() const {
    SqlList list;
    ForEach([&](const auto& column) { list.Next(column.sql); });
    return list;
  }

  // "id bigint, title text", as {rows_of} wants it.
  constexpr SqlList Shape() const {
    SqlList list;
    ForEach([&](const auto& column) {
      using Member = typename std::remove_cvref_t<decltype(column)>::Member;
      list.Next(column.sql).And(kIsNumber<Member> ? " bigint" : " text");
    });
    return list;
  }

 private:
  constexpr void ForEach(const auto& visit) const {
    std::apply([&](const auto&... column) { (visit(column), ...); }, columns_);
  }

  std::tuple<Each...> columns_;
};
template <typename T, typename... Value, bool... parsed>
Columns(Column<T, Value, parsed>...) -> Columns<T, Column<T, Value, parsed>...>;

template <const auto& columns>
inline constexpr auto kListOf = JoinSql<[] { return columns.List(); }>();
template <const auto& columns>
inline constexpr auto kShapeOf = JoinSql<[] { return columns.Shape(); }>();

// A statement with their list in the place of {columns}.
template <const auto& columns, std::size_t N>
consteval auto SqlOf(const char (&text)[N]) {
  return SqlText(text).Fill("{columns}", kListOf<columns>);
}

// Rows of these columns for one statement.
template <const auto& columns>
class RowsOf {
 public:
  template <typename T>
  void Add(const T& row) {
    columns.Append(row, table_);
  }
  std::size_t size() const { return table_.rows(); }
  bool empty() const { return size() == 0; }
  void Clear() { table_.Clear(); }
  const Table& table() const { return table_; }

 private:
  Table table_{static_cast<std::size_t>(columns.size())};
};

// Rows that are named by their ids alone, for {rows_of r: id bigint}.
struct IdRow {
  std::int64_t id;
};
inline constexpr Columns kIdRow(Column("id", &IdRow::id));
using IdRows = RowsOf<kIdRow>;

}  // namespace rolecall
