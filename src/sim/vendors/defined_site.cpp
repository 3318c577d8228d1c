// Pretends to be the site of a defined kind. Addresses are patterns made of the definition's
// templates; faults and pagings are those of world.h.
#include "sim/vendors/defined_site.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include "sim/vendors/defined_entry.h"
#include "sim/vendors/listed_page.h"
#include "sim/vendors/placed_values.h"

namespace rolecall {
namespace json = boost::json;
namespace {

// Digits that no other part of an address holds, for each hole that a request fills.
struct AskedHole {
  std::string_view name, digits, pattern;
};
constexpr std::array kAskedHoles{
    AskedHole{"offset", "70000000000001", R"((?P<offset>\d+))"},
    AskedHole{"page", "70000000000002", R"((?P<page>\d+))"},
    AskedHole{"next", "70000000000003", R"((?P<next>\d*))"},
    AskedHole{"id", "70000000000004", R"((?P<id>\d+))"},
    AskedHole{"path", "70000000000005", R"((?P<path>\d+)(?:-en_US)?)"},
    AskedHole{"", kAnyToken, R"([^/?&]+)"},
};

// The first group of the pattern that the text has, of those holes; nothing where it does not fit.
std::optional<std::pair<std::string, std::string>> HoleIn(const re2::RE2* pattern,
                                                          std::string_view text) {
  if (pattern == nullptr) return std::nullopt;
  const int groups = pattern->NumberOfCapturingGroups() + 1;
  std::vector<re2::StringPiece> found(static_cast<std::size_t>(groups));
  if (!pattern->Match({text.data(), text.size()}, 0, text.size(), re2::RE2::ANCHOR_BOTH,
                      found.data(), groups))
    return std::nullopt;
  for (const auto& [name, group] : pattern->NamedCapturingGroups())
    return std::pair(name, std::string(found[static_cast<std::size_t>(group)]));
  return std::pair(std::string(), std::string());
}

std::size_t NumberOf(const std::string& digits) {
  return digits.empty() || digits.size() > 9 ? 0 : std::stoul(digits);
}

constexpr std::string_view kOneLocale = "en_US";  // of sites that list for each language
constexpr std::string_view kLookedUp = "4711";  // what a site's page says for its listing's address

bool IsPaged(const BoardDefinition& definition) { return definition.paging != Paging::kNone; }

// JSON in a page, behind what stands before it.
std::string InPage(const std::vector<std::string>& markers, const std::string& body) {
  if (markers.empty()) return body;
  return fmt::format("<!doctype html><html><body><script>{} {};</script></body></html>",
                     fmt::join(markers, " "), body);
}

}  // namespace

bool IsDefinedSite(const BoardDefinition& definition) {
  switch (definition.form) {
    case ListForm::kJson:
    case ListForm::kXml:
      return true;
    case ListForm::kHtml:
    case ListForm::kSitemap:
      return false;
  }
  return false;
}

bool DefinedSite::IsAt(std::string_view host) const {
  return locales_.host == host || lookup_.host == host || list_.host == host ||
         detail_.host == host || witness_.host == host;
}

DefinedSite::DefinedSite(BoardAddress board) : board_(std::move(board)), holes_(HolesOf(board_)) {
  const BoardDefinition& definition = *board_.definition;
  holes_["size"] = std::to_string(definition.page_size);
  if (definition.locales) {
    locales_ = Compiled(definition.locales->url, holes_);
    holes_["locale"] = kOneLocale;
  }
  if (definition.lookup) {
    lookup_ = Compiled(definition.lookup->url, holes_);
    holes_[definition.lookup->fills] = kLookedUp;
  }
  list_ = Compiled(definition.list_url, holes_);
  if (definition.body) body_ = Compiled(*definition.body, holes_);
  if (definition.content_url) detail_ = Compiled(*definition.content_url, holes_);
  if (definition.witness) witness_ = Compiled(definition.witness->url, holes_);
}

DefinedSite::Asked DefinedSite::Compiled(const Template& text, const Holes& holes) {
  Holes asked = holes;
  for (const AskedHole& one : kAskedHoles)
    if (!one.name.empty()) asked[std::string(one.name)] = one.digits;
  const std::string filled = text.Fill(asked);
  std::string pattern = re2::RE2::QuoteMeta(filled);
  for (const AskedHole& one : kAskedHoles)
    for (std::size_t at = pattern.find(one.digits); at != std::string::npos;
         at = pattern.find(one.digits))
      pattern.replace(at, one.digits.size(), one.pattern);
  const auto host_end = filled.find('/', filled.find("://") + 3);
  return {.host = filled.starts_with("https://") ? filled.substr(8, host_end - 8) : "",
          .pattern = std::make_shared<re2::RE2>(pattern, re2::RE2::Quiet)};
}

std::optional<SimAnswer> DefinedSite::Answer(const SimWorld& world, SimCompany& company,
                                             const SimRequest& request) const {
  const std::string url = "https:/" + request.target;
  if (const auto first = FirstOfPage(request)) {
    ++company.list_requests;
    return AnswerList(world, company, *first);
  }
  if (HoleIn(lookup_.pattern.get(), url)) return AnswerLookup();
  if (HoleIn(locales_.pattern.get(), url))
    return SimAnswer{
        .content_type = "text/html",
        .body = fmt::format(R"(<a href="?locale={}">English</a></body></html>)", kOneLocale),
        .headers = {}};
  for (const Asked* asked : {&detail_, &witness_})
    if (const auto hole = HoleIn(asked->pattern.get(), url); hole && request.method == "GET") {
      ++company.detail_requests;
      return AnswerJob(world, company, hole->second);
    }
  return std::nullopt;
}

// The index of the first job of the page that is asked for.
std::optional<std::size_t> DefinedSite::FirstOfPage(const SimRequest& request) const {
  const BoardDefinition& definition = *board_.definition;
  if (request.method != definition.method) return std::nullopt;
  auto hole = HoleIn(list_.pattern.get(), "https:/" + request.target);
  if (!hole) return std::nullopt;
  if (definition.body) {
    const auto in_body = HoleIn(body_.pattern.get(), request.body);
    if (!in_body) return std::nullopt;
    if (hole->first.empty()) hole = in_body;
  }
  const std::size_t number = NumberOf(hole->second);
  const auto size = static_cast<std::size_t>(definition.page_size);
  if (hole->first == "page") {
    const auto before = static_cast<std::size_t>(definition.first_page);
    return number < before ? 0 : (number - before) * size;
  }
  return number;
}

namespace {

std::string XmlList(const BoardAddress& board, const SimWorld& world, const SimCompany& company,
                    const SimPage& page) {
  const Pointer& jobs = board.definition->jobs;
  pugi::xml_document document;
  pugi::xml_node list = document;
  for (std::size_t i = 0; i + 1 < jobs.size(); ++i) list = list.append_child(jobs[i].c_str());
  for (std::size_t i = 0; i + (page.last_is_bare ? 1 : 0) < page.jobs.size(); ++i)
    AddXmlEntry(list, board, world, company, page.jobs[i]);
  if (page.last_is_bare) list.append_child(jobs.back().c_str());
  std::ostringstream text;
  document.save(text);
  return text.str();
}

std::string JsonList(const BoardAddress& board, const SimWorld& world, const SimCompany& company,
                     const SimPage& page, std::size_t first) {
  const BoardDefinition& definition = *board.definition;
  const auto size = static_cast<std::size_t>(std::max(definition.page_size, 1));
  json::array entries;
  for (const SimJob& job : page.jobs) entries.push_back(JsonEntry(board, world, company, job));
  if (page.last_is_bare)
    entries.back() =
        entries.back().is_array() ? json::value(json::array{}) : json::value(json::object{});
  json::value body;
  PutValue(body, definition.jobs, std::move(entries));
  if (definition.total) {
    const bool told = definition.total_on != TotalOn::kFirstPage || first == 0;
    PutValue(body, *definition.total, told ? page.total : 0);
  }
  if (definition.pages) PutValue(body, *definition.pages, (page.total + size - 1) / size);
  if (definition.good) {
    boost::system::error_code failure;
    const json::value is = json::parse(definition.good->is, failure);
    PutValue(body, definition.good->at, failure ? json::string(definition.good->is) : is);
  }
  if (definition.next)
    PutValue(body, *definition.next,
             json::string(first + size < page.total ? std::to_string(first + size) : ""));
  return InPage(definition.markers, json::serialize(body));
}

}  // namespace

SimAnswer DefinedSite::AnswerLookup() const {
  const Lookup& lookup = *board_.definition->lookup;
  json::value said;
  PutValue(said, lookup.at, json::string(kLookedUp));
  return {.content_type = "text/html",
          .body = InPage(lookup.markers, json::serialize(said)),
          .headers = {}};
}

SimAnswer DefinedSite::AnswerList(const SimWorld& world, SimCompany& company,
                                  std::size_t first) const {
  const BoardDefinition& definition = *board_.definition;
  const auto size = static_cast<std::size_t>(definition.page_size);
  const std::size_t held = IsPaged(definition) ? size : kAllOnOnePage;
  if (FailsAt(company, first, held)) return JsonError(500, "Internal Server Error");
  const SimPage page = PageFrom(company, first, held);
  SimAnswer answer{.body = definition.form == ListForm::kXml
                               ? XmlList(board_, world, company, page)
                               : JsonList(board_, world, company, page, first),
                   .headers = {}};
  if (definition.form == ListForm::kXml) answer.content_type = "application/xml";
  if (!definition.markers.empty()) answer.content_type = "text/html";
  PutBadBytes(company, "Reference ", answer.body);
  return WithFault(company, std::move(answer));
}

SimAnswer DefinedSite::AnswerJob(const SimWorld& world, SimCompany& company,
                                 const std::string& id) const {
  const BoardDefinition& definition = *board_.definition;
  const auto job = StandingJob(company, static_cast<std::int64_t>(NumberOf(id)));
  if (!job) {
    if (!definition.witness) return JsonError(404, "Not found");
    const GoneRule& gone = definition.witness->gone.front();
    return {.status = gone.status, .body = gone.body_has, .headers = {}};
  }
  if (definition.detail_form != DetailForm::kJson)
    return JobPage(company, WordsOf(world, *job), "https:/" + company.name + ".careers.test/" + id);
  if (definition.witness && definition.witness->stands_has) {
    Holes holes = holes_;
    holes["id"] = holes["path"] = id;
    return {.content_type = "text/html",
            .body = fmt::format("<!doctype html><html><body>{}</body></html>",
                                definition.witness->stands_has->Fill(holes)),
            .headers = {}};
  }
  return {.content_type = definition.content_markers.empty() ? "application/json" : "text/html",
          .body = InPage(definition.content_markers,
                         json::serialize(JsonDetail(definition, world, *job))),
          .headers = {}};
}

}  // namespace rolecall
