// A kind whose pages belong to a session has its cookies for as long as one reading lasts.
#include <gtest/gtest.h>

#include "fetch/cookie_jar.h"
#include "tests/support/html_definition.h"
#include "tests/support/readings.h"

namespace rolecall {
namespace {

BoardAddress BoardOfSession(std::string_view session) {
  return {*ReadHtmlDefinition(std::string(session) + R"toml(
paging = "page"
must_hold = ['<ul>']
row = '<li'
in_row = ['<li>(?P<id>[0-9]+) (?P<title>[^<]+)']
pages = ['of (?P<pages>[0-9]+)'])toml"),
          "acme"};
}

// Of each request the cookies that it took along; the answers set one.
std::vector<std::string> CookiesOfTwoReadings(const BoardAddress& board) {
  std::vector<std::string> cookies;
  int id = 0;
  CannedFetcher fetcher([&](const FetchRequest& request) {
    cookies.push_back(request.session == nullptr ? "no session"
                                                 : request.session->HeaderFor("https://a", "/"));
    if (request.session != nullptr) request.session->Take("https://a", "id=7");
    return Ok("<ul><li>" + std::to_string(++id) + " Cook</ul> of 2");
  });
  for (int reading = 0; reading < 2; ++reading)
    EXPECT_EQ(OutcomeOf(*ReadBoard(board, {}, {}, fetcher, {})), "complete");
  return cookies;
}

TEST(SessionWord, GivesEachReadingItsOwnCookies) {
  EXPECT_EQ(CookiesOfTwoReadings(BoardOfSession("session = true")),
            (std::vector<std::string>{"", "id=7", "", "id=7"}));
}

TEST(SessionWord, IsNeededForCookies) {
  EXPECT_EQ(CookiesOfTwoReadings(BoardOfSession("")), std::vector<std::string>(4, "no session"));
}

}  // namespace
}  // namespace rolecall
