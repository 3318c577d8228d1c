// Cuts bytes into answers, and makes the boards that read them.
#include "tests/fuzz/board_input.h"

#include <string>

#include "base/text.h"
#include "tests/fuzz/targets.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

constexpr char kSeparator = '\x1e';

// What no built-in kind has: paging by token, text that is no HTML.
constexpr std::string_view kByToken = R"(
kind = "by_token"
version = 1
pacing_key = "careers.test"
token = '[a-z]+'
token_shape = "a name"

[list]
url = "https://careers.test/{token}?after={next}"
paging = "token"
size = 2
jobs = "/jobs"
total = "/meta/total"
next = "/meta/next"

[fields]
id = "/id"
title = "/title"
url = "https://careers.test/{token}/{id}"
location = "/places/0/name"
content = "/content"

[content]
escaping = "text"
)";

Response AnswerOf(std::string_view bytes) {
  Response response{.status = 200};
  if (bytes.starts_with("HTTP ") && bytes.size() > 8 && bytes[8] == '\n') {
    const std::string status(bytes.substr(5, 3));
    if (status.find_first_not_of("0123456789") == std::string::npos)
      response.status = std::stoi(status);
    bytes.remove_prefix(9);
  }
  Mended mended = MendJson(std::string(bytes));  // as a fetcher hands them over
  response.body = std::move(mended.text);
  response.mended = mended.changed;
  return response;
}

}  // namespace

std::vector<BoardAddress> OneOfEachKind() {
  std::vector<BoardAddress> boards;
  for (const std::string& kind : BuiltInRegistry()->Kinds()) {
    const std::size_t before = boards.size();
    // A kind of one company alone has its name.
    for (const std::string_view token :
         {std::string_view("acme"), std::string_view("acme.wd5/acme_careers"),
          std::string_view("acme.example/acme.com"), std::string_view("acme.example"),
          std::string_view("careers-acme.icims.com"),
          std::string_view("recruiting.ultipro.com/ACME/f11a0b52-0000-4000-8000-b7f3b0a74112"),
          std::string_view("73eb21ac-0000-4000-8000-67b6252d5b8b"), std::string_view(kind)})
      if (const auto board = FindBoard(kind, token); board && boards.size() == before)
        boards.push_back(*board);
    Demand(boards.size() == before + 1, "there is a token here for each kind of board");
  }
  const auto by_token = ReadDefinition(kByToken, "by_token.toml");
  Demand(by_token.has_value(), by_token ? "" : by_token.error().message);
  boards.push_back({*by_token, "acme"});
  return boards;
}

std::vector<Response> AnswersIn(std::string_view bytes) {
  std::vector<Response> answers;
  while (true) {
    const std::size_t end = bytes.find(kSeparator);
    answers.push_back(AnswerOf(bytes.substr(0, end)));
    if (end == std::string_view::npos) return answers;
    bytes.remove_prefix(end + 1);
  }
}

CannedFetcher::Answer InTurn(const std::vector<Response>& answers) {
  return [&answers, next = std::size_t{0}](const FetchRequest&) mutable -> Result<Response> {
    if (next == answers.size()) return Fail(Errc::kUnavailable, "no connection");
    return answers[next++];
  };
}

}  // namespace rolecall
