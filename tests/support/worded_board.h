// A board of a made-up kind whose definition holds the words that a test is about, and no more.
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>

#include "boards/definition.h"

namespace rolecall {

// Further lines of the tables [list], [fields] and [content].
struct Words {
  std::string list = "jobs = \"/jobs\"";
  std::string fields{};
  std::string content{};
};

// Contents stand at /text in the listing, but where [content] has a URL.
inline Result<std::shared_ptr<const BoardDefinition>> ReadWords(const Words& words) {
  const std::string text = words.content.contains("url = ") ? "" : "content = \"/text\"";
  return ReadDefinition(fmt::format(R"(
kind = "worded"
pacing_key = "example.com"
token = '[a-z]+'
token_shape = "a name"
[list]
url = "https://example.com/{{token}}/jobs"
{}
[fields]
id = "/id"
title = "/title"
url = "https://example.com/{{token}}/{{id}}"
{}
{}
[content]
{}
)",
                                    words.list, text, words.fields, words.content),
                        "test.toml");
}

// Whose token is "acme".
inline BoardAddress BoardWith(const Words& words) {
  const auto read = ReadWords(words);
  if (!read) throw std::runtime_error(read.error().message);
  return {*read, "acme"};
}

// A [content] that is asked for page by page, with these lines beside its URL.
inline Words ContentByRequest(std::string_view lines) {
  return {.content = fmt::format("url = \"https://example.com/{{token}}/{{id}}\"\n{}", lines)};
}

}  // namespace rolecall
