// Packs descriptions that are about to change. A border that no text holds parts the requirements
// from what stands before them.
#include "store/boards/former_texts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/gzip.h"
#include "base/hex.h"
#include "db/columns.h"

namespace rolecall {
namespace {

constexpr std::int64_t kFormerTextsKept = 3;  // of a job
constexpr char kTextBorder = '\x1f';          // the unit separator

struct TextOfJob {
  std::int64_t job_id = 0;
  std::string description, requirements;
};

constexpr Columns kTextOfJob(Column("c.job_id", &TextOfJob::job_id),
                             Column("c.description", &TextOfJob::description),
                             Column("c.requirements", &TextOfJob::requirements));
constexpr auto kSelectTexts = SqlOf<kTextOfJob>(R"(
      SELECT {columns}
      FROM {rows_of r: id bigint}
      JOIN job_contents c ON c.job_id = r.id
      WHERE c.description IS NOT NULL AND c.state <> 'mocked')");

ContentText Parted(const std::string& text) {
  const auto border = text.find(kTextBorder);
  if (border == std::string::npos) return {text, ""};
  return {text.substr(0, border), text.substr(border + 1)};
}

Result<void> Prune(Transaction& tx, const IdRows& jobs) {
  CHECK_OK(tx->Run(R"(
      DELETE FROM former_texts
      WHERE job_id IN (SELECT r.id FROM {rows_of r: id bigint})
        AND (
            SELECT count(*)
            FROM former_texts later
            WHERE later.job_id = former_texts.job_id
              AND later.reading_id > former_texts.reading_id) >= :kept)",
                   {{"r", jobs.table()}, {"kept", kFormerTextsKept}}));
  return {};
}

IdRows RowsOfIds(std::span<const std::int64_t> jobs) {
  IdRows rows;
  for (const std::int64_t id : jobs) rows.Add(IdRow{id});
  return rows;
}

}  // namespace

Result<std::unordered_map<std::int64_t, ContentText>> LoadTexts(
    Connection& db, std::span<const std::int64_t> jobs) {
  std::unordered_map<std::int64_t, ContentText> texts;
  if (jobs.empty()) return texts;
  CHECK_OK(db.Each(kSelectTexts, {{"r", RowsOfIds(jobs).table()}}, [&](const Row& row) {
    TextOfJob one = kTextOfJob(row);
    texts.emplace(one.job_id, ContentText{std::move(one.description), std::move(one.requirements)});
  }));
  return texts;
}

namespace {

struct KeptText {
  std::int64_t job_id;
  std::string body;  // packed, in hexadecimal digits
};

constexpr Columns kKeptText(Column("job_id", &KeptText::job_id), Column("body", &KeptText::body));
constexpr auto kInsertFormerTexts = SqlText(R"(
      INSERT INTO former_texts (job_id, reading_id, at, body)
      SELECT r.job_id, :reading, :at, {bytes_of r.body}
      FROM {rows_of r: {shape}}
      WHERE TRUE
      ON CONFLICT (job_id, reading_id) DO NOTHING)")
                                        .Fill("{shape}", kShapeOf<kKeptText>);

Result<void> KeepSlice(Transaction& tx, std::span<const std::int64_t> jobs, std::int64_t reading_id,
                       Timestamp at) {
  TRY(const auto texts, LoadTexts(tx.db(), jobs));
  RowsOf<kKeptText> kept;
  for (const auto& [job, text] : texts)
    kept.Add(KeptText{job, HexOf(PackText(text.description + kTextBorder + text.requirements))});
  if (kept.empty()) return {};
  CHECK_OK(tx->Run(kInsertFormerTexts, {{"r", kept.table()}, {"reading", reading_id}, {"at", at}}));
  return Prune(tx, RowsOfIds(jobs));
}

}  // namespace

Result<void> KeepFormerTexts(Transaction& tx, std::span<const std::int64_t> jobs,
                             std::int64_t reading_id, Timestamp at) {
  for (; !jobs.empty(); jobs = jobs.subspan(std::min(kTextsAtOnce, jobs.size())))
    CHECK_OK(KeepSlice(tx, jobs.first(std::min(kTextsAtOnce, jobs.size())), reading_id, at));
  return {};
}

namespace {

struct PackedText {
  std::int64_t reading_id = 0;
  Timestamp at;
  Blob body;
};

constexpr Columns kPackedText(Column("reading_id", &PackedText::reading_id),
                              Column("at", &PackedText::at), Column("body", &PackedText::body));
constexpr auto kSelectFormerTexts = SqlOf<kPackedText>(R"(
      SELECT {columns}
      FROM former_texts
      WHERE job_id = :job
      ORDER BY reading_id DESC)");

}  // namespace

Result<std::vector<FormerText>> LoadFormerTexts(Connection& db, std::int64_t job_id) {
  TRY(const auto packed, QueryAll(db, kSelectFormerTexts, {{"job", job_id}}, kPackedText));
  std::vector<FormerText> texts;
  for (const PackedText& one : packed) {
    const auto text = UnpackText(one.body.bytes);
    if (!text) break;
    texts.push_back({one.reading_id, one.at, Parted(*text)});
  }
  return texts;
}

}  // namespace rolecall
