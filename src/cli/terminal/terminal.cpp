// Writes to the terminal and to pipes. stdio for results, so that many small pieces are few writes;
// write(2) for lines on stderr.
#include "cli/terminal/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "base/characters.h"
#include "base/text.h"
#include "run/run_log.h"

namespace rolecall {
namespace {

int DescriptorOf(Stream stream) { return stream == Stream::kOut ? STDOUT_FILENO : STDERR_FILENO; }

int WidthOfCharacter(utf8proc_int32_t point) { return std::max(0, utf8proc_charwidth(point)); }

std::string CutTo(const std::string& text, int width) {
  if (DisplayWidth(text) <= width) return text;
  std::string cut;
  int taken = 0;
  bool full = false;
  EachCharacter(text, [&](utf8proc_int32_t point, std::string_view bytes) {
    full = full || taken + WidthOfCharacter(point) > width - 1;
    if (full) return;
    taken += WidthOfCharacter(point);
    cut += bytes;
  });
  return cut + "…";
}

std::string Padded(const std::string& text, int width, TextTable::Align align) {
  const std::string blanks(static_cast<std::size_t>(std::max(0, width - DisplayWidth(text))), ' ');
  return align == TextTable::Align::kLeft ? text + blanks : blanks + text;
}

}  // namespace

void Print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void WriteRaw(std::string_view text) {
  // What was told on stdout before stands before it on a terminal too.
  std::fflush(stdout);
  while (!text.empty()) {
    const ssize_t written = write(STDERR_FILENO, text.data(), text.size());
    if (written <= 0) return;  // nobody is left to be told
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void PrintRunLine(std::string_view prefix, std::int64_t run_id, const RunLine& line) {
  Print(Printable(IsTerminal(Stream::kOut) ? fmt::format("run {}: {}", run_id, line.message)
                                           : ShownLine(prefix, run_id, line.message)) +
        "\n");
  std::fflush(stdout);
}

void PrintNote(std::string_view line) { WriteRaw(std::string(line) + "\n"); }

void PrintError(std::string_view sentence) { PrintNote(fmt::format("rolecall: {}", sentence)); }

std::string Printable(std::string_view text) {
  std::string printable;
  EachCharacter(text, [&](utf8proc_int32_t point, std::string_view bytes) {
    // Line and paragraph separators would part what is one line.
    const bool steers = Steers(point) || point == 0x2028 || point == 0x2029;
    if (steers)
      printable += point == '\t' || point == '\n' || point == '\r' ? " " : "\xEF\xBF\xBD";
    else if (point == 0xFFFD)
      printable += "\xEF\xBF\xBD";
    else
      printable += bytes;
  });
  return printable;
}

bool IsTerminal(Stream stream) { return isatty(DescriptorOf(stream)) == 1; }

int WidthOf(Stream stream) {
  winsize size{};
  if (!IsTerminal(stream) || ioctl(DescriptorOf(stream), TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

Paint PaintFor(const Config& config, Stream stream) {
  return Paint(config.color && IsTerminal(stream) ? Colour::kOn : Colour::kOff);
}

std::string Paint::operator()(Tone tone, std::string_view text) const {
  const auto with = [&](std::string_view code) {
    return fmt::format("\033[{}m{}\033[0m", code, text);
  };
  if (colour_ == Colour::kOff || text.empty()) return std::string(text);
  switch (tone) {
    case Tone::kPlain:
      return std::string(text);
    case Tone::kBold:
      return with("1");
    case Tone::kDim:
      return with("2");
    case Tone::kGood:
      return with("32");
    case Tone::kWarn:
      return with("33");
    case Tone::kBad:
      return with("31");
  }
  return std::string(text);
}

int DisplayWidth(std::string_view text) {
  int width = 0;
  EachCharacter(
      text, [&](utf8proc_int32_t point, std::string_view) { width += WidthOfCharacter(point); });
  return width;
}

std::vector<int> TextTable::Widths(int width) const {
  constexpr int kNarrowest = 12;
  std::vector<int> widths;
  for (const Column& column : columns_) widths.push_back(DisplayWidth(column.title));
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], DisplayWidth(row[i]));
  const auto total = [&] {
    return std::accumulate(widths.begin(), widths.end(), 2 * (static_cast<int>(widths.size()) - 1));
  };
  while (width > 0 && total() > width) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (columns_[i].may_cut && (widest == widths.size() || widths[i] > widths[widest]))
        widest = i;
    if (widest == widths.size() || widths[widest] <= kNarrowest) break;
    widths[widest] = std::max(kNarrowest, widths[widest] - std::max(1, (total() - width) / 2));
  }
  return widths;
}

TextTable TextTable::WithoutLacking() const {
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (!columns_[i].may_lack || std::ranges::any_of(rows_, [i](const auto& row) {
          return i < row.size() && !row[i].empty() && row[i] != "0";
        }))
      kept.push_back(i);
  std::vector<Column> columns;
  for (const std::size_t i : kept) columns.push_back(columns_[i]);
  TextTable table(std::move(columns));
  for (const auto& row : rows_) {
    std::vector<std::string> cells;
    for (const std::size_t i : kept) cells.push_back(i < row.size() ? row[i] : std::string());
    table.Add(std::move(cells));
  }
  return table;
}

std::string TextTable::Text(int width, const Paint& paint) const {
  const std::vector<int> widths = Widths(width);
  const auto line_of = [&](const auto& cell_at) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string cell =
          width > 0 && columns_[i].may_cut ? CutTo(cell_at(i), widths[i]) : cell_at(i);
      line += (i == 0 ? "" : "  ") + Padded(cell, widths[i], columns_[i].align);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
  };
  std::string text =
      paint(Tone::kDim, line_of([&](std::size_t i) { return columns_[i].title; })) + "\n";
  for (const auto& row : rows_)
    text += line_of([&](std::size_t i) { return i < row.size() ? row[i] : std::string(); }) + "\n";
  return text;
}

}  // namespace rolecall
