// Makes a definition of a board of pages out of the lines that a test is about.
#pragma once

#include <fmt/format.h>

#include <string_view>

#include "boards/board.h"

namespace rolecall {

// A board of pages, with these lines in its [list] and [fields]. One with pages asks for them by
// number.
inline Result<std::shared_ptr<const BoardDefinition>> ReadHtmlDefinition(
    std::string_view list, std::string_view fields = "") {
  return ReadDefinition(fmt::format(R"(
kind = "paged_html"
pacing_key = "example.com"
token = '[a-z]+'
token_shape = "a name"
[list]
url = "https://example.com/{{token}}/jobs?page={{page}}"
form = "html"
{}
[fields]
id = "/id"
title = "/title"
url = "https://example.com/{{token}}/{{id}}"
{}
[content]
url = "https://example.com/{{token}}/{{id}}.json"
description = "/text"
)",
                                    list, fields),
                        "test.toml");
}

}  // namespace rolecall
