// The bytes are answers of boards that are read off pages: rows of HTML, data in a script, and
// sitemaps with the pages that they name.
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/board_checks.h"
#include "tests/fuzz/targets.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

// What no built-in kind has: rows that end a listing by themselves, all of their fields.
constexpr std::string_view kByRows = R"toml(
kind = "by_rows"
version = 1
pacing_key = "careers.test"
token = '[a-z]+'
token_shape = "a name"

[list]
url = "https://careers.test/{token}?from={offset}"
form = "html"
paging = "rows"
size = 2
must_hold = ['id="jobs"']
row = '<li class="job"'
row_ends = '</ul>'
row_marker = '/job/([0-9]+)'
in_row = ['<a href="(?P<url>[^"]*/job/(?P<id>[0-9]+))[^>]*>(?P<title>.*?)</a>', '<i>(?P<place>.*?)</i>',
          '<p>(?P<text>.*?)</p>', '<b>(?P<shown>.*?)</b>']
leave_out = [{ at = "/shown", is = "no" }]

[fields]
id = "/id"
title = "/title"
url = "/url"
location = "/place"
content = "/text"
)toml";

std::vector<BoardAddress> BoardsOfPages() {
  std::vector<BoardAddress> boards;
  const std::pair<std::string_view, std::string_view> kinds[] = {
      {"google", "google"},
      {"icims", "careers-acme.icims.com"},
      {"jazzhr", "acme"},
      {"join", "acme"},
      {"jsonld", "acme.example"},
      {"jsonld", "acme.example/sitemap.xml#/jobs/"},
      {"paylocity", "73eb21ac-0000-4000-8000-67b6252d5b8b"},
      {"successfactors_tiles", "jobs.acme.example"}};
  for (const auto& [kind, token] : kinds) boards.push_back(Demanded(FindBoard(kind, token)));
  boards.push_back({Demanded(ReadDefinition(kByRows, "by_rows.toml")), "acme"});
  return boards;
}

}  // namespace

void FuzzPage(std::string_view bytes) {
  static const std::vector<BoardAddress> kBoards = BoardsOfPages();
  const std::vector<Response> answers = AnswersIn(bytes);
  for (const BoardAddress& board : kBoards)
    std::ignore = CheckedReading(board, answers, bytes.size());
}

}  // namespace rolecall
