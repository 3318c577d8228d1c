// Writes the head of a reply. Names of statuses are Beast's.
#include "http/reply_head.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>
#include <ctime>
#include <iterator>

namespace rolecall {
namespace {

using boost::beast::iequals;

constexpr std::string_view kContentPolicy =
    "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action "
    "'self'; "
    "frame-ancestors 'none'";

// On every reply whose handler says nothing else.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kGuards{{
    {"Content-Security-Policy", kContentPolicy},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Frame-Options", "DENY"},
}};

bool IsServers(std::string_view name) {
  return iequals(name, "Content-Length") || iequals(name, "Transfer-Encoding") ||
         iequals(name, "Connection") || iequals(name, "Date");
}

// A line end in a value would begin another header, or another reply.
void AddHeader(std::string& head, std::string_view name, std::string_view value) {
  const auto keep = [](char letter) { return letter != '\r' && letter != '\n' && letter != '\0'; };
  std::ranges::copy_if(name, std::back_inserter(head), keep);
  head += ": ";
  std::ranges::copy_if(value, std::back_inserter(head), keep);
  head += "\r\n";
}

std::string_view ReasonOf(int status) {
  const auto known = boost::beast::http::int_to_status(static_cast<unsigned>(status));
  const auto reason = boost::beast::http::obsolete_reason(known);
  return {reason.data(), reason.size()};
}

}  // namespace

bool HasBody(int status) { return status >= 200 && status != 204 && status != 304; }

std::string HeadOf(const Reply& reply, Framing framing, Ending ending) {
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(reply.headers,
                               [&](const Header& header) { return iequals(header.name, name); });
  };
  std::string head;
  head.reserve(640);
  fmt::format_to(std::back_inserter(head),
                 "HTTP/1.1 {} {}\r\nDate: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", reply.status,
                 ReasonOf(reply.status), fmt::gmtime(std::time(nullptr)));
  if (HasBody(reply.status)) {
    if (!reply.content_type.empty() && !has("Content-Type"))
      AddHeader(head, "Content-Type", reply.content_type);
    if (framing == Framing::kLength)
      fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", reply.body.size());
    if (framing == Framing::kChunked) head += "Transfer-Encoding: chunked\r\n";
  }
  if (reply.stream) {
    if (!has("Cache-Control")) AddHeader(head, "Cache-Control", "no-cache");
    if (!has("X-Accel-Buffering")) AddHeader(head, "X-Accel-Buffering", "no");
  } else if (reply.content_type.starts_with("application/json") && !has("Cache-Control")) {
    AddHeader(head, "Cache-Control", "no-store");
  }
  for (const auto& [name, value] : kGuards)
    if (!has(name)) AddHeader(head, name, value);
  for (const Header& header : reply.headers)
    if (!IsServers(header.name)) AddHeader(head, header.name, header.value);
  if (ending == Ending::kClose) head += "Connection: close\r\n";
  if (ending == Ending::kKeepAliveSaid) head += "Connection: keep-alive\r\n";
  head += "\r\n";
  return head;
}

}  // namespace rolecall
