// The words of a definition whose jobs are what pages say of themselves.
#include <gtest/gtest.h>

#include "tests/support/pretended_site.h"

namespace rolecall {
namespace {

Result<std::shared_ptr<const BoardDefinition>> SitemapKind(std::string_view list,
                                                           std::string_view rest = "") {
  return ReadDefinition(fmt::format(R"(
kind = "paged"
pacing_key = "acme.example"
token = 'acme'
token_shape = "acme"
[list]
url = "https://{{token}}.example/jobs.xml"
form = "sitemap"
{}
{})",
                                    list, rest),
                        "test.toml");
}

std::string TroubleWith(std::string_view list, std::string_view rest = "") {
  const auto read = SitemapKind(list, rest);
  return read ? "none" : read.error().message;
}

TEST(SitemapWords, PagesHoldWhatTheDefinitionSays) {
  const auto kind = SitemapKind(R"(pages_hold = "/{token}/")");
  ASSERT_TRUE(kind) << kind.error().message;

  const auto reading = ReadWith({*kind, "acme"}, [](const FetchRequest& request) {
    return Ok(request.url.ends_with(".xml") ? SitemapOf({"/about", "/acme/7"})
                                            : PostingPage("Cook"));
  });

  EXPECT_EQ(reading.requests, 2);
  ASSERT_EQ(JobsOf(reading).size(), 1);
  EXPECT_EQ(JobsOf(reading)[0].url, "https://acme.example/acme/7");
  EXPECT_FALSE(Traits(**kind).content_by_request);
  EXPECT_FALSE(Traits(**kind).has_second_witness);
}

TEST(SitemapWords, WhatBelongsToOtherFormsIsRefused) {
  EXPECT_EQ(TroubleWith(""), "none");
  EXPECT_TRUE(TroubleWith("paging = \"page\"\nsize = 9")
                  .starts_with("board definition test.toml: list.paging: "));
  EXPECT_EQ(TroubleWith("method = \"POST\""),
            "board definition test.toml: list.method: is GET, of a sitemap");
  EXPECT_EQ(TroubleWith("behind = [\"x\"]"),
            "board definition test.toml: list.behind: is not read of a sitemap");
  EXPECT_TRUE(
      TroubleWith("jobs = \"/jobs\"")
          .starts_with("board definition test.toml: list.jobs: is no key of a definition."));
  EXPECT_TRUE(
      TroubleWith("", "[fields]\nid = \"/id\"")
          .starts_with("board definition test.toml: fields.id: is no key of a definition."));
  EXPECT_TRUE(
      TroubleWith("", "[content]\nescaping = \"text\"")
          .starts_with("board definition test.toml: content.escaping: is no key of a definition."));
}

}  // namespace
}  // namespace rolecall
