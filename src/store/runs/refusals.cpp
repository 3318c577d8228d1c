// Counts refusals by reason: lanes that take a company up one after the other add to the same.
#include "store/runs/refusals.h"

#include <fmt/format.h>

#include "base/text.h"
#include "db/columns.h"

namespace rolecall {
namespace {

constexpr Columns kRefusal(Column("r.reason", &Refusal::reason),
                           Column("r.refused", &Refusal::refused),
                           Column("coalesce(j.title, 'a job')", &Refusal::title));
constexpr auto kSelectRefusals = SqlOf<kRefusal>(R"(
      SELECT {columns}
      FROM run_refusals r
      LEFT JOIN board_jobs j ON j.id = r.job_id
      WHERE r.run_id = :run AND r.company = :company
      ORDER BY r.refused DESC, r.reason)");

constexpr std::size_t kLongestReason = 160;  // bytes

// What refusals of a kind share: without what stands behind the first ": ", paths, and numbers of
// more than three digits, which are of one job. "no text at /x in 5231 bytes: <html>" is "no text
// at … in … bytes".
std::string KindOf(std::string_view reason) {
  std::string kind;
  for (std::string_view left = reason.substr(0, reason.find(": ")); !left.empty();) {
    const auto blank = std::min(left.find(' '), left.size());
    const std::string_view word = left.substr(0, blank);
    left.remove_prefix(std::min(blank + 1, left.size()));
    const bool number = word.size() > 3 && word.find_first_not_of("0123456789") == word.npos;
    kind += kind.empty() ? "" : " ";
    kind += number ? "…" : std::string(word.substr(0, word.find('/')));
    if (!number && word.contains('/')) kind += "…";
  }
  if (kind.size() > kLongestReason) kind.resize(kLongestReason);
  return Mend(std::move(kind)).text;
}

}  // namespace

Result<void> NoteRefusals(Transaction& tx, const CompanyKey& key,
                          const std::vector<ContentOutcome>& outcomes) {
  for (const ContentOutcome& outcome : outcomes) {
    if (outcome.trouble.empty()) continue;
    CHECK_OK(tx->Run(R"(
      INSERT INTO run_refusals (run_id, company, reason, refused, job_id)
      VALUES (:run, :company, :reason, 1, :job)
      ON CONFLICT (run_id, company, reason) DO UPDATE SET refused = run_refusals.refused + 1)",
                     {{"run", key.run_id},
                      {"company", key.company},
                      {"reason", KindOf(outcome.trouble)},
                      {"job", outcome.job_id}}));
  }
  return {};
}

Result<std::vector<Refusal>> TakeRefusals(Transaction& tx, const CompanyKey& key) {
  TRY(auto refusals, QueryAll(tx.db(), kSelectRefusals,
                              {{"run", key.run_id}, {"company", key.company}}, kRefusal));
  CHECK_OK(tx->Run("DELETE FROM run_refusals WHERE run_id = :run AND company = :company",
                   {{"run", key.run_id}, {"company", key.company}}));
  return refusals;
}

Result<void> DropRefusals(Transaction& tx, std::int64_t run_id) {
  CHECK_OK(tx->Run("DELETE FROM run_refusals WHERE run_id = :run", {{"run", run_id}}));
  return {};
}

std::string ReasonsInWords(const std::vector<Refusal>& refusals) {
  constexpr std::size_t kInWords = 3;
  std::vector<std::string> words;
  for (const Refusal& one : refusals) {
    if (words.size() == kInWords) break;
    words.push_back(one.refused == 1
                        ? fmt::format("{} ({})", one.reason, one.title)
                        : fmt::format("{} ({}, such as {})", one.reason, one.refused, one.title));
  }
  const std::size_t others = refusals.size() - words.size();
  if (others > 0)
    words.push_back(fmt::format("and {} other {}", others, others == 1 ? "reason" : "reasons"));
  return fmt::format("{}", fmt::join(words, "; "));
}

}  // namespace rolecall
