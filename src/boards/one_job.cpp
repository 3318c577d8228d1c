// The questions about one job: its content, and whether its own address still shows it.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "boards/answer_facts.h"
#include "boards/json_board.h"
#include "content/html_text.h"
#include "content/job_page.h"
#include "content/json_in_text.h"
#include "content/markdown.h"
#include "content/page_element.h"
#include "content/shown_html.h"
#include "domain/board_text.h"
#include "domain/places.h"

namespace rolecall {
namespace {

constexpr std::size_t kLongestText = 1 << 20;    // bytes of a description
constexpr std::size_t kLongestMarkup = 4 << 20;  // bytes that are looked at for it

Holes HolesOfJob(const BoardAddress& board, const ListedRef& job) {
  Holes holes = HolesOf(board);
  holes["id"] = job.external_id;
  holes["path"] = PathOf(job);
  return holes;
}

FetchRequest JobRequest(const BoardAddress& board, const Template& url, const ListedRef& job) {
  FetchRequest request{.url = url.Fill(HolesOfJob(board, job)),
                       .body = {},
                       .headers = {{"Accept", "application/json"}},
                       .pacing_key = PacingKeyOfRequests(*board.definition),
                       .etag = {},
                       .last_modified = {},
                       .passing = board.definition->passing,
                       .heeds_robots = board.definition->scraped};
  std::ranges::copy(board.definition->headers, std::back_inserter(request.headers));
  return request;
}

void AskForPage(FetchRequest& request) {
  request.headers.front().second = "text/html";
  request.expects = FetchRequest::Body::kText;
}

// Cuts at a border between characters.
std::string_view CutAt(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (text[size] & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

// Which rule calls the answer gone: "HTTP 403 with S22".
std::optional<std::string> SaysGone(const BoardDefinition& definition, const Response& response) {
  if (!definition.witness) return std::nullopt;
  for (const GoneRule& rule : definition.witness->gone) {
    if (rule.status != response.status) continue;
    if (rule.body_has.empty()) return fmt::format("HTTP {}", rule.status);
    if (response.body.find(rule.body_has) != std::string::npos)
      return fmt::format("HTTP {} with {}", rule.status, rule.body_has);
  }
  return std::nullopt;
}

// `raw`: as much of it as is looked at; `cut`: whether that is not all.
std::string PlainText(Escaping escaping, std::string_view raw, bool& cut) {
  cut = cut || raw.size() > kLongestMarkup;
  const std::string_view markup = CutAt(raw, kLongestMarkup);
  std::string text;
  switch (escaping) {
    case Escaping::kText:
      text = std::string(Trim(markup));
      break;
    case Escaping::kHtml:
      text = HtmlToText(markup);
      break;
    case Escaping::kEscapedHtml:
      text = HtmlToText(UnescapeHtml(markup));
      break;
    case Escaping::kMarkdown:
      text = MarkdownToText(markup);
      break;
  }
  text = BoardProse(std::move(text));
  if (text.size() > kLongestText) {
    text.resize(CutAt(text, kLongestText).size());
    cut = true;
  }
  return text;
}

}  // namespace

JobContent InlineContent(const BoardDefinition& definition, std::string_view raw) {
  const RawContent parted = PartedContent(raw);
  JobContent content;
  bool cut = false;
  content.description = PlainText(definition.escaping, parted.description, cut);
  content.requirements = PlainText(definition.escaping, parted.requirements, cut);
  if (cut)
    content.warnings.push_back(fmt::format(
        "a description of {:.1f} MiB was cut to {:.1f} MiB",
        static_cast<double>(raw.size()) / (1 << 20),
        static_cast<double>(content.description.size() + content.requirements.size()) / (1 << 20)));
  return content;
}

namespace {

// A job's own answer, its texts in the definition's markup.
struct Detail {
  std::string description, requirements, location;
  std::optional<JobFacts> facts{};
};

Result<Detail> ReadJsonDetail(const BoardDefinition& definition, std::string_view answer) {
  std::string in_page;
  std::string_view body = answer;
  if (!definition.content_markers.empty()) {
    auto found = JsonBehind(answer, definition.content_markers);
    if (!found)
      return Fail(Errc::kUpstream, fmt::format("{} in {} bytes: {}", found.error().message,
                                               answer.size(), Excerpt(answer)));
    body = in_page = *std::move(found);
  }
  TextParts all = definition.description;
  const std::size_t requirements = all.size();
  std::ranges::copy(definition.content_requirements, std::back_inserter(all));
  const std::size_t locations = all.size();
  std::ranges::copy(definition.content_locations, std::back_inserter(all));
  TRY(auto pieces, ReadPieces(body, all));
  std::vector<Piece> of_description, of_requirements, of_locations;
  for (Piece& piece : pieces) {
    auto& of = piece.part < requirements ? of_description
               : piece.part < locations  ? of_requirements
                                         : of_locations;
    piece.part -= piece.part < requirements ? 0 : piece.part < locations ? requirements : locations;
    of.push_back(std::move(piece));
  }
  if (of_description.empty())
    return Fail(Errc::kUpstream, fmt::format("no text at {} in {} bytes: {}",
                                             ShowPointer(definition.description.front().at),
                                             body.size(), Excerpt(body)));
  return Detail{.description = JoinTexts(definition.description, std::move(of_description),
                                         definition.escaping),
                .requirements = JoinTexts(definition.content_requirements,
                                          std::move(of_requirements), definition.escaping),
                .location = PlacesOf(definition.content_locations, std::move(of_locations)),
                .facts = definition.content_facts.empty()
                             ? std::nullopt
                             : std::optional(FactsInAnswer(definition.content_facts, body))};
}

// What the page shows of the job where it says no JobPosting; empty where that is not found.
std::string TextOfPage(const BoardDefinition& definition, std::string_view body) {
  if (definition.text_of.empty()) return "";
  const auto shown = ShownHtml(body);
  if (!shown) return "";
  for (const std::string& mark : definition.text_of)
    if (const auto element = ElementWith(*shown, mark)) return std::string(*element);
  return "";
}

// Of a page with several postings the one of this id; of one without ids the only one. Of a page
// that says nothing to crawlers what it shows, where the definition says how that is found.
Result<Detail> ReadPageDetail(const BoardDefinition& definition, const ListedRef& job,
                              std::string_view body) {
  const auto postings = ReadJobPostings(body);
  auto found = std::ranges::find(postings, job.external_id, &JobPosting::id);
  if (found == postings.end() && postings.size() == 1) found = postings.begin();
  std::optional<JobFacts> facts;
  if (found != postings.end()) facts = FactsOfPosting(*found);
  const std::string& heading = definition.section.heading;
  if (!heading.empty() &&
      (postings.empty() || (found != postings.end() && found->description.empty()))) {
    const std::string_view below = SectionBelow(body, definition.section);
    if (below.empty())
      return Fail(Errc::kUpstream, fmt::format("a page with nothing below \"{}\" in {} bytes: {}",
                                               heading, body.size(), Excerpt(body)));
    return Detail{.description = std::string(below),
                  .requirements = {},
                  .location = {},
                  .facts = std::move(facts)};
  }
  if (postings.empty())
    if (std::string text = TextOfPage(definition, body); !text.empty())
      return Detail{.description = std::move(text), .requirements = {}, .location = {}};
  if (found == postings.end())
    return Fail(Errc::kUpstream,
                fmt::format("a page with {} job postings in {} bytes: {}",
                            postings.empty() ? "no" : "other", body.size(), Excerpt(body)));
  Detail detail{.description = found->description,
                .requirements = found->requirements,
                .location = {},
                .facts = std::move(facts)};
  for (const std::string& place : found->places) JoinPlaces(detail.location, BoardLine(place));
  return detail;
}

}  // namespace

Result<JobContent> ReadContent(const BoardAddress& board, const ListedRef& job, Fetcher& fetcher,
                               std::stop_token stop) {
  const BoardDefinition& definition = *board.definition;
  if (!definition.content_url)
    return Fail(Errc::kInvalidInput, fmt::format("{} has its contents in the list", Shown(board)));
  FetchRequest request = JobRequest(board, *definition.content_url, job);
  if (definition.detail_form != DetailForm::kJson || !definition.content_markers.empty())
    AskForPage(request);
  TRY(const Response response, fetcher.Fetch(request, stop));
  if (const auto elsewhere = WentElsewhere(request, response))
    return Fail(Errc::kUpstream, fmt::format("redirected to {}", *elsewhere));
  if (const auto gone = SaysGone(definition, response))
    return Fail(Errc::kNotFound, fmt::format("the job is gone at its own address ({})", *gone));
  if (response.status != 200) return Fail(Errc::kUpstream, fmt::format("HTTP {}", response.status));
  TRY(const Detail detail, definition.detail_form == DetailForm::kJson
                               ? ReadJsonDetail(definition, response.body)
                               : ReadPageDetail(definition, job, response.body));
  JobContent content =
      InlineContent(definition, WithRequirements(detail.description, detail.requirements));
  content.location = detail.location;
  content.facts = detail.facts;
  if (response.mended)
    content.warnings.emplace_back("characters that could not be read are shown as U+FFFD");
  return content;
}

namespace {

// Whether an answer shows the job.
bool Shows(const BoardAddress& board, const ListedRef& job, std::string_view body) {
  const WitnessRules& rules = *board.definition->witness;
  // A job whose id is its address is whatever stands there.
  if (rules.stands_posting)
    return std::ranges::any_of(ReadJobPostings(body), [&](const JobPosting& posting) {
      return posting.id == job.external_id || job.external_id.starts_with('/');
    });
  if (rules.stands_has) return body.contains(rules.stands_has->Fill(HolesOfJob(board, job)));
  const auto value = ReadValue(body, rules.stands);
  return value && *value && (!rules.stands_equals_id || **value == job.external_id);
}

}  // namespace

Result<WitnessAnswer> AskWitness(const BoardAddress& board, const ListedRef& job, Fetcher& fetcher,
                                 std::stop_token stop) {
  const BoardDefinition& definition = *board.definition;
  if (!definition.witness)
    return WitnessAnswer{Witness::kNotAsked, "this board has no second witness"};
  FetchRequest request = JobRequest(board, definition.witness->url, job);
  if (definition.witness->stands_posting) AskForPage(request);
  const auto response = fetcher.Fetch(request, stop);
  if (!response) {
    if (response.error().code == Errc::kCancelled) return std::unexpected(response.error());
    return WitnessAnswer{Witness::kUnclear, response.error().message};
  }
  if (const auto elsewhere = WentElsewhere(request, *response))
    return WitnessAnswer{Witness::kUnclear, fmt::format("redirected to {}", *elsewhere)};
  if (const auto gone = SaysGone(definition, *response))
    return WitnessAnswer{Witness::kGone, *gone};
  const std::string status = fmt::format("HTTP {}", response->status);
  if (response->status != 200) return WitnessAnswer{Witness::kUnclear, status};
  const bool stands = Shows(board, job, response->body);
  return stands ? WitnessAnswer{Witness::kStands, status}
                : WitnessAnswer{Witness::kUnclear, "HTTP 200, but not with the job"};
}

}  // namespace rolecall
