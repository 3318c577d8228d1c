// Keeps the listing that a preview read. Jobs as a JSON array, packed. What cannot be read back
// counts as not kept.
#include "store/boards/listings.h"

#include <boost/json.hpp>
#include <limits>

#include "base/gzip.h"
#include "db/columns.h"

namespace rolecall {
namespace json = boost::json;
namespace {

std::string Field(const json::object& job, const char* key) {
  const json::value* found = job.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::optional<CompleteListing> ListingFrom(const std::string& packed) {
  const auto text = UnpackText(packed);
  boost::system::error_code failure;
  const json::value value = text ? json::parse(*text, failure) : json::value();
  const json::array* jobs = failure ? nullptr : value.if_array();
  if (jobs == nullptr) return std::nullopt;
  std::vector<ListedJob> page;
  for (const json::value& one : *jobs) {
    const json::object* job = one.if_object();
    if (job == nullptr) return std::nullopt;
    page.push_back({.external_id = Field(*job, "id"),
                    .path = Field(*job, "path"),
                    .title = Field(*job, "title"),
                    .location = Field(*job, "place"),
                    .url = Field(*job, "url"),
                    .content = job->if_contains("content") != nullptr
                                   ? std::optional(Field(*job, "content"))
                                   : std::nullopt,
                    .facts = {.posted = Field(*job, "posted"),
                              .workplace = Field(*job, "workplace"),
                              .department = Field(*job, "department"),
                              .salary = Field(*job, "salary")}});
  }
  // Only what was judged complete before comes back as complete.
  ListingBuilder builder(std::numeric_limits<int>::max());
  builder.AddPage(std::move(page));
  Listing listing = std::move(builder).Finish();
  if (auto* complete = std::get_if<CompleteListing>(&listing)) return std::move(*complete);
  return std::nullopt;
}

}  // namespace

Result<void> KeepListing(Transaction& tx, std::int64_t board_id, const CompleteListing& listing,
                         std::int64_t after_reading, Timestamp read_at) {
  json::array jobs;
  for (const ListedJob& job : listing.jobs()) {
    json::object one{
        {"id", job.external_id}, {"title", job.title}, {"place", job.location}, {"url", job.url}};
    if (!job.path.empty()) one["path"] = job.path;
    if (job.content) one["content"] = *job.content;
    if (!job.facts.posted.empty()) one["posted"] = job.facts.posted;
    if (!job.facts.workplace.empty()) one["workplace"] = job.facts.workplace;
    if (!job.facts.department.empty()) one["department"] = job.facts.department;
    if (!job.facts.salary.empty()) one["salary"] = job.facts.salary;
    jobs.push_back(std::move(one));
  }
  CHECK_OK(tx->Run(R"(
      INSERT INTO listings (board_id, read_at, after_reading, body)
      VALUES (:board, :at, :after, :body)
      ON CONFLICT (board_id) DO UPDATE SET read_at = excluded.read_at,
        after_reading = excluded.after_reading, body = excluded.body
      WHERE listings.read_at <= excluded.read_at)",
                   {{"board", board_id},
                    {"at", read_at},
                    {"after", after_reading},
                    {"body", Blob{PackText(json::serialize(jobs))}}}));
  return {};
}

Result<bool> HasListing(Connection& db, std::int64_t board_id) {
  TRY(const auto found, QueryOne(db, "SELECT 1 FROM listings WHERE board_id = :board",
                                 {{"board", board_id}}, [](const Row&) { return true; }));
  return found.has_value();
}

Result<void> ForgetListing(Transaction& tx, std::int64_t board_id, Timestamp read_at) {
  CHECK_OK(tx->Run("DELETE FROM listings WHERE board_id = :board AND read_at <= :at",
                   {{"board", board_id}, {"at", read_at}}));
  return {};
}

namespace {

struct KeptBody {
  Timestamp read_at;
  std::int64_t after_reading;
  Blob body;
};

constexpr Columns kKeptBody(Column("l.read_at", &KeptBody::read_at),
                            Column("l.after_reading", &KeptBody::after_reading),
                            Column("l.body", &KeptBody::body));
constexpr auto kSelectKept = SqlOf<kKeptBody>(R"(
      SELECT {columns}
      FROM listings l
      JOIN boards b ON b.id = l.board_id
      WHERE l.board_id = :board AND l.read_at >= :oldest AND l.after_reading = b.latest_reading)");

}  // namespace

Result<std::optional<KeptListing>> LoadListing(Connection& db, std::int64_t board_id,
                                               Timestamp oldest) {
  TRY(const auto kept,
      QueryOne(db, kSelectKept, {{"board", board_id}, {"oldest", oldest}}, kKeptBody));
  if (!kept) return std::nullopt;
  auto listing = ListingFrom(kept->body.bytes);
  if (!listing) return std::nullopt;
  return KeptListing{*std::move(listing), kept->read_at, kept->after_reading};
}

}  // namespace rolecall
