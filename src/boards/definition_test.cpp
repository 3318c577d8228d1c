// A bad definition is one sentence that names the file and the key.
#include "boards/definition.h"

#include <gtest/gtest.h>

#include "tests/support/readings.h"

namespace rolecall {
namespace {

constexpr std::string_view kGood = R"(
kind = "test"
pacing_key = "x.com"
token = '(?P<name>[a-z]+)'
token_shape = "a name"
quirks = ["places_by_semicolon"]
[list]
url = "https://x.com/{name}/jobs?offset={offset}"
paging = "skip"
size = 10
jobs = "/jobs"
[fields]
id = "/id"
title = "/title"
url = "https://x.com/{name}/{id}"
[content]
url = "https://x.com/{name}/{id}/content"
description = "/text"
[witness]
url = "https://x.com/{name}/{id}"
stands = "/id"
gone = [{ status = 404 }, { status = 403, body_has = "S22" }]
)";

std::string Replaced(std::string_view what, std::string_view with) {
  std::string toml(kGood);
  const auto at = toml.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return toml.replace(at, what.size(), with);
}

std::string TroubleWith(std::string_view what, std::string_view with) {
  const auto read = ReadDefinition(Replaced(what, with), "test.toml");
  if (read) return "read";
  EXPECT_EQ(read.error().code, Errc::kInvalidInput);
  return read.error().message;
}

TEST(ReadDefinition, ReadsAWholeOne) {
  const auto read = ReadDefinition(kGood, "test.toml");

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(Traits(**read).kind, "test");
  EXPECT_EQ(Traits(**read).title, "Test");
  EXPECT_TRUE(Traits(**read).has_second_witness);
  EXPECT_TRUE(Traits(**read).content_by_request);
}

TEST(ReadDefinition, TakesTheNameOfTheVendor) {
  const auto read =
      ReadDefinition(Replaced("kind = \"test\"", "kind = \"test\"\ntitle = \"TestBoards\""), "");

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(Traits(**read).title, "TestBoards");
}

TEST(ReadDefinition, NamesTheKeyOfAWrongPointer) {
  EXPECT_EQ(
      TroubleWith(R"(title = "/title")", R"(title = "title")"),
      "board definition test.toml: fields.title: \"title\" is no JSON pointer: write one like "
      "/location/name, with ~1 for a slash in a key and ~0 for a tilde");
  EXPECT_TRUE(TroubleWith(R"(jobs = "/jobs")", R"(jobs = "/jobs//x")")
                  .starts_with("board definition test.toml: list.jobs: \"/jobs//x\" is no"));
}

TEST(ReadDefinition, NamesAnUnknownKeyAndTheNearest) {
  EXPECT_EQ(TroubleWith("size = 10", "size = 10\ntotl_on = \"first_page\""),
            "board definition test.toml: list.totl_on: is no key of a definition. Did you mean "
            "total_on?");
  EXPECT_EQ(TroubleWith("kind =", "colour = 1\nkind ="),
            "board definition test.toml: colour: is no key of a definition.");
}

TEST(ReadDefinition, NamesAnUnknownQuirkAndTheNearest) {
  EXPECT_EQ(TroubleWith("places_by_semicolon", "places_by_semicolons"),
            "board definition test.toml: quirks: there is no quirk \"places_by_semicolons\". Did "
            "you mean places_by_semicolon?");
}

TEST(ReadDefinition, RefusesAUrlThatIsNone) {
  for (const char* wrong : {"http://x.com/{offset}", "x.com/{offset}", "https:///jobs{offset}",
                            "https://x y/{offset}", "https://", "https://a@x.com/{offset}"})
    EXPECT_EQ(TroubleWith("https://x.com/{name}/jobs?offset={offset}", wrong),
              "board definition test.toml: list.url: \"" + std::string(wrong) +
                  "\" is no URL that begins with https://");
}

TEST(ReadDefinition, RefusesAHoleThatNothingFills) {
  EXPECT_EQ(TroubleWith("https://x.com/{name}/jobs", "https://x.com/{nam}/jobs"),
            "board definition test.toml: list.url: nothing fills {nam}; there are token, name, "
            "size, offset, page, next, facets. Did you mean name?");
  EXPECT_TRUE(TroubleWith("https://x.com/{name}/jobs", "https://x.com/{na me}/jobs")
                  .starts_with("board definition test.toml: list.url: \"{na me}"));
}

TEST(ReadDefinition, RefusesPagesThatWouldAllBeTheSame) {
  EXPECT_EQ(TroubleWith("?offset={offset}", ""),
            "board definition test.toml: list.paging: neither url nor body says which page: use "
            "{offset}");
}

TEST(ReadDefinition, RefusesValuesOfAnotherType) {
  EXPECT_EQ(TroubleWith("size = 10", "size = \"10\""),
            "board definition test.toml: list.size: must be a whole number from 1 to 1000000");
  EXPECT_EQ(TroubleWith("stands = \"/id\"", "stands = \"/id\"\nstands_equals_id = \"yes\""),
            "board definition test.toml: witness.stands_equals_id: must be true or false");
  EXPECT_EQ(TroubleWith("kind = \"test\"", "kind = 7"),
            "board definition test.toml: kind: must be a text that is not empty");
  EXPECT_EQ(TroubleWith("[content]", "[[content]]"),
            "board definition test.toml: content: must be a table");
}

TEST(ReadDefinition, RefusesWhatIsMissing) {
  EXPECT_EQ(TroubleWith("id = \"/id\"\n", ""), "board definition test.toml: fields.id: is missing");
  EXPECT_EQ(TroubleWith("title = \"/title\"\n", "titel = \"/title\"\n"),
            "board definition test.toml: fields.title: is missing, and \"titel\" is no key of a "
            "definition");
  EXPECT_EQ(TroubleWith("size = 10\n", ""),
            "board definition test.toml: list.size: is missing: a board with pages has a size of "
            "them");
  EXPECT_EQ(TroubleWith("description = \"/text\"\n", ""),
            "board definition test.toml: content.description: is missing");
}

TEST(ReadDefinition, RefusesAnIdInAPathThatCannotBeFound) {
  const auto trouble = [](std::string_view fields) {
    return TroubleWith("id = \"/id\"", fields).substr(28);
  };
  EXPECT_EQ(trouble("id_in_path = '_(.*)$'"),
            "fields.id_in_path: needs fields.path, the path that holds the id");
  EXPECT_EQ(trouble("id = \"/id\"\npath = \"/path\"\nid_in_path = '_(.*)$'"),
            "fields.id_in_path: stands in place of fields.id: give one of them");
  EXPECT_EQ(trouble("path = \"/path\"\nid_in_path = '_(.*$'"),
            "fields.id_in_path: is no regular expression: missing ): _(.*$");
  EXPECT_EQ(trouble("path = \"/path\"\nid_in_path = '_.*$'"),
            "fields.id_in_path: must have one group, which is the id, not 0");
  EXPECT_EQ(trouble("path = \"/path\"\nid_in_path = '_(.)(.)$'"),
            "fields.id_in_path: must have one group, which is the id, not 2");
  EXPECT_EQ(trouble("path = \"/path\""), "fields.id: is missing");
  EXPECT_EQ(trouble("path = \"path\"").substr(0, 12), "fields.path:");
}

TEST(ReadDefinition, RefusesLocationsThatNoAnswerHolds) {
  const auto trouble = [](std::string_view locations) {
    return TroubleWith("description =", fmt::format("locations = {}\ndescription =", locations))
        .substr(28);
  };
  EXPECT_EQ(trouble("[]"),
            "content.locations: must be a JSON pointer, or a list of them that is not empty");
  EXPECT_EQ(trouble("8"),
            "content.locations: must be a JSON pointer, or a list of them that is not empty");
  EXPECT_TRUE(trouble("[7]").starts_with("content.locations: \"\" is no JSON pointer"));
  EXPECT_EQ(TroubleWith("url = \"https://x.com/{name}/{id}\"\n[content]\nurl = "
                        "\"https://x.com/{name}/{id}/content\"\ndescription = \"/text\"",
                        "url = \"/url\"\ncontent = \"/text\"\n[content]\nlocations = [\"/x\"]"),
            "board definition test.toml: content.locations: come with a request (content.url); "
            "those of the list are fields.location");
}

TEST(ReadDefinition, FillsAPathWhereOneIsRead) {
  const auto url = [](std::string_view hole) {
    return fmt::format("url = \"https://x.com/{{name}}/{}\"\n[content]", hole);
  };
  EXPECT_EQ(TroubleWith(url("{id}"), url("{path:path}")),
            "board definition test.toml: fields.url: nothing fills {path}; there are token, name, "
            "id.");
  const auto read = ReadDefinition(
      Replaced("id = \"/id\"", "id = \"/id\"\npath = \"/path\"\nrequisition = \"/refs/0\""),
      "test.toml");

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ((*read)->requisition, (Pointer{"refs", "0"}));
  const auto jobs = JobsOf(
      ReadBody({*read, "acme"}, R"({"jobs":[{"id":7,"title":"Cook","path":"/cooks/a b"}]})"));
  ASSERT_EQ(jobs.size(), 1);
  EXPECT_EQ(jobs[0].external_id, "7");
  EXPECT_EQ(jobs[0].path, "/cooks/a b");
}

TEST(ReadDefinition, DoubtsNoListingForATotalThatIsLoose) {
  const auto trouble_with = [](std::string_view more) {
    const auto read = ReadDefinition(
        Replaced("jobs = \"/jobs\"", fmt::format("jobs = \"/jobs\"\ntotal = \"/n\"\n{}", more)),
        "test.toml");
    if (!read) return read.error().message;
    return OutcomeOf(ReadBody({*read, "acme"}, R"({"jobs":[{"id":7,"title":"Cook"}],"n":9})"));
  };

  EXPECT_EQ(trouble_with("total_is_loose = true"), "complete");
  EXPECT_EQ(trouble_with(""), "partial: incomplete: 1 of a stated 9");
}

TEST(ReadDefinition, RefusesPagingWithoutWhatEndsIt) {
  EXPECT_EQ(TroubleWith("paging = \"skip\"", "paging = \"offset\""),
            "board definition test.toml: list.total: is missing: without one, paging is skip");
  EXPECT_EQ(TroubleWith("size = 10", "size = 10\nnext = \"/next\""),
            "board definition test.toml: list.next: belongs to paging by token, and to no other");
  EXPECT_EQ(TroubleWith("offset={offset}\"\npaging = \"skip\"", "n={next}\"\npaging = \"token\""),
            "board definition test.toml: list.next: belongs to paging by token, and to no other");
}

TEST(ReadDefinition, RefusesABodyThatNothingSends) {
  EXPECT_EQ(
      TroubleWith("size = 10", "size = 10\nbody = \"{offset}\""),
      "board definition test.toml: list.body: is sent by a POST only: give method = \"POST\"");
}

TEST(ReadDefinition, RefusesAsGoneWhatProvesNothing) {
  for (const char* status : {"200", "302", "401", "408", "429", "500", "503"})
    EXPECT_TRUE(TroubleWith("{ status = 404 }",
                            "{ status = " + std::string(status) + ", body_has = \"x\" }")
                    .starts_with("board definition test.toml: witness.gone.status: must be"))
        << status;
  EXPECT_EQ(TroubleWith(", body_has = \"S22\"", ""),
            "board definition test.toml: witness.gone.status: 403 alone is no evidence: say what "
            "the body has");
}

TEST(ReadDefinition, RefusesASlipInWhatMeansGone) {
  EXPECT_EQ(TroubleWith("{ status = 404 }", "{ status = 404, body_hass = \"gone\" }"),
            "board definition test.toml: witness.gone.body_hass: is no key of a definition. Did "
            "you mean body_has?");
}

TEST(ReadDefinition, NamesTheLineOfWhatIsNoToml) {
  EXPECT_TRUE(
      TroubleWith("[fields]", "[fields").starts_with("board definition test.toml: line 12"));
}

TEST(ReadDefinition, NamesTheLineOfATableThatIsNotNamedInIt) {
  for (const char* table : {"[\nlist]", "[[\nlist]]", "[ \n", "[.list]", "[=]",
                            "[list]\n\u00BC = 1", "[list]\nurl\u00BC = 1", "[list]\nu = 1\u00FC"})
    EXPECT_TRUE(TroubleWith("[list]", table).starts_with("board definition test.toml: line "))
        << TroubleWith("[list]", table);
}

TEST(ReadDefinition, TellsInATextWhatIsWrongWithAnyKey) {
  const std::string trouble = TroubleWith("[list]", "\"a\\u0000b\" = 1\n[list]");

  EXPECT_EQ(trouble.substr(0, trouble.find(" is no key")), "board definition test.toml: a\uFFFDb:");
}

TEST(ReadDefinition, RefusesATokenThatIsNoRegularExpression) {
  EXPECT_TRUE(TroubleWith("[a-z]+", "[a-z")
                  .starts_with("board definition test.toml: token: is no regular expression"));
}

TEST(ReadDefinition, RefusesCareersAddressesWithoutTheirToken) {
  const auto trouble = [](const std::string& careers) {
    return TroubleWith("token_shape", "careers = " + careers + "\ntoken_shape");
  };

  EXPECT_EQ(
      trouble("[{ url = 'x.com/(?P<name>.*)', token = '{nam}' }]"),
      "board definition test.toml: careers.token: nothing fills {nam}; there are name. Did you "
      "mean name?");
  EXPECT_EQ(trouble("[{ url = 'x.com/[' , token = 'x' }]").substr(0, 65),
            "board definition test.toml: careers.url: is no regular expression");
  EXPECT_EQ(trouble("'x.com'"), "board definition test.toml: careers: must be a list of tables");
}

TEST(ReadDefinition, LetsOnePointerServeTwoFields) {
  const auto read = ReadDefinition(
      Replaced("url = \"https://x.com/{name}/{id}\"\n[content]", "url = \"/id\"\n[content]"),
      "test.toml");

  ASSERT_TRUE(read) << read.error().message;
  const auto reading =
      ReadBody({*read, "acme"}, R"({"jobs":[{"id":"https://x.com/1","title":"Cook"}]})");
  ASSERT_EQ(JobsOf(reading).size(), 1);
  EXPECT_EQ(JobsOf(reading)[0].external_id, "https://x.com/1");
  EXPECT_EQ(JobsOf(reading)[0].url, "https://x.com/1");
}

TEST(ReadDefinition, FollowsEscapedKeysAndIndexesOfAPointer) {
  const auto read = ReadDefinition(
      Replaced("title = \"/title\"", "title = \"/names/1/a~1b\"\nlocation = \"/places\""),
      "test.toml");

  ASSERT_TRUE(read) << read.error().message;
  const auto reading = ReadBody(
      {*read, "acme"},
      R"({"jobs":[{"id":1,"names":[{"a/b":"no"},{"a/b":"Cook"}],"places":["Rome","Oslo"]}]})");
  ASSERT_EQ(JobsOf(reading).size(), 1) << OutcomeOf(reading);
  EXPECT_EQ(JobsOf(reading)[0].title, "Cook");
  EXPECT_EQ(JobsOf(reading)[0].location, "Rome; Oslo");
}

}  // namespace
}  // namespace rolecall
