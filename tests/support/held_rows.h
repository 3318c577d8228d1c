// What a database holds of a board as lines of text that are the same on SQLite and on PostgreSQL,
// and what of a listing it does not hold.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/text.h"
#include "db/db.h"
#include "domain/board_text.h"
#include "domain/known_board.h"
#include "domain/listing.h"
#include "store/users/jobs_view.h"

namespace rolecall {

// A cell of a row: texts between marks, so that "" and no text at all differ.
inline std::string CellOf(std::string_view text) { return fmt::format("[{}]", text); }
inline std::string CellOf(std::int64_t number) { return std::to_string(number); }
inline std::string CellOf(Timestamp at) { return ToIso(at); }
template <typename T>
std::string CellOf(const std::optional<T>& value) {
  return value ? CellOf(*value) : "none";
}

template <typename... Cells>
std::string LineOfCells(const Cells&... cells) {
  return fmt::format("{}", fmt::join(std::initializer_list<std::string>{CellOf(cells)...}, " "));
}

// The rows of a query, a line each behind `name`. Of its columns the first `texts` are texts or
// whole numbers, the others times.
inline Result<std::vector<std::string>> LinesOf(Connection& db, std::string_view name, Sql sql,
                                                std::int64_t board_id, int texts, int times) {
  return QueryAll(db, sql, {{"board", board_id}}, [&](const Row& row) {
    std::string line(name);
    for (int column = 0; column < texts + times; ++column)
      line += " " + (row.IsNull(column) ? "none"
                     : column < texts   ? CellOf(row.Text(column))
                                        : CellOf(row.Time(column)));
    return line;
  });
}

// The jobs of a board in the order in which they were written, their contents, what happened to
// them, and whose they are.
inline Result<std::vector<std::string>> JobRowsOf(Connection& db, std::int64_t board_id) {
  TRY(auto lines, LinesOf(db, "job", R"(
      SELECT id, external_id, path, title, location, detail_location, url, digest, changed_reading,
        missing_reading, lacked_reading, last_seen_reading, witnesses, expired_reason,
        CASE WHEN withheld_by_guard THEN 1 ELSE 0 END, workplace, department, salary, facts_digest,
        detail_workplace, detail_department, detail_salary, first_seen_at, withheld_at, expired_at,
        posted_at, detail_posted_at
      FROM board_jobs
      WHERE board_id = :board
      ORDER BY id)",
                          board_id, 22, 5));
  TRY(const auto contents, LinesOf(db, "content", R"(
      SELECT job_id, state, description, requirements, digest, tries, changed_reading,
        error_message, checked_at
      FROM job_contents
      WHERE board_id = :board
      ORDER BY job_id)",
                                   board_id, 8, 1));
  TRY(auto events, LinesOf(db, "event", R"(
      SELECT e.job_id, e.reading_id, e.kind, e.detail, e.at
      FROM job_events e
      JOIN board_jobs j ON j.id = e.job_id
      WHERE j.board_id = :board)",
                           board_id, 4, 1));
  std::ranges::sort(events);  // they have no order of their own
  TRY(const auto of_users, LinesOf(db, "user's", R"(
      SELECT u.user_id, u.job_id, u.company, u.came_run_id, u.wrote_run_id, u.left_run_id,
        u.expired_reason, u.expired_at
      FROM user_jobs u
      JOIN board_jobs j ON j.id = u.job_id
      WHERE j.board_id = :board
      ORDER BY u.job_id)",
                                   board_id, 7, 1));
  lines.insert(lines.end(), contents.begin(), contents.end());
  lines.insert(lines.end(), events.begin(), events.end());
  lines.insert(lines.end(), of_users.begin(), of_users.end());
  return lines;
}

inline Result<std::vector<std::string>> ReadingRowsOf(Connection& db, std::int64_t board_id) {
  TRY(auto lines, LinesOf(db, "reading", R"(
      SELECT id, completeness, listed, CASE WHEN withheld THEN 1 ELSE 0 END, digest, trouble,
        but_for, unread, asked, stood, control, run_id, started_at, finished_at
      FROM readings
      WHERE board_id = :board
      ORDER BY id)",
                          board_id, 12, 2));
  TRY(const auto board, LinesOf(db, "board", R"(
      SELECT digest, etag, last_modified, listed, latest_reading, complete_reading,
        changed_reading, failure_streak, whole_reading, but_for, but_for_digest, confirmed_at,
        failing_since, whole_at, but_for_since
      FROM boards
      WHERE id = :board)",
                                board_id, 11, 4));
  lines.insert(lines.end(), board.begin(), board.end());
  return lines;
}

inline std::string LineOf(const KnownJob& job) {
  return "known " + LineOfCells(job.id, job.external_id, job.path, job.title, job.location, job.url,
                                job.digest, job.facts_digest, job.content_digest,
                                job.missing_reading, job.missing_since, job.lacked_reading,
                                job.withheld_since, job.changed_reading, job.last_seen_reading,
                                static_cast<std::int64_t>(job.content_state), job.content_reading,
                                std::int64_t{job.expired}, job.expired_at);
}

inline std::string LineOf(const JobRow& job) {
  return "found " + LineOfCells(job.id, job.run_id, job.company, job.external_id, job.url,
                                job.status, job.title, job.location, job.workplace, job.department,
                                job.salary, job.posted_at, job.first_seen_at, job.last_seen_at,
                                job.missing_since, job.withheld_since, job.expired_at,
                                job.expired_reason);
}

// What is listed, and not known in the same words; nothing where all of it is.
inline std::optional<std::string> WhatIsLost(const Listing& listing, const KnownBoard& known) {
  std::unordered_map<std::string_view, const KnownJob*> by_id;
  for (const KnownJob& job : known.jobs) by_id.emplace(job.external_id, &job);
  for (const ListedJob& job : JobsIn(listing)) {
    const auto found = by_id.find(job.external_id);
    if (found == by_id.end()) return "no job is known by the id of " + job.title;
    const KnownJob& kept = *found->second;
    if (kept.title != job.title || kept.location != job.location || kept.url != job.url ||
        kept.path != job.path)
      return fmt::format("{} is known as {}", job.title, LineOf(kept));
    if (kept.expired || kept.missing_reading) return job.title + " is listed, and not open";
  }
  return std::nullopt;
}

// Why a job is none that may be kept: beyond the limits of boards, or with words that steer what is
// around them.
inline std::optional<std::string> WhyNotToBeKept(const Listing& listing) {
  for (const ListedJob& job : JobsIn(listing)) {
    if (job.external_id.size() > kLongestId || job.url.size() > kLongestUrl ||
        job.path.size() > kLongestUrl || job.title.size() > kLongestLine ||
        job.location.size() > kLongestLine)
      return job.title + " is beyond the limits";
    for (const std::string& line : {job.title, job.location})
      if (WithoutSteering(line) != line) return line + " steers what is around it";
  }
  return std::nullopt;
}

// The first line in which the two differ, of both; nothing where they are the same.
inline std::optional<std::string> FirstDifference(const std::vector<std::string>& one,
                                                  const std::vector<std::string>& other) {
  const auto [at, in_other] = std::ranges::mismatch(one, other);
  if (at == one.end() && in_other == other.end()) return std::nullopt;
  return fmt::format("{}\nand\n{}", at == one.end() ? "nothing" : *at,
                     in_other == other.end() ? "nothing" : *in_other);
}

}  // namespace rolecall
