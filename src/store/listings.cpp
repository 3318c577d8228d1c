// Jobs as JSON, packed. What cannot be read back counts as not kept.
#include "store/listings.h"

#include <boost/json.hpp>
#include <limits>

#include "store/packed_text.h"

namespace rolecall {
namespace json = boost::json;
namespace {

std::string Field(const json::object& job, const char* key) {
  const json::value* found = job.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

}  // namespace

Result<void> KeepListing(Transaction& tx, std::int64_t board_id, const Listing& listing,
                         Timestamp read_at) {
  const auto* complete = std::get_if<CompleteListing>(&listing);
  const auto* partial = std::get_if<PartialListing>(&listing);
  if (complete == nullptr && partial == nullptr) return {};
  json::array jobs;
  for (const ListedJob& job : complete != nullptr ? complete->jobs() : partial->jobs) {
    json::object one{
        {"id", job.external_id}, {"title", job.title}, {"place", job.location}, {"url", job.url}};
    if (job.content) one["content"] = *job.content;
    jobs.push_back(std::move(one));
  }
  const json::object body{{"trouble", partial != nullptr ? partial->trouble : std::string()},
                          {"jobs", std::move(jobs)}};
  CHECK_OK(tx->Run(
      "INSERT INTO listings (board_id, read_at, body) VALUES (:board, :at, :body) "
      "ON CONFLICT (board_id) DO UPDATE SET read_at = excluded.read_at, body = excluded.body",
      {{"board", board_id}, {"at", read_at}, {"body", Pack(json::serialize(body))}}));
  return {};
}

Result<std::optional<KeptListing>> LoadListing(Connection& db, std::int64_t board_id,
                                               Timestamp now) {
  struct Kept {
    Timestamp read_at;
    std::string body;
  };
  TRY(const auto kept,
      QueryOne(db,
               "SELECT read_at, body FROM listings WHERE board_id = :board AND read_at >= :oldest",
               {{"board", board_id}, {"oldest", now - kListingKept}},
               [](const Row& row) { return Kept{row.Time(0), row.Bytes(1)}; }));
  if (!kept) return std::nullopt;
  const auto text = Unpack(kept->body);
  boost::system::error_code failure;
  const json::value value = text ? json::parse(*text, failure) : json::value();
  const json::object* body = failure ? nullptr : value.if_object();
  const json::value* jobs = body == nullptr ? nullptr : body->if_contains("jobs");
  if (jobs == nullptr || !jobs->is_array()) return std::nullopt;
  std::vector<ListedJob> page;
  for (const json::value& one : jobs->get_array()) {
    const json::object* job = one.if_object();
    if (job == nullptr) return std::nullopt;
    page.push_back({.external_id = Field(*job, "id"),
                    .title = Field(*job, "title"),
                    .location = Field(*job, "place"),
                    .url = Field(*job, "url"),
                    .content = job->if_contains("content") != nullptr
                                   ? std::optional(Field(*job, "content"))
                                   : std::nullopt});
  }
  // Only what was judged complete before comes back as complete.
  ListingBuilder builder(std::numeric_limits<int>::max());
  builder.AddPage(std::move(page));
  const std::string trouble = Field(*body, "trouble");
  return KeptListing{
      trouble.empty() ? std::move(builder).Finish() : std::move(builder).BreakOff(trouble),
      kept->read_at};
}

}  // namespace rolecall
