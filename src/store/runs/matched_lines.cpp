// Levels and companies are the database's to tell; texts are folded here, so that both databases
// fold alike, and are read only where a text is looked for.
#include "store/runs/matched_lines.h"

#include <algorithm>

#include "db/columns.h"
#include "store/runs/run_lines.h"

namespace rolecall {
namespace {

// Lines of a walk that are in memory at once: whole ones, or their numbers alone.
constexpr int kTextsASlice = 5'000, kNumbersASlice = 100'000;

struct WalkedLine {
  std::int64_t seq = 0;
  std::string company, message;
};
constexpr Columns kWalkedLine(Column("l.seq", &WalkedLine::seq),
                              Column("CASE WHEN :by_company THEN l.company END",
                                     &WalkedLine::company),
                              Column("CASE WHEN :reads THEN l.message END", &WalkedLine::message));

struct NameRow {
  std::string_view name;
};
constexpr Columns kNameRow(Column("name", &NameRow::name));

constexpr auto kSelectWalked = SqlOf<kWalkedLine>(R"(
      SELECT {columns}
      FROM run_lines l
      WHERE l.run_id = :run
        AND l.seq > :after
        AND l.seq <= :last
        AND (:every_level OR l.level IN (SELECT v.name FROM {rows_of v: name text}))
        AND (:every_company OR l.company IN (SELECT c.name FROM {rows_of c: name text}))
      ORDER BY l.seq
      LIMIT :limit)");

RowsOf<kNameRow> RowsOfNames(const std::vector<std::string>& names) {
  RowsOf<kNameRow> rows;
  for (const std::string& name : names) rows.Add(NameRow{.name = name});
  return rows;
}

}  // namespace

Result<void> MatchedLines::Extend(Connection& db, std::int64_t run_id) {
  TRY(const std::int64_t last, LoadLastSeq(db, run_id));
  if (last < walked_) {  // a copy of a cloud's log was dropped, and is made anew
    groups_.clear();
    size_ = 0;
    walked_ = 0;
  }
  while (walked_ < last) {
    TRY(walked_, WalkSlice(db, run_id, last));
  }
  return {};
}

// The number up to which was walked.
Result<std::int64_t> MatchedLines::WalkSlice(Connection& db, std::int64_t run_id,
                                             std::int64_t last) {
  const bool reads = !filter_.text.empty();
  const bool by_company = order_ == LineOrder::kCompany;
  const int slice = reads ? kTextsASlice : kNumbersASlice;
  const auto levels = RowsOfNames(filter_.levels);
  const auto companies = RowsOfNames(filter_.companies);
  TRY(const std::vector<WalkedLine> lines, QueryAll(db, kSelectWalked,
                                                    {{"run", run_id},
                                                     {"after", walked_},
                                                     {"last", last},
                                                     {"reads", reads},
                                                     {"by_company", by_company},
                                                     {"every_level", filter_.levels.empty()},
                                                     {"v", levels.table()},
                                                     {"every_company", filter_.companies.empty()},
                                                     {"c", companies.table()},
                                                     {"limit", slice}},
                                                    kWalkedLine));
  for (const WalkedLine& line : lines) {
    if (reads && !matcher_.Takes(line.message)) continue;
    groups_[line.company].push_back(static_cast<std::uint32_t>(line.seq));
    ++size_;
  }
  return static_cast<int>(lines.size()) < slice ? last : lines.back().seq;
}

std::int64_t MatchedLines::At(std::size_t place) const {
  for (const auto& [company, group] : groups_) {
    if (place < group.size()) return group[place];
    place -= group.size();
  }
  return 0;
}

std::size_t MatchedLines::CountUpTo(std::int64_t seq, std::string_view company) const {
  const std::string_view own = order_ == LineOrder::kCompany ? company : std::string_view();
  std::size_t count = 0;
  for (const auto& [name, group] : groups_) {
    if (name > own) break;
    count += name < own
                 ? group.size()
                 : static_cast<std::size_t>(std::ranges::upper_bound(group, seq) - group.begin());
  }
  return count;
}

}  // namespace rolecall
