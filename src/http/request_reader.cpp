// Reads requests out of bytes. Boost.Beast's parser of headers, fed from memory. What it lets pass
// and we do not: headers over the limit in sum or on more than one line, a Transfer-Encoding other
// than "chunked", a Host that is missing or doubled, targets that are no path.
#include "http/request_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <utility>

namespace rolecall {
namespace {

namespace http = boost::beast::http;

constexpr std::string_view kBadForm =
    "This is not a well-formed HTTP/1.1 request; send one that follows RFC 9112.";
constexpr std::string_view kBadLength =
    "The length of the body is not clear; send either one Content-Length or Transfer-Encoding: "
    "chunked.";
constexpr std::string_view kFolded = "A header goes on on a second line; send each on one line.";
constexpr std::string_view kBadHost = "Send exactly one Host header.";
constexpr std::string_view kBadTarget =
    "The address of the request must be a path that begins with '/'.";
constexpr std::string_view kBadVersion = "Send the request as HTTP/1.1.";

std::string Text(boost::beast::string_view text) { return {text.data(), text.size()}; }

std::string InLowerCase(std::string text) {
  for (char& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return text;
}

// "http://host/path" as "/path": the form for proxies, which servers have to take as well.
std::string WithoutAuthority(std::string target) {
  const std::size_t scheme = target.starts_with("http://")    ? 7
                             : target.starts_with("https://") ? 8
                                                              : 0;
  if (scheme == 0) return target;
  const std::size_t end = target.find_first_of("/?#", scheme);
  target.erase(0, std::min(end, target.size()));
  return target.starts_with('/') ? target : "/" + target;
}

// "/rolecall/health?x" as "/health?x"; the base path alone stays, since what stands at it is for
// the program to say.
std::string WithoutBasePath(std::string target, std::string_view base_path) {
  if (!base_path.empty() && target.starts_with(base_path) &&
      target.substr(base_path.size()).starts_with('/'))
    target.erase(0, base_path.size());
  return target;
}

// RFC 9112, 5.2.
bool HasFolds(std::string_view header) {
  return header.contains("\r\n ") || header.contains("\r\n\t");
}

}  // namespace

class RequestReader::Parser : public http::request_parser<http::empty_body> {};

RequestReader::RequestReader(ReadLimits limits, std::string_view base_path)
    : limits_(limits), base_path_(base_path) {}
RequestReader::~RequestReader() = default;

void RequestReader::Add(std::string_view bytes) {
  inbox_.erase(0, std::exchange(read_, 0));
  inbox_.append(bytes);
}

bool RequestReader::waits_for_continue() const {
  return waits_for_continue_ && state_ == State::kBody && left().empty();
}

void RequestReader::Begin() {
  parser_ = std::make_unique<Parser>();
  parser_->eager(false);  // the header alone
  chunks_.reset();
  body_left_ = 0;
  // Beast counts anew with each piece; the sum is ours to hold.
  parser_->header_limit(static_cast<std::uint32_t>(limits_.header));
  parser_->body_limit(limits_.body);
  header_bytes_ = 0;
  skipped_line_ = waits_for_continue_ = false;
  method_.clear();
  target_.clear();
  path_.clear();
  request_ = {};
  state_ = State::kNothing;
}

RequestReader::State RequestReader::Read() {
  if (parser_ == nullptr) Begin();
  if (state_ == State::kNothing && SkipEmptyLine()) state_ = State::kHeader;
  if (state_ == State::kHeader) state_ = ReadHeader();
  if (state_ == State::kBody) state_ = ReadBody();
  // An idle connection keeps nothing.
  if (state_ == State::kNothing && left().empty() && inbox_.capacity() > 1024) {
    inbox_ = {};
    read_ = 0;
  }
  return state_;
}

// True once a request begins. One empty line before it is left out, as RFC 9112, 2.2, asks for.
bool RequestReader::SkipEmptyLine() {
  if (!skipped_line_ && left().starts_with("\r\n")) {
    read_ += 2;
    skipped_line_ = true;
  }
  return !left().empty() && (skipped_line_ || left() != "\r");
}

RequestReader::State RequestReader::ReadHeader() {
  boost::beast::error_code failure;
  const std::string_view bytes = left();
  const std::size_t used = parser_->put({bytes.data(), bytes.size()}, failure);
  read_ += used;
  header_bytes_ += used;
  NameRequest();
  // Beast takes a folded header in one piece, so that the fold is in what it took just now.
  if (HasFolds(bytes.substr(0, used))) return Refused(400, kFolded);
  const bool whole = !failure && parser_->is_header_done();
  if (failure && failure != http::error::need_more) return RefusedFor(failure.value());
  if (header_bytes_ + (whole ? 0 : left().size()) > limits_.header)
    return RefusedFor(static_cast<int>(http::error::header_limit));
  return whole ? TakeHeader() : State::kHeader;
}

void RequestReader::NameRequest() {
  const auto& read = parser_->get();
  if (!method_.empty() || read.target().empty()) return;
  method_ = Text(read.method_string());
  target_ = WithoutBasePath(WithoutAuthority(Text(read.target())), base_path_);
  path_ = target_.substr(0, target_.find_first_of("?#"));
}

Request RequestReader::Known() const {
  Request known{.method = method_ == "HEAD" ? "GET" : method_, .path = path_};
  if (path_.size() < target_.size()) known.query = target_.substr(path_.size() + 1);
  if (parser_ == nullptr) return known;
  for (const auto& field : parser_->get())
    known.headers.push_back({InLowerCase(Text(field.name_string())), Text(field.value())});
  return known;
}

RequestReader::State RequestReader::TakeHeader() {
  const auto& read = parser_->get();
  is_http_1_0_ = read.version() == 10;
  keeps_alive_ = parser_->keep_alive();
  request_ = Known();

  const int hosts = request_.CountOf("host");
  if (hosts > 1 || (hosts == 0 && !is_http_1_0_)) return Refused(400, kBadHost);
  if (request_.HeaderOf("host").find_first_of(" \t") != std::string_view::npos)
    return Refused(400, kBadHost);
  const int encodings = request_.CountOf("transfer-encoding");
  if (encodings > 0) {
    const bool clear =
        encodings == 1 && InLowerCase(Text(read[http::field::transfer_encoding])) == "chunked";
    if (!clear || is_http_1_0_) return Refused(400, kBadLength);
  }
  const bool asks_of_all = method_ == "OPTIONS" && target_ == "*";
  if ((!path_.starts_with('/') && !asks_of_all) || target_.contains('#'))
    return Refused(400, kBadTarget);

  waits_for_continue_ =
      !is_http_1_0_ && InLowerCase(std::string(request_.HeaderOf("expect"))) == "100-continue";
  if (parser_->chunked()) chunks_.emplace(limits_.body, limits_.header);
  body_left_ = parser_->content_length().value_or(0);
  return parser_->is_done() ? State::kWhole : State::kBody;
}

RequestReader::State RequestReader::ReadBody() {
  std::string_view bytes = left();
  if (!bytes.empty()) waits_for_continue_ = false;
  if (!chunks_) {
    const std::string_view body = bytes.substr(0, body_left_);
    request_.body += body;
    read_ += body.size();
    body_left_ -= body.size();
    return body_left_ == 0 ? State::kWhole : State::kBody;
  }
  const ChunkedBody::State taken = chunks_->Take(bytes);
  read_ = inbox_.size() - bytes.size();
  switch (taken) {
    case ChunkedBody::State::kMore:
      return State::kBody;
    case ChunkedBody::State::kWhole:
      request_.body = chunks_->Release();
      return State::kWhole;
    case ChunkedBody::State::kMalformed:
      return RefusedFor(static_cast<int>(http::error::bad_chunk));
    case ChunkedBody::State::kTooLarge:
      return RefusedFor(static_cast<int>(http::error::body_limit));
  }
  return State::kRefused;
}

Request RequestReader::Release() {
  parser_.reset();
  return std::move(request_);
}

RequestReader::State RequestReader::Refused(int status, std::string_view sentence) {
  refusal_ = Refuse(status, sentence);
  return State::kRefused;
}

RequestReader::State RequestReader::RefusedFor(int beast_error) {
  switch (static_cast<http::error>(beast_error)) {
    case http::error::header_limit:
      return Refused(431, fmt::format("The headers of the request are over {} KiB; send fewer.",
                                      limits_.header / 1024));
    case http::error::body_limit:
      return Refused(413, fmt::format("The body of the request is over {} KiB; send less at once.",
                                      limits_.body / 1024));
    case http::error::bad_content_length:
    case http::error::multiple_content_length:
    case http::error::bad_transfer_encoding:
      return Refused(400, kBadLength);
    case http::error::bad_version:
      return Refused(505, kBadVersion);
    default:
      return Refused(400, kBadForm);
  }
}

}  // namespace rolecall
