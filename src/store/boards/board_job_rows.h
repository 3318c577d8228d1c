// The rows that a board's plan writes, and what each kind of them changes. Texts live until their
// row is added.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "db/columns.h"

namespace rolecall {

struct NewJobRow {
  std::int64_t id, board_id;
  std::string_view external_id, url, title, location, digest;
  Timestamp first_seen_at;
  std::int64_t changed_reading;
  std::optional<std::string_view> path;
  std::optional<Timestamp> posted_at;
  std::optional<std::string_view> workplace, department, salary, facts_digest;
  std::optional<std::int64_t> times_posted;  // where it is not the first posting of its kind
  std::int64_t version;
};

inline constexpr Columns kNewJobRow(
    Column("id", &NewJobRow::id), Column("board_id", &NewJobRow::board_id),
    Column("external_id", &NewJobRow::external_id), Column("url", &NewJobRow::url),
    Column("title", &NewJobRow::title), Column("location", &NewJobRow::location),
    Column("digest", &NewJobRow::digest), Column("first_seen_at", &NewJobRow::first_seen_at),
    Column("changed_reading", &NewJobRow::changed_reading), Column("path", &NewJobRow::path),
    Column("posted_at", &NewJobRow::posted_at), Column("workplace", &NewJobRow::workplace),
    Column("department", &NewJobRow::department), Column("salary", &NewJobRow::salary),
    Column("facts_digest", &NewJobRow::facts_digest),
    Column("times_posted", &NewJobRow::times_posted), Column("version", &NewJobRow::version));

struct NewContentRow {
  std::int64_t job_id, board_id;
  std::string_view state;
  std::optional<std::string_view> description, requirements, digest;
  std::int64_t changed_reading;
};

inline constexpr Columns kNewContentRow(Column("job_id", &NewContentRow::job_id),
                                        Column("board_id", &NewContentRow::board_id),
                                        Column("state", &NewContentRow::state),
                                        Column("description", &NewContentRow::description),
                                        Column("requirements", &NewContentRow::requirements),
                                        Column("digest", &NewContentRow::digest),
                                        Column("changed_reading", &NewContentRow::changed_reading));

struct ChangedJobRow {
  std::int64_t id;
  std::string_view url, title, location, digest;
  std::optional<std::int64_t> back_after_days;  // where it came back
};

inline constexpr Columns kChangedJobRow(Column("id", &ChangedJobRow::id),
                                        Column("url", &ChangedJobRow::url),
                                        Column("title", &ChangedJobRow::title),
                                        Column("location", &ChangedJobRow::location),
                                        Column("digest", &ChangedJobRow::digest),
                                        Column("back_after_days", &ChangedJobRow::back_after_days));
inline constexpr auto kWriteChangedJobs = SqlText(R"(
      UPDATE board_jobs
      SET url = r.url,
        title = r.title,
        location = r.location,
        detail_location = CASE WHEN board_jobs.location = r.location THEN detail_location END,
        digest = r.digest,
        back_after_days = coalesce(r.back_after_days, board_jobs.back_after_days),
        version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id),
        changed_reading = :reading,
        missing_reading = NULL,
        lacked_reading = NULL,
        last_seen_reading = NULL,
        withheld_at = NULL,
        expired_at = NULL,
        expired_reason = NULL,
        witnesses = NULL
      FROM {rows_of r: {shape}}
      WHERE board_jobs.id = r.id)")
                                              .Fill("{shape}", kShapeOf<kChangedJobRow>);

inline constexpr auto kWriteBackJobs = SqlText(R"(
      UPDATE board_jobs
      SET missing_reading = NULL,
        lacked_reading = NULL,
        last_seen_reading = NULL,
        withheld_at = NULL,
        version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      FROM {rows_of r: id bigint}
      WHERE board_jobs.id = r.id)");

inline constexpr auto kWriteWithdrawnJobs = SqlText(R"(
      UPDATE board_jobs
      SET withheld_at = NULL,
        version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      FROM {rows_of r: id bigint}
      WHERE board_jobs.id = r.id)");

struct JobPathRow {
  std::int64_t id;
  std::string_view path;
};

inline constexpr Columns kJobPathRow(Column("id", &JobPathRow::id),
                                     Column("path", &JobPathRow::path));
inline constexpr auto kWriteJobPaths = SqlText(R"(
      UPDATE board_jobs
      SET path = nullif(r.path, '')
      FROM {rows_of r: {shape}}
      WHERE board_jobs.id = r.id)")
                                           .Fill("{shape}", kShapeOf<kJobPathRow>);

struct JobContentRow {
  std::int64_t id;
  std::string_view description, requirements, digest;
};

inline constexpr Columns kJobContentRow(Column("id", &JobContentRow::id),
                                        Column("description", &JobContentRow::description),
                                        Column("requirements", &JobContentRow::requirements),
                                        Column("digest", &JobContentRow::digest));
inline constexpr auto kWriteJobContents = SqlText(R"(
      UPDATE job_contents
      SET state = 'ready',
        description = r.description,
        requirements = r.requirements,
        digest = r.digest,
        changed_reading = :reading,
        error_message = NULL,
        tries = 0
      FROM {rows_of r: {shape}}
      WHERE job_contents.job_id = r.id)")
                                              .Fill("{shape}", kShapeOf<kJobContentRow>);

// Words that changed in nearly all descriptions at once are no news of the job.
inline constexpr auto kWriteBoilerplate = SqlText(R"(
      UPDATE job_contents
      SET description = r.description, requirements = r.requirements, digest = r.digest
      FROM {rows_of r: {shape}}
      WHERE job_contents.job_id = r.id)")
                                              .Fill("{shape}", kShapeOf<kJobContentRow>);

// Of jobs of which nothing else is written: whoever keeps words of texts takes theirs again.
inline constexpr auto kWriteRewordedJobs = SqlText(R"(
      UPDATE board_jobs
      SET version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      FROM {rows_of r: id bigint}
      WHERE board_jobs.id = r.id)");

// The content of a job that changed or came back is asked for afresh; until then the old text is
// readable.
inline constexpr auto kWritePendingContents = SqlText(R"(
      UPDATE job_contents
      SET state = 'pending', tries = 0
      FROM {rows_of r: id bigint}
      WHERE job_contents.job_id = r.id)");

struct AbsentJobRow {
  std::int64_t id;
  std::string_view mark;  // missing, withheld, guarded, offered, or why it expired
  std::int64_t anew;      // 1: missing since this reading, whatever empty ones said
  std::int64_t witnesses;
};

inline constexpr Columns kAbsentJobRow(Column("id", &AbsentJobRow::id),
                                       Column("mark", &AbsentJobRow::mark),
                                       Column("anew", &AbsentJobRow::anew),
                                       Column("witnesses", &AbsentJobRow::witnesses));

// A reading that failed says of no job that it is missing. A listing whole but for a few says so by
// a clock of its own, as a job may leave after 72 hours of those, but after 24 of complete ones. A
// job was last seen when its board was last whole, in reading 10, or in 12, where a part of a
// listing changed it then.
inline constexpr auto kWriteAbsentJobs = SqlText(R"(
      UPDATE board_jobs
      SET missing_reading =
          CASE
            WHEN :but_for OR r.mark IN ('offered', 'unreachable') THEN missing_reading
            WHEN r.anew = 1 THEN :reading
            ELSE coalesce(missing_reading, :reading)
          END,
        lacked_reading =
          CASE
            WHEN :but_for THEN coalesce(lacked_reading, :reading)
            ELSE lacked_reading
          END,
        last_seen_reading =
          CASE
            WHEN r.mark = 'offered' THEN last_seen_reading
            ELSE coalesce(
                last_seen_reading,
                CASE WHEN changed_reading > :seen THEN changed_reading ELSE :seen END)
          END,
        withheld_at =
          CASE
            WHEN r.mark IN ('guarded', 'withheld', 'offered') THEN :now
            WHEN r.mark = 'missing' THEN withheld_at
          END,
        withheld_by_guard =
          CASE
            WHEN r.mark = 'missing' THEN withheld_by_guard
            ELSE r.mark = 'guarded'
          END,
        expired_at =
          CASE
            WHEN r.mark IN ('missing', 'guarded', 'withheld', 'offered') THEN NULL
            ELSE :now
          END,
        expired_reason =
          CASE
            WHEN r.mark IN ('missing', 'guarded', 'withheld', 'offered') THEN NULL
            ELSE r.mark
          END,
        witnesses =
          CASE
            WHEN r.mark NOT IN ('missing', 'guarded', 'withheld', 'offered') THEN r.witnesses
          END,
        version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      FROM {rows_of r: {shape}}
      WHERE board_jobs.id = r.id)")
                                             .Fill("{shape}", kShapeOf<kAbsentJobRow>);

}  // namespace rolecall
