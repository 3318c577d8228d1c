// Turns errors into replies, and reads what handlers ask of a request. Boost.JSON for bodies,
// inet_pton for addresses.
#include "http/message.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <cstring>

#include "base/text.h"

namespace rolecall {
namespace {

// "0" as 0, "company_name" as it is.
boost::json::value PlaceOf(const std::string& part) {
  std::int64_t number = 0;
  const char* end = part.data() + part.size();
  const auto [stopped, failure] = std::from_chars(part.data(), end, number);
  if (failure == std::errc() && stopped == end) return number;
  return boost::json::string(part);
}

Reply WithDetail(int status, boost::json::value detail) {
  boost::json::object body;
  body["detail"] = std::move(detail);
  return {.status = status, .body = boost::json::serialize(body)};
}

Reply WithRetryAfter(Reply reply) {
  reply.headers.push_back({"Retry-After", "1"});
  return reply;
}

Reply WithFailure(Reply reply, std::string failure) {
  reply.failure = std::move(failure);
  return reply;
}

}  // namespace

std::string_view Request::HeaderOf(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, &Header::name);
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

int Request::CountOf(std::string_view name) const {
  return static_cast<int>(std::ranges::count(headers, name, &Header::name));
}

std::optional<std::string> Request::Parameter(std::string_view name) const {
  std::string_view rest = query;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (DecodePercent(pair.substr(0, equals), PlusSign::kIsABlank) != name) continue;
    return DecodePercent(pair.substr(std::min(pair.size(), equals + 1)), PlusSign::kIsABlank);
  }
  return std::nullopt;
}

bool IsLoopback(std::string_view address) {
  const std::string text(address);
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
  in6_addr v6{};
  if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return false;
  if (IN6_IS_ADDR_V4MAPPED(&v6)) return v6.s6_addr[12] == 127;
  return IN6_IS_ADDR_LOOPBACK(&v6);
}

Reply Refuse(int status, std::string_view sentence) {
  return WithDetail(status, boost::json::string(sentence));
}

Reply Unprocessable(const std::vector<Misfit>& misfits) {
  boost::json::array detail;
  for (const Misfit& misfit : misfits) {
    boost::json::array place;
    for (const std::string& part : misfit.place) place.push_back(PlaceOf(part));
    boost::json::object told;
    told["loc"] = std::move(place);
    told["msg"] = misfit.message;
    detail.push_back(std::move(told));
  }
  return WithDetail(422, std::move(detail));
}

Reply ReplyTo(const Error& error) {
  switch (error.code) {
    case Errc::kInvalidInput:
      return Refuse(400, error.message);
    case Errc::kNotFound:
      return Refuse(404, error.message);
    case Errc::kConflict:
      return Refuse(409, error.message);
    case Errc::kUpstream:
      return Refuse(502, error.message);
    case Errc::kStorage:
      return WithFailure(Refuse(500, kDatabaseRefuses), error.message);
    case Errc::kUnavailable:
      return WithFailure(WithRetryAfter(Refuse(503, kDatabaseIsAway)), error.message);
    case Errc::kCancelled:
      return WithRetryAfter(Refuse(503, error.message));
  }
  return WithFailure(Refuse(500, kDatabaseRefuses), error.message);
}

}  // namespace rolecall
