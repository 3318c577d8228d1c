// What the command line writes: results on stdout, the rest on stderr; tables, colours, and text
// from outside made harmless.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "store/runs/run_lines.h"

namespace rolecall {

// One write to stdout. A failure shows when the program ends.
void Print(std::string_view text);

// A line of a run's log on stdout, at once: after `prefix` and its run, on a terminal as
// "run 12: …".
void PrintRunLine(std::string_view prefix, std::int64_t run_id, const RunLine& line);

// One write of a line to stderr. PrintError begins it with "rolecall: ".
void PrintNote(std::string_view line);
void PrintError(std::string_view sentence);
void WriteRaw(std::string_view text);

// Without characters that would steer a terminal: titles come from outside.
std::string Printable(std::string_view text);

enum class Stream : std::uint8_t { kOut, kError };

bool IsTerminal(Stream stream);

// Columns of the terminal behind the stream; 0 where it is none.
int WidthOf(Stream stream);

enum class Tone : std::uint8_t { kPlain, kBold, kDim, kGood, kWarn, kBad };

enum class Colour : std::uint8_t { kOff, kOn };

// Colours text where that is on.
class Paint {
 public:
  explicit Paint(Colour colour) : colour_(colour) {}
  std::string operator()(Tone tone, std::string_view text) const;

 private:
  Colour colour_;
};

// On where the stream is a terminal and the settings allow it.
Paint PaintFor(const Config& config, Stream stream);

// The columns that text takes on a terminal.
int DisplayWidth(std::string_view text);

// A table of text, its columns as wide as they must be. On a terminal the widest columns that may
// be cut are cut until a row fits.
class TextTable {
 public:
  enum class Align : std::uint8_t { kLeft, kRight };
  struct Column {
    std::string title;
    Align align = Align::kLeft;
    bool may_cut = false;
    bool may_lack = false;  // left out where every cell is empty or 0
  };
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void Add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }

  // `width` 0: nothing is cut.
  std::string Text(int width, const Paint& paint) const;

  // Without the columns that may lack and do.
  TextTable WithoutLacking() const;

 private:
  std::vector<int> Widths(int width) const;
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace rolecall
