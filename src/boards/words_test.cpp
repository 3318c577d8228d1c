// The words of a definition, each by what it makes of an answer.
#include <gtest/gtest.h>

#include "boards/json_board.h"
#include "tests/support/readings.h"
#include "tests/support/worded_board.h"

namespace rolecall {
namespace {

// The only job of an answer whose entry has these keys beside id and title.
ListedJob JobWith(const BoardAddress& board, std::string_view keys) {
  const auto jobs =
      JobsOf(ReadBody(board, fmt::format(R"({{"jobs":[{{"id":7,"title":"Cook",{}}}]}})", keys)));
  return jobs.size() == 1 ? jobs.front() : ListedJob{};
}

std::string PlacesBy(std::string_view location, std::string_view keys) {
  return JobWith(BoardWith({.fields = fmt::format("location = {}", location)}), keys).location;
}

TEST(Words, AListMayBeTheAnswerItself) {
  const BoardAddress board = BoardWith({.list = "jobs = \"/\""});

  EXPECT_EQ(JobsOf(ReadBody(board, R"([{"id":1,"title":"Cook"},{"id":2,"title":"Baker"}])")).size(),
            2);
  EXPECT_EQ(OutcomeOf(ReadBody(board, "[]")), "complete");
  EXPECT_EQ(OutcomeOf(ReadBody(board, R"({"ok":false})")),
            R"(failed: worded acme: no JSON array in 12 bytes: {"ok":false})");
  EXPECT_EQ(OutcomeOf(ReadBody(board, "[] []")),
            "failed: worded acme: more than one JSON value in 5 bytes: [] []");
}

TEST(Words, EntriesThatTheBoardDoesNotShowAreLeftOutAndCount) {
  const BoardAddress board = BoardWith({.list = R"(jobs = "/jobs"
total = "/total"
leave_out = [{ at = "/listed", is = false }, { at = "/kind", is = "draft" }])"});
  const std::string jobs = R"("jobs":[{"id":1,"title":"Cook","listed":true},
    {"id":2,"title":"Baker","listed":false},{"id":3,"title":"Clerk","kind":"draft"}])";

  const auto reading = ReadBody(board, fmt::format(R"({{"total":3,{}}})", jobs));

  EXPECT_EQ(OutcomeOf(reading), "complete");
  ASSERT_EQ(JobsOf(reading).size(), 1);
  EXPECT_EQ(JobsOf(reading).front().title, "Cook");
  EXPECT_EQ(OutcomeOf(ReadBody(board, fmt::format(R"({{"total":9,{}}})", jobs))),
            "partial: incomplete: 3 of a stated 9");
}

TEST(Words, PlacesStandInSeveralParts) {
  const std::string_view keys =
      R"("main":"Berlin","city":"Köln","land":"DE","others":[{"city":"Rome","land":"IT"},
         {"city":"Bern","land":null},{"city":"","land":""},{"city":"Köln","land":"DE"}])";

  EXPECT_EQ(PlacesBy(R"("/main")", keys), "Berlin");
  EXPECT_EQ(PlacesBy(R"(["/main", "/others/*/city"])", keys), "Berlin; Rome; Bern; Köln");
  EXPECT_EQ(PlacesBy(R"([["/city", "/land"], ["/others/*/city", "/others/*/land"]])", keys),
            "Köln, DE; Rome, IT; Bern");
  EXPECT_EQ(PlacesBy(R"(["/none", "/others/1/city"])", keys), "Bern");
}

TEST(Words, ATextIsPutTogetherInTheOrderOfTheDefinition) {
  const BoardAddress board = BoardWith({.content = R"(escaping = "html")"});
  EXPECT_EQ(*JobWith(board, R"("text":"<p>As it is</p>")").content, "<p>As it is</p>");

  const auto read = ReadDefinition(R"(
kind = "parted"
pacing_key = "example.com"
token = '[a-z]+'
token_shape = "a name"
[list]
url = "https://example.com/{token}/jobs"
jobs = "/jobs"
[fields]
id = "/id"
title = "/title"
url = "/url"
content = ["/intro", { heading = "/lists/*/name" }, "/lists/*/items", "/end"]
requirements = ["/needs"]
)",
                                   "test.toml");
  ASSERT_TRUE(read) << read.error().message;
  const ListedJob job = JobWith({*read, "acme"}, R"("url":"https://example.com/7",
    "end":"<p>Apply.</p>","needs":"<ul><li>Salt</li></ul>","intro":"<p>We cook.</p>",
    "lists":[{"items":"<li>Soup</li><li>Stew</li>","name":"You cook < & >"},
             {"name":"Nothing","items":" "},{"items":"<li>Bowls</li>","name":"You wash"}])");

  const JobContent content = InlineContent(**read, *job.content);

  EXPECT_EQ(content.description,
            "We cook.\n\nYou cook < & >\n\n- Soup\n- Stew\n\nYou wash\n\n- Bowls\n\nApply.");
  EXPECT_EQ(content.requirements, "- Salt");
}

TEST(Words, ADetailHasPartsToo) {
  const auto read = ReadDefinition(R"(
kind = "detailed"
pacing_key = "example.com"
token = '[a-z]+'
token_shape = "a name"
[list]
url = "https://example.com/{token}/jobs"
jobs = "/jobs"
[fields]
id = "/id"
title = "/title"
url = "/url"
[content]
url = "https://example.com/{token}/jobs/{id}"
escaping = "escaped_html"
description = [{ heading = "/ad/title" }, "/ad/text"]
requirements = "/ad/needs"
locations = ["/office", "/more/*/name"]
)",
                                   "test.toml");
  ASSERT_TRUE(read) << read.error().message;
  CannedFetcher fetcher([](const FetchRequest&) {
    return Ok(R"({"more":[{"name":"Rome"},{"name":"Bern"}],"office":"Köln",
      "ad":{"needs":"&lt;p&gt;Salt&lt;/p&gt;","text":"&lt;p&gt;Soup &amp;amp; stew&lt;/p&gt;",
            "title":"Cook <b>"}})");
  });

  const auto content = ReadContent({*read, "acme"}, {"7", "", ""}, fetcher, {});

  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->description, "Cook <b>\n\nSoup & stew");
  EXPECT_EQ(content->requirements, "Salt");
  EXPECT_EQ(content->location, "Köln; Rome; Bern");
}

TEST(Words, AnotherPlaceStandsInWhereThereIsNone) {
  const BoardAddress board = BoardWith({.fields = R"(location = ["/places/*/city"]
location_else = [["/city", "/land"]])"});

  EXPECT_EQ(JobWith(board, R"("places":[{"city":"Rome"}],"city":"Bern","land":"CH")").location,
            "Rome");
  EXPECT_EQ(JobWith(board, R"("places":[{"city":" "}],"city":"Bern","land":"CH")").location,
            "Bern, CH");
}

TEST(Words, AnEntryOfAListHasItsOwnOtherPlace) {
  const BoardAddress board =
      BoardWith({.fields = R"(location = [["/places/*/at/city", "/places/*/at/land"]]
location_else = "/places/*/name")"});

  EXPECT_EQ(JobWith(board, R"("places":[{"name":"Kitchen","at":{"city":"Rome","land":"IT"}},
                     {"name":"Bern","at":null},{"at":{"city":"","land":null},"name":"Köln"}])")
                .location,
            "Rome, IT; Bern; Köln");
  EXPECT_EQ(JobWith(board, R"("places":[{"name":"Bern","at":null}])").location, "Bern");
}

TEST(Words, AnEntryOfAnotherCompanyIsNone) {
  const BoardAddress board = BoardWith({.fields = "company = \"/company\""});
  const auto outcome = [&](std::string_view entries) {
    return OutcomeOf(ReadBody(board, fmt::format(R"({{"jobs":[{}]}})", entries)));
  };
  const std::string ours = R"({"id":1,"title":"Cook","company":"ACME"})";
  const std::string others = R"({"id":2,"title":"Baker","company":"Ajax"})";

  EXPECT_EQ(outcome(ours), "complete");
  EXPECT_EQ(outcome(R"({"id":1,"title":"Cook"})"), "complete");
  EXPECT_EQ(outcome(others),
            "failed: worded acme: not one job among 1 entries (an entry of another company, Ajax, "
            "(2))");
  EXPECT_EQ(outcome(fmt::format("{0},{0},{0},{1}", ours, others)),
            "whole but for 1: page 1, entry 4: an entry of another company, Ajax, (2)");
}

TEST(Words, AnEmptyListIsAskedForTwiceWhereItPasses) {
  const BoardAddress board = BoardWith({.list = "jobs = \"/jobs\"\nempty_asked_twice = true"});
  int asked = 0;
  const auto empty_first = [&](const FetchRequest&) {
    return Ok(++asked == 1 ? R"({"jobs":[]})" : R"({"jobs":[{"id":1,"title":"Cook"}]})");
  };

  const auto reading = ReadWith(board, empty_first);
  EXPECT_EQ(JobsOf(reading).size(), 1);
  EXPECT_EQ(reading.requests, 2);
  const auto empty = ReadBody(board, R"({"jobs":[]})");
  EXPECT_EQ(OutcomeOf(empty), "complete");
  EXPECT_EQ(empty.requests, 2);
}

TEST(Words, AnAnswerSaysThatItIsGood) {
  const BoardAddress board = BoardWith({.list = R"(jobs = "/jobs"
good = { at = "/code", is = 0 })"});

  EXPECT_EQ(OutcomeOf(ReadBody(board, R"({"code":0,"jobs":[]})")), "complete");
  EXPECT_EQ(OutcomeOf(ReadBody(board, R"({"code":7,"message":"busy","jobs":[]})")),
            "failed: worded acme: /code is 7, not 0, in 37 bytes: "
            R"({"code":7,"message":"busy","jobs":[]})");
  EXPECT_EQ(OutcomeOf(ReadBody(board, R"({"jobs":[]})")),
            R"(failed: worded acme: /code is not there, not 0, in 11 bytes: {"jobs":[]})");
}

TEST(Words, AListingStandsInAPageBehindItsMarkers) {
  const BoardAddress board = BoardWith({.list = R"(jobs = "/0"
total = "/2"
behind = ["key: 'jobs'", "data:"])"});
  const auto outcome = [&](std::string_view script) {
    return OutcomeOf(ReadBody(board, fmt::format("<html><script>{}</script>", script)));
  };

  EXPECT_EQ(
      outcome(
          R"(f({data:[9], key: 'jobs', data:[[{"id":1,"title":"a\"}];<\u002f"}],null,1], x: {}});)"),
      "complete");
  EXPECT_EQ(outcome("f({key: 'jobs', data:[[],null,0]})"), "complete");
  EXPECT_TRUE(outcome("f({key: 'others', data:[[],null,0]})")
                  .starts_with("failed: worded acme: a page without \"key: 'jobs'\" in "));
  EXPECT_TRUE(outcome("f({key: 'jobs', data:[[{")
                  .starts_with("failed: worded acme: no JSON that ends behind \"data:\" in "));
  EXPECT_TRUE(
      outcome("f({key: 'jobs', data:{}})").starts_with("failed: worded acme: no JSON array"));
}

TEST(Words, AnEntryMayBeAList) {
  const auto read = ReadDefinition(R"(
kind = "listed"
pacing_key = "example.com"
token = '[a-z]+'
token_shape = "a name"
quirks = ["title_in_url"]
[list]
url = "https://example.com/{token}/jobs"
jobs = "/"
[fields]
id = "/0"
title = "/1"
url = "https://example.com/{id}"
location = "/3/*/0"
content = ["/2/1"]
)",
                                   "test.toml");
  ASSERT_TRUE(read) << read.error().message;
  const auto reading =
      ReadBody({*read, "acme"}, R"([["7","Cook, Köln",[null,"Soup"],[["Köln",1],["Bern"]]],
    ["8","Baker",null,null],["9","Clerk"],["10","Cleaner"],{"id":1}])");

  EXPECT_EQ(OutcomeOf(reading),
            "whole but for 1: page 1, entry 5: an entry that is an object, no list ({)");
  const ListedJob cook = JobsOf(reading).front();
  EXPECT_EQ(cook.url, "https://example.com/7-cook-koln");
  EXPECT_EQ(cook.location, "Köln; Bern");
  EXPECT_EQ(*cook.content, "Soup");
}

constexpr std::string_view kTwoHosts = R"(
kind = "hosted"
pacing_key = "example.com"
token = '(?:eu/)?(?P<site>[a-z.]+)'
token_shape = "the name in example.com/NAME, or eu/NAME of NAME.example.eu"
hosts = [
  { host = "{site}.example.eu", of = 'eu/.*' },
  { host = "{site}", of = '.*\..*' },
  { host = "api.example.com" },
]
[list]
url = "https://{host}/{site}/jobs"
jobs = "/jobs"
passing = [400]
[fields]
id = "/id"
title = "/title"
url = "https://{host}/o/{id}"
[content]
url = "https://{host}/{site}/jobs/{id}"
description = "/text"
[witness]
url = "https://{host}/{site}/jobs/{id}"
stands = "/id"
gone = [{ status = 404 }]
)";

BoardAddress Hosted(std::string token) {
  const auto read = ReadDefinition(kTwoHosts, "test.toml");
  if (!read) throw std::runtime_error(read.error().message);
  return {*read, std::move(token)};
}

// What `body` answers at `url`, and 404 elsewhere.
CannedFetcher OnlyAt(std::string url, std::string body) {
  return CannedFetcher([=](const FetchRequest& request) {
    return request.url == url ? Ok(body) : Response{.status = 404};
  });
}

// What a board is asked for first.
std::string FirstAskedOf(const BoardAddress& board) {
  auto none = OnlyAt("", "");
  std::ignore = ReadBoard(board, {}, {}, none, {});
  return none.asked().front().url;
}

TEST(Words, TheTokenSaysWhichHostIsAsked) {
  EXPECT_EQ(FirstAskedOf(Hosted("acme")), "https://api.example.com/acme/jobs");
  EXPECT_EQ(FirstAskedOf(Hosted("eu/acme")), "https://acme.example.eu/acme/jobs");
  EXPECT_EQ(FirstAskedOf(Hosted("jobs.acme.org")), "https://jobs.acme.org/jobs.acme.org/jobs");
  EXPECT_EQ(FirstPartOfToken(Hosted("eu/acme")), "acme");
}

TEST(Words, AnotherHostIsNeverAskedInPlaceOfOneThatKnowsNoSuchBoard) {
  auto others =
      OnlyAt("https://acme.example.eu/acme/jobs", R"({"jobs":[{"id":1,"title":"Cook"}]})");

  const auto reading = ReadBoard(Hosted("acme"), {}, {}, others, {});

  EXPECT_EQ(OutcomeOf(*reading),
            "failed: HTTP 404: there is no such board. Is \"acme\" the right token of hosted: the "
            "name in example.com/NAME, or eu/NAME of NAME.example.eu?");
  ASSERT_EQ(others.asked().size(), 1);
  EXPECT_EQ(others.asked().front().passing, std::vector<int>{400});
}

TEST(Words, AJobIsAskedForOnTheHostOfItsBoard) {
  auto europe = OnlyAt("https://acme.example.eu/acme/jobs/7", R"({"id":7,"text":"Soup"})");
  const ListedRef job{"7", "", ""};

  EXPECT_EQ(AskWitness(Hosted("eu/acme"), job, europe, {})->witness, Witness::kStands);
  EXPECT_EQ(AskWitness(Hosted("acme"), job, europe, {})->witness, Witness::kGone);
  EXPECT_EQ(ReadContent(Hosted("eu/acme"), job, europe, {})->description, "Soup");
  EXPECT_EQ(ReadContent(Hosted("acme"), job, europe, {}).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace rolecall
