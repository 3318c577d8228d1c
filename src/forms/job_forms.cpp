// Jobs as JSON and CSV. One list of columns for both forms.
#include "forms/job_forms.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/characters.h"
#include "domain/places.h"
#include "forms/or_null.h"
#include "search/sought_words.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::array<std::string_view, 23> kColumns{
    "id",           "company",        "external_id",
    "title",        "location",       "url",
    "status",       "run_id",         "first_seen_at",
    "last_seen_at", "missing_since",  "withheld_since",
    "expired_at",   "expired_reason", "error_message",
    "posted_at",    "workplace",      "department",
    "salary",       "times_posted",   "back_after_days",
    "hidden_at",    "applied_at"};

std::string IsoOrEmpty(const std::optional<Timestamp>& time) { return time ? ToIso(*time) : ""; }

std::array<std::string, kColumns.size()> CellsOf(const JobRow& job) {
  return {std::to_string(job.id),
          job.company,
          job.external_id,
          job.title,
          job.location,
          job.url,
          job.status,
          std::to_string(job.run_id),
          ToIso(job.first_seen_at),
          ToIso(job.last_seen_at),
          IsoOrEmpty(job.missing_since),
          IsoOrEmpty(job.withheld_since),
          IsoOrEmpty(job.expired_at),
          job.expired_reason,
          job.error_message,
          IsoOrEmpty(job.posted_at),
          job.workplace,
          job.department,
          job.salary,
          std::to_string(job.times_posted),
          job.back_after_days ? std::to_string(*job.back_after_days) : "",
          IsoOrEmpty(job.hidden_at),
          IsoOrEmpty(job.applied_at)};
}

template <typename Cells>
std::string Line(const Cells& cells) {
  std::string line;
  for (const auto& cell : cells) line += (line.empty() ? "" : ",") + CsvCell(cell);
  return line + "\r\n";
}

}  // namespace

json::object JobJson(const JobRow& job) {
  json::array places;
  for (std::string& place : PlacesIn(job.location)) places.emplace_back(std::move(place));
  return {
      {"id", job.id},
      {"company", job.company},
      {"external_id", job.external_id},
      {"title", job.title},
      {"location", job.location},
      {"places", std::move(places)},
      {"url", job.url},
      {"status", job.status},
      {"run_id", job.run_id},
      {"first_seen_at", ToIso(job.first_seen_at)},
      {"last_seen_at", ToIso(job.last_seen_at)},
      {"missing_since", TimeOrNull(job.missing_since)},
      {"withheld_since", TimeOrNull(job.withheld_since)},
      {"expired_at", TimeOrNull(job.expired_at)},
      {"expired_reason", TextOrNull(job.expired_reason)},
      {"error_message", TextOrNull(job.error_message)},
      {"posted_at", TimeOrNull(job.posted_at)},
      {"workplace", TextOrNull(job.workplace)},
      {"department", TextOrNull(job.department)},
      {"salary", TextOrNull(job.salary)},
      {"times_posted", job.times_posted},
      {"back_after_days", job.back_after_days ? json::value(*job.back_after_days) : json::value()},
      {"hidden_at", TimeOrNull(job.hidden_at)},
      {"company_hidden_at", TimeOrNull(job.company_hidden_at)},
      {"changed_since_hidden", job.changed_since_hidden},
      {"applied_at", TimeOrNull(job.applied_at)}};
}

json::object JobLifeJson(const JobLife& life) {
  json::object shown = JobJson(life.job);
  json::array events;
  for (const JobEvent& event : life.events)
    events.push_back(json::object{{"at", ToIso(event.at)},
                                  {"kind", event.kind},
                                  {"detail", TextOrNull(event.detail)},
                                  {"reading_id", event.reading_id},
                                  {"completeness", TextOrNull(event.completeness)},
                                  {"listed", event.listed}});
  json::array changes;
  for (const TextChange& change : life.changes) {
    json::array lines;
    for (const ChangedLine& one : change.lines)
      lines.push_back(
          json::object{{"change", one.change == LineChange::kRemoved ? "removed" : "added"},
                       {"line", one.line}});
    changes.push_back(json::object{
        {"at", ToIso(change.at)}, {"reading_id", change.reading_id}, {"lines", std::move(lines)}});
  }
  shown["description"] = TextOrNull(life.description);
  shown["requirements"] = TextOrNull(life.requirements);
  shown["events"] = std::move(events);
  shown["text_changes"] = std::move(changes);
  return shown;
}

namespace {

// What a spreadsheet may leave out before it looks for a formula: marks that show nothing.
bool ShowsNothing(utf8proc_int32_t point) {
  const auto category = utf8proc_category(point);
  constexpr utf8proc_int32_t kGraphemeJoiner = 0x034F;
  return category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZS ||
         point == kGraphemeJoiner;
}

// With wide signs too, which spreadsheets take for plain ones.
bool BeginsFormula(std::string_view cell) {
  constexpr std::array<utf8proc_int32_t, 10> kSigns{'=',  '+',    '-',    '@',    '\t',
                                                    '\r', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
  std::optional<utf8proc_int32_t> first;
  EachCharacter(cell, [&](utf8proc_int32_t point, std::string_view) {
    if (!first && !ShowsNothing(point)) first = point;
  });
  return first && std::ranges::find(kSigns, *first) != kSigns.end();
}

}  // namespace

void AddSearch(const JobFilter& filter, json::object& found) {
  if (SoughtWords(filter.text).words().empty()) return;
  if (!filter.hits) {
    found["search"] = "words only";
    return;
  }
  if (filter.hits->lacks_texts) found["search"] = "some texts";
  if (const auto& corrected = filter.hits->corrected)
    found["corrected"] = json::object{{"from", corrected->from}, {"to", corrected->to}};
}

std::string CsvHeader() { return Line(kColumns); }

std::string CsvLine(const JobRow& job) { return Line(CellsOf(job)); }

std::string CsvCell(std::string_view text) {
  std::string cell(text);
  if (BeginsFormula(text)) cell.insert(0, 1, '\'');
  // A semicolon parts cells where the comma is in numbers.
  if (cell.find_first_of(",;\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace rolecall
