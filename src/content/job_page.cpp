// Finds JobPostings in the scripts of a page. The page is no tree here: a script's text ends at the
// next "</script", as in browsers, whatever stands around it.
#include "content/job_page.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "content/html_text.h"
#include "content/json_in_text.h"
#include "content/shown_html.h"

namespace rolecall {
namespace {
namespace dom = simdjson::dom;

constexpr std::size_t kLongestScript = 4 << 20;  // bytes
constexpr int kMostPostings = 1'000;
constexpr std::string_view kNoWord = "UNAVAILABLE";  // what iCIMS writes of an address it lacks
constexpr int kDeepest = 12;                         // lists and graphs in each other

// The text of each script of JSON-LD.
std::vector<std::string_view> ScriptsIn(std::string_view html) {
  std::vector<std::string_view> scripts;
  for (std::size_t at = FindFolded(html, "<script", 0); at != std::string_view::npos;
       at = FindFolded(html, "<script", at)) {
    const auto begin = html.find('>', at);
    if (begin == std::string_view::npos) break;
    const auto end = std::min(FindFolded(html, "</script", begin), html.size());
    if (FindFolded(html.substr(at, begin - at), "ld+json", 0) != std::string_view::npos)
      scripts.push_back(html.substr(begin + 1, end - begin - 1));
    at = end;
  }
  return scripts;
}

// The JSON of a script without the guards and comments that stand around it.
std::string_view WithoutGuards(std::string_view text) {
  constexpr std::string_view kGuard = "[CDATA[";
  const auto guard = text.find(kGuard);
  if (guard != std::string_view::npos && guard <= text.find_first_of("{["))
    text.remove_prefix(guard + kGuard.size());
  return JsonIn(text);
}

// Control characters that stand in texts as they are, which JSON forbids.
std::string WithoutControls(std::string_view json) {
  std::string mended(json);
  for (char& c : mended)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return mended;
}

std::string TextAt(dom::element element) {
  std::string_view text;
  if (element.get_string().get(text) == simdjson::SUCCESS) return std::string(Trim(text));
  std::int64_t number = 0;
  if (element.get_int64().get(number) == simdjson::SUCCESS) return std::to_string(number);
  return "";
}

std::optional<dom::element> Member(dom::object object, std::string_view key) {
  dom::element value;
  if (object.at_key(key).get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::string TextOf(dom::object object, std::string_view key) {
  const auto value = Member(object, key);
  return value ? TextAt(*value) : "";
}

// Calls `take` for the value, or for each of a list.
template <typename Take>
void Each(const std::optional<dom::element>& value, Take take) {
  if (!value) return;
  dom::array list;
  if (value->get_array().get(list) != simdjson::SUCCESS) return take(*value);
  for (const dom::element one : list) take(one);
}

// HTML that was escaped on its way into the JSON, once or twice.
std::string Markup(std::string text) {
  for (int level = 0;
       level < 2 && text.find('<') == std::string::npos &&
       (text.find("&lt;") != std::string::npos || text.find("&amp;lt;") != std::string::npos);
       ++level)
    text = UnescapeHtml(text);
  return text;
}

// A text, a list of texts, or what has a name or a description.
std::string Words(dom::object posting, std::string_view key) {
  std::string words;
  Each(Member(posting, key), [&](dom::element one) {
    std::string text = TextAt(one);
    dom::object object;
    if (text.empty() && one.get_object().get(object) == simdjson::SUCCESS)
      text = TextOf(object, "description");
    if (!text.empty()) words += "<p></p><div>" + Markup(std::move(text)) + "</div>";
  });
  return words;
}

std::string CountryOf(dom::object address) {
  dom::object country;
  const auto value = Member(address, "addressCountry");
  if (value && value->get_object().get(country) == simdjson::SUCCESS)
    return TextOf(country, "name");
  return TextOf(address, "addressCountry");
}

std::string PlaceOf(dom::element location) {
  dom::object place, address;
  if (location.get_object().get(place) != simdjson::SUCCESS) return TextAt(location);
  const auto at = Member(place, "address");
  if (!at) return TextOf(place, "name");
  if (at->get_object().get(address) != simdjson::SUCCESS) return TextAt(*at);
  std::string words;
  for (const std::string& word :
       {TextOf(address, "addressLocality"), TextOf(address, "addressRegion"), CountryOf(address)})
    if (!word.empty() && word != kNoWord) words += (words.empty() ? "" : ", ") + word;
  return words;
}

std::string IdOf(dom::object posting) {
  dom::object identifier;
  const auto value = Member(posting, "identifier");
  if (value && value->get_object().get(identifier) == simdjson::SUCCESS)
    return TextOf(identifier, "value");
  return TextOf(posting, "identifier");
}

JobPosting PostingOf(dom::object object) {
  JobPosting posting{.id = IdOf(object),
                     .url = UnescapeHtml(TextOf(object, "url")),
                     .title = UnescapeHtml(TextOf(object, "title")),
                     .description = Markup(TextOf(object, "description")),
                     .requirements = Words(object, "qualifications") + Words(object, "skills") +
                                     Words(object, "experienceRequirements"),
                     .places = {},
                     .posted_on = TextOf(object, "datePosted")};
  posting.description += Words(object, "responsibilities");
  Each(Member(object, "jobLocation"), [&](dom::element one) {
    std::string place = UnescapeHtml(PlaceOf(one));
    if (!place.empty()) posting.places.push_back(std::move(place));
  });
  return posting;
}

bool IsPosting(dom::object object) {
  bool is_posting = false;
  Each(Member(object, "@type"),
       [&](dom::element one) { is_posting = is_posting || TextAt(one) == "JobPosting"; });
  return is_posting;
}

void Gather(dom::element element, int depth, std::vector<JobPosting>& postings) {
  if (depth > kDeepest || postings.size() >= kMostPostings) return;
  dom::object object;
  if (element.get_object().get(object) != simdjson::SUCCESS) {
    dom::array list;
    if (element.get_array().get(list) == simdjson::SUCCESS)
      for (const dom::element one : list) Gather(one, depth + 1, postings);
    return;
  }
  if (IsPosting(object)) {
    postings.push_back(PostingOf(object));
    return;
  }
  for (const char* key : {"@graph", "mainEntity", "itemListElement", "item"})
    if (const auto value = Member(object, key)) Gather(*value, depth + 1, postings);
}

}  // namespace

std::vector<JobPosting> ReadJobPostings(std::string_view html) {
  std::vector<JobPosting> postings;
  dom::parser parser;
  for (std::string_view script : ScriptsIn(html)) {
    if (script.size() > kLongestScript) continue;
    // Escaped as a whole, as in "{&quot;@type&quot;: …".
    std::string unescaped;
    if (script.find('"') == std::string_view::npos) script = unescaped = UnescapeHtml(script);
    const std::string json = WithoutControls(WithoutGuards(script));
    dom::element root;
    if (parser.parse(json).get(root) == simdjson::SUCCESS) Gather(root, 0, postings);
  }
  return postings;
}

}  // namespace rolecall
