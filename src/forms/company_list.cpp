// Reads lists of companies, whatever made them.
#include "forms/company_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/locale/encoding_utf.hpp>
#include <map>

#include "base/text.h"
#include "forms/job_forms.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostListed = 20'000;
constexpr std::size_t kMostCells = 200;  // of a row: what stands behind is left out

std::string FromLatin1(std::string_view bytes) {
  std::u32string points;
  for (const char byte : bytes) points += static_cast<unsigned char>(byte);
  return boost::locale::conv::utf_to_utf<char>(points);
}

// Half a pair is left out.
std::string FromUtf16(std::string_view bytes, bool little) {
  std::u16string units;
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const auto one = static_cast<unsigned char>(bytes[at]);
    const auto two = static_cast<unsigned char>(bytes[at + 1]);
    units += static_cast<char16_t>(little ? one | (two << 8) : (one << 8) | two);
  }
  return boost::locale::conv::utf_to_utf<char>(units);
}

// The text, and what it was written in where that is not UTF-8.
std::pair<std::string, std::string> DecodedText(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return {FromUtf16(bytes.substr(2), true), "UTF-16"};
  if (bytes.starts_with("\xFE\xFF")) return {FromUtf16(bytes.substr(2), false), "UTF-16"};
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (Mend(std::string(bytes)).changed) return {FromLatin1(bytes), "Latin-1"};
  return {std::string(bytes), ""};
}

struct ListedRow {
  int line = 0;
  std::vector<std::string> cells;
};

// Rows of cells; `part` '\0': each line is one cell.
class CellReader {
 public:
  CellReader(std::string_view text, char part) : text_(text), part_(part) {}

  std::vector<ListedRow> Rows() {
    std::vector<ListedRow> rows;
    while (at_ < text_.size() && rows.size() <= kMostListed) {
      ListedRow row{.line = line_, .cells = {}};
      if (text_.substr(at_).starts_with('#')) {
        SkipLine();
        continue;
      }
      do {
        row.cells.push_back(Cell());
      } while (row.cells.size() < kMostCells && Takes(part_) && part_ != '\0');
      SkipLine();
      if (std::ranges::any_of(row.cells, [](const auto& cell) { return !cell.empty(); }))
        rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  bool Takes(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // What stands behind a cell that was quoted is left out.
  void SkipLine() {
    const auto end = std::min(text_.find('\n', at_), text_.size());
    at_ = std::min(end + 1, text_.size());
    ++line_;
  }

  std::string Cell() {
    if (part_ != '\0' && Takes('"')) return Quoted();
    const std::string ends = part_ == '\0' ? "\n" : std::string("\n") + part_;
    const auto end = std::min(text_.find_first_of(ends, at_), text_.size());
    std::string cell(text_.substr(at_, end - at_));
    at_ = end;
    return OneLine(cell);
  }

  std::string Quoted() {
    std::string cell;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] != '"') {
        cell += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        cell += '"';
        ++at_;
      } else {
        ++at_;
        break;
      }
    }
    const auto end =
        at_ < text_.size() ? text_.find_first_of(std::string("\n") + part_, at_) : text_.size();
    at_ = std::min(end, text_.size());
    return cell;
  }

  const std::string_view text_;
  const char part_;
  std::size_t at_ = 0;
  int line_ = 1;
};

using Columns = std::map<std::string, std::size_t, std::less<>>;

// The names of the columns where the row names them: no cell of it is an address.
std::optional<Columns> ColumnsOf(const ListedRow& row) {
  constexpr std::array kKnown{"url",  "link",    "website", "careers", "careers_url", "job_board",
                              "name", "company", "board",   "token",   "homepage"};
  Columns columns;
  bool is_known = false;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].find("://") != std::string::npos) return std::nullopt;
    std::string name = Fold(OneLine(row.cells[i]));
    std::ranges::replace(name, ' ', '_');
    is_known = is_known || std::ranges::find(kKnown, name) != kKnown.end();
    columns.emplace(std::move(name), i);
  }
  if (!is_known) return std::nullopt;
  return columns;
}

// "Acme, Inc.": a name, and no row. Of a table a comma stands without a blank, or something is
// quoted, or a cell is an address or the name of a column.
bool IsProse(std::string_view line) {
  if (line.find('"') != line.npos || line.find("://") != line.npos) return false;
  for (auto at = line.find(','); at != line.npos; at = line.find(',', at + 1))
    if (at + 1 >= line.size() || line[at + 1] != ' ') return false;
  return !ColumnsOf({.line = 1, .cells = CellReader(line, ',').Rows().front().cells});
}

// What parts the cells: of the first line that is no remark; '\0' where it has no part.
char PartOf(std::string_view text) {
  while (text.starts_with('#') || text.starts_with('\n') || text.starts_with('\r')) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return '\0';
    text.remove_prefix(end + 1);
  }
  const std::string_view line = text.substr(0, text.find('\n'));
  // An address may hold a comma or a semicolon: alone on its line it is one.
  for (const char part : {'\t', ';', ','}) {
    const auto at = line.find(part);
    if (at == std::string_view::npos) continue;
    const bool is_address = line.find("://") < at && line.find_first_of(" \"") == line.npos &&
                            line.find("://", at) == line.npos && part != '\t' &&
                            line.find('?') < at;
    if (!is_address && !(part == ',' && IsProse(line))) return part;
  }
  return '\0';
}

// What CsvCell wrote: the apostrophe is for spreadsheets.
std::string Unguarded(std::string cell) {
  if (cell.size() > 1 && cell[0] == '\'' && CsvCell(cell.substr(1)).find('\'') < 2)
    cell.erase(0, 1);
  return cell;
}

std::vector<std::string> LinesOf(const std::string& cell) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < cell.size();) {
    const auto end = std::min(cell.find('\n', at), cell.size());
    if (const std::string line = OneLine(cell.substr(at, end - at)); !line.empty())
      lines.push_back(line);
    at = end + 1;
  }
  return lines;
}

bool IsAddressCell(std::string_view cell) {
  if (cell.find("://") != std::string_view::npos) return true;
  const auto dot = cell.find('.');
  return cell.find_first_of(" \n") == std::string_view::npos && dot != std::string_view::npos &&
         dot > 0 && cell.find('/') != std::string_view::npos;
}

CompanyEntry EntryOf(const ListedRow& row, const Columns& columns) {
  const auto cell = [&](std::string_view name) -> std::string {
    const auto found = columns.find(name);
    if (found == columns.end() || found->second >= row.cells.size()) return "";
    return Unguarded(row.cells[found->second]);
  };
  CompanyEntry entry{.line = row.line};
  for (const char* name :
       {"careers_url", "careers", "job_board", "url", "link", "website", "homepage"})
    if (entry.written.empty()) entry.written = OneLine(cell(name));
  if (entry.written.empty()) {
    const auto address = std::ranges::find_if(row.cells, IsAddressCell);
    if (address != row.cells.end()) entry.written = OneLine(*address);
  }
  entry.name = OneLine(cell("company"));
  if (entry.name.empty()) entry.name = OneLine(cell("name"));
  entry.display_name = OneLine(cell("display_name"));
  entry.board = OneLine(cell("board"));
  entry.token = OneLine(cell("token"));
  if (entry.board.empty() || entry.token.empty()) entry.board = entry.token = "";
  if (columns.contains("include") && columns.contains("exclude"))
    entry.filters.titles = TitleTerms{LinesOf(cell("include")), LinesOf(cell("exclude"))};
  if (columns.contains("places") && columns.contains("not_places"))
    entry.filters.places = PlaceTerms{.include = LinesOf(cell("places")),
                                      .exclude = LinesOf(cell("not_places")),
                                      .remote = Fold(OneLine(cell("remote"))) == "yes"};
  entry.enabled = Fold(OneLine(cell("enabled"))) != "no";
  if (entry.written.empty() && entry.board.empty()) {
    entry.written = entry.name;
    if (entry.written.empty() && !row.cells.empty()) entry.written = OneLine(row.cells.front());
    entry.name.clear();
  }
  return entry;
}

}  // namespace

Result<CompanyList> ReadCompanyList(std::string_view bytes) {
  if (bytes.size() > kMostListBytes)
    return Fail(Errc::kInvalidInput, fmt::format("a list of {} bytes is too long: at most {} MiB",
                                                 bytes.size(), kMostListBytes >> 20));
  CompanyList list;
  std::string text;
  std::tie(text, list.encoding) = DecodedText(bytes);
  text = Mend(std::move(text)).text;
  const char part = PartOf(text);
  const std::vector<ListedRow> rows = CellReader(text, part).Rows();
  if (rows.size() > kMostListed)
    return Fail(Errc::kInvalidInput,
                fmt::format("the list is too long: at most {} lines are taken", kMostListed));
  std::optional<Columns> columns;
  if (part != '\0' && !rows.empty()) columns = ColumnsOf(rows.front());
  for (std::size_t i = columns ? 1 : 0; i < rows.size(); ++i)
    list.entries.push_back(EntryOf(rows[i], columns.value_or(Columns{})));
  return list;
}

std::string CompanyListHeader() {
  return "company,display_name,board,token,enabled,include,exclude,places,not_places,remote\r\n";
}

std::string CompanyListLine(const ExportedCompany& company) {
  const auto lines = [](const std::vector<std::string>& terms) {
    std::vector<std::string> of_one_line;
    for (const std::string& term : terms) of_one_line.push_back(OneLine(term));
    return CsvCell(fmt::format("{}", fmt::join(of_one_line, "\n")));
  };
  const auto yes_or_no = [](bool flag) { return flag ? "yes" : "no"; };
  const auto& [titles, places] = company.terms;
  return fmt::format("{},{},{},{},{},{},{},{},{},{}\r\n", CsvCell(company.name),
                     CsvCell(company.display_name), CsvCell(company.board), CsvCell(company.token),
                     yes_or_no(company.enabled), lines(titles.include), lines(titles.exclude),
                     lines(places.include), lines(places.exclude), yes_or_no(places.remote));
}

}  // namespace rolecall
