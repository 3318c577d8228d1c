// Writes and reads where the next page of a search begins. The place as JSON with a digest of what
// it goes with, in base64url. Whose jobs are shown never comes from here, so a checksum is enough.
#include "api/job_cursor.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/digest.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::size_t kLongestCursor = 4'096;
constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string ChecksumOf(const JobSearch& search, const JobPlace& place) {
  Digester digest;
  digest.Add("jobs 1").Add(search.filter.text);
  std::vector<std::string> companies = search.filter.companies;
  std::ranges::sort(companies);
  for (const std::string& company : companies) digest.Add(company);
  digest.Add(search.filter.since_as_written).Add(search.filter.jobs_as_asked);
  digest.Add(
      fmt::format("{} {}", static_cast<int>(search.filter.status), static_cast<int>(search.sort)));
  // By what its words were looked for: fits of an index are no places among those of rows.
  const auto& hits = search.filter.hits;
  digest.Add(!hits ? "rows" : hits->corrected ? hits->corrected->to : "index");
  digest.Add(place.first).Add(place.second);
  digest.Add(fmt::format("{} {}", place.number, place.id));
  return digest.Finish();
}

std::optional<JobPlace> PlaceIn(std::string_view cursor) {
  std::string bytes(cursor.size(), '\0');
  std::size_t size = 0;
  if (cursor.size() > kLongestCursor ||
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), cursor.data(),
                        cursor.size(), nullptr, &size, nullptr, kBase64) != 0)
    return std::nullopt;
  boost::system::error_code failure;
  const json::value value = json::parse(json::string_view(bytes.data(), size), failure);
  const json::array* parts = failure ? nullptr : value.if_array();
  if (parts == nullptr || parts->size() != 5 || !parts->at(1).is_string() ||
      !parts->at(2).is_string() || !parts->at(3).is_int64() || !parts->at(4).is_int64())
    return std::nullopt;
  return JobPlace{.first = std::string(parts->at(1).get_string()),
                  .second = std::string(parts->at(2).get_string()),
                  .number = parts->at(3).get_int64(),
                  .id = parts->at(4).get_int64()};
}

}  // namespace

std::string CursorOf(const JobSearch& search, const JobPlace& place) {
  const std::string bytes = json::serialize(
      json::array{ChecksumOf(search, place), place.first, place.second, place.number, place.id});
  std::string text(sodium_base64_encoded_len(bytes.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kBase64);
  text.pop_back();  // the NUL
  return text;
}

FromQuery<JobPlace> ReadCursor(const JobSearch& search, std::string_view cursor) {
  const auto place = PlaceIn(cursor);
  // One that was made here is made again of what it says.
  if (!place || CursorOf(search, *place) != cursor)
    return std::unexpected(
        Misfit{.place = {"query", "cursor"},
               .message = "cursor must be the next_cursor of the same search in the same order; "
                          "ask without it for the first page."});
  return *place;
}

}  // namespace rolecall
