// Finds JobPostings in the scripts of a page. The page is no tree here: a script's text ends at the
// next "</script", as in browsers, whatever stands around it.
#include "content/job_page.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "base/text.h"
#include "content/html_text.h"
#include "content/json_in_text.h"
#include "content/shown_html.h"

namespace rolecall {
namespace {
namespace dom = simdjson::dom;

constexpr std::size_t kLongestScript = 4 << 20;  // bytes
constexpr std::size_t kMostPostings = 1'000;
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

// A number as JSON may write it, in digits; or as a text has it.
std::string NumberOf(dom::object object, std::string_view key) {
  const auto value = Member(object, key);
  double number = 0;
  std::string text = value ? TextAt(*value) : "";
  if (!value || !text.empty() || value->get_double().get(number) != simdjson::SUCCESS) return text;
  return fmt::format("{:.2f}", number);
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

struct Place {
  std::string address;  // or whatever else says where it is
  std::string name;
};

Place PlaceOf(dom::element location) {
  dom::object place, address;
  if (location.get_object().get(place) != simdjson::SUCCESS)
    return {.address = UnescapeHtml(TextAt(location)), .name = {}};
  const std::string name = UnescapeHtml(TextOf(place, "name"));
  const auto at = Member(place, "address");
  if (!at) return {.address = name, .name = name};
  if (at->get_object().get(address) != simdjson::SUCCESS)
    return {.address = UnescapeHtml(TextAt(*at)), .name = name};
  std::string words;
  for (const std::string& word :
       {TextOf(address, "addressLocality"), TextOf(address, "addressRegion"), CountryOf(address)})
    if (!word.empty() && word != kNoWord) words += (words.empty() ? "" : ", ") + word;
  return {.address = UnescapeHtml(words), .name = name};
}

// By their addresses; by their names where places of several names have one address: there are
// sites that repeat the first place's.
std::vector<std::string> PlacesOf(dom::object posting) {
  std::vector<Place> places;
  Each(Member(posting, "jobLocation"), [&](dom::element one) { places.push_back(PlaceOf(one)); });
  std::vector<std::string> words;
  for (const Place& place : places) {
    const bool repeated = std::ranges::any_of(places, [&](const Place& other) {
      return other.address == place.address && other.name != place.name;
    });
    const std::string& shown = repeated && !place.name.empty() ? place.name : place.address;
    if (!shown.empty()) words.push_back(shown);
  }
  return words;
}

std::string IdOf(dom::object posting) {
  dom::object identifier;
  const auto value = Member(posting, "identifier");
  if (value && value->get_object().get(identifier) == simdjson::SUCCESS)
    return TextOf(identifier, "value");
  return TextOf(posting, "identifier");
}

// A number, words, or a MonetaryAmount of a number or a range.
PostedSalary SalaryOf(dom::object posting) {
  PostedSalary salary;
  const auto value = Member(posting, "baseSalary");
  dom::object amount, range;
  if (!value) return salary;
  if (value->get_object().get(amount) != simdjson::SUCCESS) {
    std::string& stated = value->is_string() ? salary.words : salary.least;
    stated = UnescapeHtml(NumberOf(posting, "baseSalary"));
    salary.most = salary.least;
    return salary;
  }
  const auto inner = Member(amount, "value");
  const bool is_range = inner && inner->get_object().get(range) == simdjson::SUCCESS;
  const dom::object of = is_range ? range : amount;
  const std::string just = NumberOf(of, "value");
  salary.least = NumberOf(of, "minValue");
  salary.most = NumberOf(of, "maxValue");
  if (salary.least.empty() && salary.most.empty()) salary.least = salary.most = just;
  salary.currency = TextOf(amount, "currency");
  if (salary.currency.empty()) salary.currency = TextOf(posting, "salaryCurrency");
  salary.per = TextOf(of, "unitText");
  if (salary.per.empty()) salary.per = TextOf(amount, "unitText");
  return salary;
}

JobPosting PostingOf(dom::object object) {
  JobPosting posting{.id = IdOf(object),
                     .url = UnescapeHtml(TextOf(object, "url")),
                     .title = UnescapeHtml(TextOf(object, "title")),
                     .description = Markup(TextOf(object, "description")),
                     .requirements = Words(object, "qualifications") + Words(object, "skills") +
                                     Words(object, "experienceRequirements"),
                     .places = PlacesOf(object),
                     .posted_on = TextOf(object, "datePosted"),
                     .location_type = TextOf(object, "jobLocationType"),
                     .salary = SalaryOf(object)};
  posting.description += Words(object, "responsibilities");
  return posting;
}

bool IsA(dom::object object, std::string_view type) {
  bool is_one = false;
  Each(Member(object, "@type"), [&](dom::element one) { is_one = is_one || TextAt(one) == type; });
  return is_one;
}

// Where an entry of a list leads: "…", { url }, { item: "…" }, { item: { url } }, { item: { @id }
// }.
std::string AddressOf(dom::element entry) {
  dom::object object;
  if (entry.get_object().get(object) != simdjson::SUCCESS) return UnescapeHtml(TextAt(entry));
  std::string address = UnescapeHtml(TextOf(object, "url"));
  if (address.empty())
    if (const auto item = Member(object, "item")) address = AddressOf(*item);
  return address.empty() ? UnescapeHtml(TextOf(object, "@id")) : address;
}

// What the scripts of a page say, one after the other.
class PageGatherer {
 public:
  void Read(std::string_view script) {
    // Escaped as a whole, as in "{&quot;@type&quot;: …".
    std::string unescaped;
    if (script.find('"') == std::string_view::npos) script = unescaped = UnescapeHtml(script);
    const bool names_one = script.find("JobPosting") != std::string_view::npos;
    dom::element root;
    if (script.size() > kLongestScript ||
        parser_.parse(WithoutControls(WithoutGuards(script))).get(root) != simdjson::SUCCESS) {
      page_.broken = page_.broken || names_one;
      return;
    }
    Gather(root, 0);
  }

  JobPage TakePage() {
    if (lists_ != 1) page_.total.reset();
    return std::move(page_);
  }

 private:
  void Gather(dom::element element, int depth) {
    if (depth > kDeepest) return;
    dom::object object;
    if (element.get_object().get(object) != simdjson::SUCCESS) {
      dom::array list;
      if (element.get_array().get(list) == simdjson::SUCCESS)
        for (const dom::element one : list) Gather(one, depth + 1);
      return;
    }
    if (IsA(object, "JobPosting")) return Add(PostingOf(object));
    if (IsA(object, "ItemList")) return GatherList(object, depth);
    for (const char* key : {"@graph", "mainEntity", "itemListElement", "item"})
      if (const auto value = Member(object, key)) Gather(*value, depth + 1);
  }

  void GatherList(dom::object list, int depth) {
    ++lists_;
    std::int64_t total = 0;
    const auto stated = Member(list, "numberOfItems");
    if (stated && stated->get_int64().get(total) == simdjson::SUCCESS && total >= 0 &&
        total <= std::numeric_limits<int>::max())
      page_.total = static_cast<int>(total);
    Each(Member(list, "itemListElement"), [&](dom::element entry) {
      const std::size_t before = postings_;
      Gather(entry, depth + 1);
      if (postings_ > before) return;
      std::string address = AddressOf(entry);
      if (!address.empty()) page_.listed.push_back(std::move(address));
    });
  }

  void Add(JobPosting posting) {
    ++postings_;
    if (std::ranges::find(page_.postings, posting) != page_.postings.end()) return;
    if (page_.postings.size() < kMostPostings)
      page_.postings.push_back(std::move(posting));
    else
      page_.broken = true;
  }

  dom::parser parser_;
  JobPage page_;
  std::size_t postings_ = 0;  // each time that one stands there
  int lists_ = 0;
};

}  // namespace

JobPage ReadJobPage(std::string_view html) {
  PageGatherer gatherer;
  for (const std::string_view script : ScriptsIn(html)) gatherer.Read(script);
  return gatherer.TakePage();
}

std::vector<JobPosting> ReadJobPostings(std::string_view html) {
  return std::move(ReadJobPage(html).postings);
}

}  // namespace rolecall
