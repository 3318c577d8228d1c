// How long a large answer of each kind of board takes to become jobs, beside the parser of its form
// alone.
#include <gumbo.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <functional>
#include <limits>
#include <pugixml.hpp>
#include <span>

#include "bench/must.h"
#include "bench/repeated_answer.h"
#include "boards/definition.h"
#include "boards/html_board.h"
#include "boards/json_board.h"
#include "boards/xml_board.h"
#include "content/json_in_text.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

constexpr std::string_view kExplanation = R"(
Milliseconds from an answer of {} MB in memory, of each kind that is built in, to jobs; the best of {}
rounds in which both take turns, memory freed among the rest.
  parser   what the answer's form takes by itself: simdjson's parse to a tree of JSON (of a page,
           what finds the JSON in it too), of a copy, as it needs one; pugixml's of XML, likewise;
           gumbo's tree of a page that lists its jobs in rows.
  jobs     what a reading makes of the answer: every field that the definition names, as text.
  listing  that, and the judgement of the whole: ids compared, contents and listing digested.
)";

constexpr double kMostToParser = 1.5;

// Which the measured work leaves something in, so that it is done.
volatile std::size_t kept = 0;

double Milliseconds(const std::function<std::size_t()>& work) {
  const auto began = std::chrono::steady_clock::now();
  kept = kept + work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
      .count();
}

std::size_t ParseXml(std::string_view body) {
  pugi::xml_document document;
  if (!document.load_buffer(body.data(), body.size(), pugi::parse_default, pugi::encoding_utf8))
    throw std::runtime_error("no XML");
  return static_cast<std::size_t>(document.first_child().offset_debug());
}

std::size_t ParseHtml(std::string_view body) {
  GumboOutput* tree = gumbo_parse_with_options(&kGumboDefaultOptions, body.data(), body.size());
  const std::size_t children = tree->root->v.element.children.length;
  gumbo_destroy_output(&kGumboDefaultOptions, tree);
  return children;
}

std::size_t ParseAlone(const RepeatedAnswer& answer) {
  const BoardDefinition& definition = *answer.board.definition;
  std::string_view json = answer.body;
  if (definition.form == ListForm::kXml) return ParseXml(json);
  if (definition.form == ListForm::kHtml) return ParseHtml(json);
  if (!definition.markers.empty()) {
    for (const std::string& marker : definition.markers)
      json.remove_prefix(json.find(marker) + marker.size());
    json = JsonIn(json);
  }
  const simdjson::padded_string padded(json);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(padded).get(root) != simdjson::SUCCESS) throw std::runtime_error("no JSON");
  return static_cast<std::size_t>(root.type());
}

ListingPage ReadAnswer(const RepeatedAnswer& answer) {
  const Holes holes = HolesOf(answer.board);
  const ListForm form = answer.board.definition->form;
  return Must(form == ListForm::kXml    ? ReadXmlPage(answer.board, holes, answer.body)
              : form == ListForm::kHtml ? ReadHtmlPage(answer.board, holes, answer.body)
                                        : ReadPage(answer.board, holes, answer.body));
}

std::size_t JudgeAnswer(const RepeatedAnswer& answer) {
  ListingPage page = ReadAnswer(answer);
  ListingBuilder builder(std::numeric_limits<int>::max());
  builder.AddPage(std::move(page.jobs));
  return JobsIn(std::move(builder).Finish()).size();
}

// That it was read as what it is.
void CheckRead(const std::string& kind, const RepeatedAnswer& answer) {
  const ListingPage page = ReadAnswer(answer);
  const std::size_t read = page.jobs.size() + page.unreadable.size();
  MustEqual(kind + ": entries", answer.entries, static_cast<int>(read) + page.left_out);
  MustEqual(kind + ": jobs are most of them", true, 2 * page.jobs.size() >= read);
}

struct Best {
  double parser, jobs, listing;
};

Best Measure(const RepeatedAnswer& answer, int rounds) {
  constexpr double kNever = std::numeric_limits<double>::max();
  Best best{.parser = kNever, .jobs = kNever, .listing = kNever};
  for (int round = 0; round < rounds; ++round) {
    best.parser = std::min(best.parser, Milliseconds([&] { return ParseAlone(answer); }));
    best.jobs = std::min(best.jobs, Milliseconds([&] { return ReadAnswer(answer).jobs.size(); }));
    best.listing = std::min(best.listing, Milliseconds([&] { return JudgeAnswer(answer); }));
  }
  return best;
}

void MeasureAll(const std::vector<std::string>& kinds, int megabytes, int rounds) {
  fmt::print(kExplanation, megabytes, rounds);
  fmt::print("\n  {:<18}{:>9}{:>10}{:>10}{:>10}{:>14}{:>17}   {}\n", "", "entries", "parser",
             "jobs", "listing", "jobs/parser", "listing/parser", "aim");
  for (const std::string& kind : kinds) {
    if (DefinitionOf(kind)->form == ListForm::kSitemap) continue;  // its jobs are pages
    const RepeatedAnswer answer = RepeatToSize(kind, static_cast<std::size_t>(megabytes) << 20);
    CheckRead(kind, answer);
    const Best best = Measure(answer, rounds);
    const double ratio = best.jobs / best.parser;
    fmt::print("  {:<18}{:>9}{:>10.1f}{:>10.1f}{:>10.1f}{:>14.2f}{:>17.2f}   at most {}: {}\n",
               kind, answer.entries, best.parser, best.jobs, best.listing, ratio,
               best.listing / best.parser, kMostToParser,
               ratio <= kMostToParser ? "met" : "MISSED");
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace rolecall

// bench_boards [KIND...]: without any, all.
int main(int count, char** arguments) {
  const std::span given = std::span(arguments, static_cast<std::size_t>(count)).subspan(1);
  std::vector<std::string> kinds(given.begin(), given.end());
  if (kinds.empty()) kinds = rolecall::BuiltInKinds();
  try {
    rolecall::MeasureAll(kinds, 5, 15);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench_boards: {}\n", failure.what());
    return 1;
  }
  return 0;
}
