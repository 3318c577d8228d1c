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
bool HasEnds(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

std::string WithoutEnds(std::string text) {
  std::erase_if(text, [](char letter) { return HasEnds({&letter, 1}); });
  return text;
}

// Calls `tell` with name and value of each header that HeadersOf gives, their line ends with them.
void EachHeader(const Reply& reply, const auto& tell) {
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(reply.headers,
                               [&](const Header& header) { return iequals(header.name, name); });
  };
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!has(name)) tell(name, value);
  };
  if (HasBody(reply.status) && !reply.content_type.empty()) add("Content-Type", reply.content_type);
  if (reply.stream) {
    add("Cache-Control", "no-cache");
    add("X-Accel-Buffering", "no");
  } else if (reply.content_type.starts_with("application/json")) {
    add("Cache-Control", "no-store");
  }
  for (const auto& [name, value] : kGuards) add(name, value);
  for (const Header& header : reply.headers)
    if (!IsServers(header.name)) tell(header.name, header.value);
}

void Append(std::string& head, std::string_view text) {
  if (HasEnds(text))
    head += WithoutEnds(std::string(text));
  else
    head += text;
}

// "Thu, 24 Nov 2026 02:41:15 GMT", made once a second on each thread.
std::string_view Date() {
  thread_local std::time_t of = 0;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now != of) {
    text = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now));
    of = now;
  }
  return text;
}

std::string_view ReasonOf(int status) {
  const auto known = boost::beast::http::int_to_status(static_cast<unsigned>(status));
  const auto reason = boost::beast::http::obsolete_reason(known);
  return {reason.data(), reason.size()};
}

}  // namespace

bool HasBody(int status) { return status >= 200 && status != 204 && status != 304; }

std::vector<Header> HeadersOf(const Reply& reply) {
  std::vector<Header> headers;
  EachHeader(reply, [&](std::string_view name, std::string_view value) {
    headers.push_back({WithoutEnds(std::string(name)), WithoutEnds(std::string(value))});
  });
  return headers;
}

std::string HeadOf(const Reply& reply, Framing framing, Ending ending) {
  std::string head;
  head.reserve(640);
  fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\nDate: {}\r\n", reply.status,
                 ReasonOf(reply.status), Date());
  if (HasBody(reply.status)) {
    if (framing == Framing::kLength)
      fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", reply.body.size());
    if (framing == Framing::kChunked) head += "Transfer-Encoding: chunked\r\n";
  }
  EachHeader(reply, [&](std::string_view name, std::string_view value) {
    Append(head, name);
    head += ": ";
    Append(head, value);
    head += "\r\n";
  });
  if (ending == Ending::kClose) head += "Connection: close\r\n";
  if (ending == Ending::kKeepAliveSaid) head += "Connection: keep-alive\r\n";
  head += "\r\n";
  return head;
}

}  // namespace rolecall
