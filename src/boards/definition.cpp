// Reads a definition strictly: what is not understood is an error that names the file and the key.
#include "boards/definition.h"

#include <fmt/format.h>

#include "base/text.h"
#include "boards/definition_table.h"
#include "boards/definition_witness.h"
#include "domain/company_name.h"

namespace rolecall {
namespace {

const std::vector<std::string> kPageHoles{"size", "offset", "page", "next", "facets"};

Result<void> ReadQuirks(DefinitionTable& top, BoardDefinition& definition) {
  const toml::node* node = top.Find("quirks");
  if (node == nullptr) return {};
  const toml::array* list = node->as_array();
  if (list == nullptr) return top.Wrong("quirks", "must be a list of names");
  for (const auto& one : *list) {
    const auto name = one.value_exact<std::string>().value_or("");
    const auto quirk = FindQuirk(name);
    if (!quirk)
      return top.Wrong("quirks", fmt::format("there is no quirk \"{}\".{}", name,
                                             DidYouMean(name, QuirkNames())));
    definition.quirks.push_back(*quirk);
  }
  return {};
}

// Adds the hole that they fill.
Result<void> ReadHosts(DefinitionTable& top, std::string_view origin, BoardDefinition& definition,
                       std::vector<std::string>& holes) {
  CHECK_OK(EachTable(top, "hosts", origin, [&](DefinitionTable& table) -> Result<void> {
    BoardHost host;
    TRY(const std::string text, table.Text("host"));
    auto read = Template::Read(text, holes, Template::Braces::kRefused);
    if (!read) return table.Wrong("host", read.error().message);
    host.host = *std::move(read);
    if (table.Find("of") != nullptr) {
      TRY(host.of, table.Pattern("of"));
    }
    definition.hosts.push_back(std::move(host));
    return {};
  }));
  if (!definition.hosts.empty()) holes.emplace_back("host");
  return {};
}

Result<void> ReadTop(DefinitionTable& top, std::string_view origin, BoardDefinition& definition,
                     std::vector<std::string>& holes) {
  TRY(definition.traits.kind, top.Text("kind"));
  TRY(definition.traits.version, top.Number("version", 1));
  TRY(definition.traits.pacing_key, top.Text("pacing_key"));
  TRY(const auto title, top.MaybeText("title"));
  definition.traits.title = title.value_or(ShownName("", definition.traits.kind));
  TRY(definition.token_shape, top.Text("token_shape"));
  TRY(definition.token, top.Pattern("token"));
  for (const auto& [name, group] : definition.token->NamedCapturingGroups()) holes.push_back(name);
  CHECK_OK(ReadHosts(top, origin, definition, holes));
  TRY(definition.headers, top.Headers("headers"));
  TRY(definition.careers, ReadCareersUrls(top, origin));
  TRY(definition.no_tokens, ReadNoTokens(top, origin));
  TRY(definition.site_marks, top.MaybeTexts("site_marks"));
  TRY(definition.site_rank, top.Number("site_rank", 0));
  TRY(definition.scraped, top.IsTrue("scraped"));
  TRY(definition.traits.zero_proves_nothing, top.IsTrue("zero_proves_nothing"));
  return ReadQuirks(top, definition);
}

const char* HoleOf(Paging paging) {
  switch (paging) {
    case Paging::kNone:
      return "";
    case Paging::kSkip:
    case Paging::kRows:
    case Paging::kOffset:
      return "offset";
    case Paging::kPage:
      return "page";
    case Paging::kToken:
      return "next";
  }
  std::unreachable();
}

// The same request again would wrap around at once.
Result<void> CheckThatPagesDiffer(const DefinitionTable& list, const BoardDefinition& definition) {
  if (definition.paging == Paging::kNone) return {};
  const char* hole = HoleOf(definition.paging);
  if (definition.list_url.Has(hole) || (definition.body && definition.body->Has(hole))) return {};
  return list.Wrong("paging",
                    fmt::format("neither url nor body says which page: use {{{}}}", hole));
}

Result<void> ReadFirstPage(DefinitionTable& list, BoardDefinition& definition) {
  const toml::node* node = list.Find("first_page");
  if (node == nullptr) return {};
  const auto number = node->value_exact<std::int64_t>();
  if (number != 0 && number != 1) return list.Wrong("first_page", "must be 0 or 1");
  if (definition.paging != Paging::kPage)
    return list.Wrong("first_page", "comes with paging by page");
  definition.first_page = static_cast<int>(*number);
  return {};
}

Result<void> ReadJobs(DefinitionTable& list, BoardDefinition& definition) {
  TRY(const std::string jobs, list.Text("jobs"));
  if (jobs == "/") return {};
  TRY(definition.jobs, list.NeededPointer("jobs"));
  return {};
}

// Where the jobs of a sitemap are, its pages say.
Result<void> ReadSitemapWords(DefinitionTable& list, BoardDefinition& definition,
                              const std::vector<std::string>& holes) {
  if (definition.method != "GET") return list.Wrong("method", "is GET, of a sitemap");
  for (const char* key : {"behind", "leave_out", "good"})
    if (list.Find(key) != nullptr) return list.Wrong(key, "is not read of a sitemap");
  TRY(definition.pages_hold, list.MaybeBody("pages_hold", holes));
  return {};
}

Result<void> ReadLeaveOut(DefinitionTable& list, std::string_view origin,
                          BoardDefinition& definition) {
  return EachTable(list, "leave_out", origin, [&](DefinitionTable& rule) -> Result<void> {
    LeaveOut one;
    TRY(one.at, rule.NeededPointer("at"));
    TRY(one.is, rule.Scalar("is"));
    definition.leave_out.push_back(std::move(one));
    return {};
  });
}

Result<void> ReadGood(DefinitionTable& list, std::string_view origin, BoardDefinition& definition) {
  const toml::node* node = list.Find("good");
  if (node == nullptr) return {};
  DefinitionTable table(node->as_table(), origin, list.NameOf("good"));
  GoodAnswer good;
  TRY(good.at, table.NeededPointer("at"));
  TRY(good.is, table.Scalar("is"));
  definition.good = std::move(good);
  return table.RefuseOthers();
}

Result<void> ReadList(DefinitionTable& list, BoardDefinition& definition,
                      const std::vector<std::string>& holes) {
  std::vector<std::string> with_pages = holes;
  with_pages.insert(with_pages.end(), kPageHoles.begin(), kPageHoles.end());
  TRY(auto url, list.MaybeUrl("url", with_pages));
  if (!url) return list.Wrong("url", "is missing");
  definition.list_url = *std::move(url);
  TRY(const auto method, list.MaybeText("method"));
  definition.method = method.value_or("GET");
  if (definition.method != "GET" && definition.method != "POST")
    return list.Wrong("method", "must be GET or POST");
  TRY(definition.body, list.MaybeBody("body", with_pages));
  if (definition.body && definition.method != "POST")
    return list.Wrong("body", "is sent by a POST only: give method = \"POST\"");
  constexpr std::pair<std::string_view, ListForm> kForms[] = {{"json", ListForm::kJson},
                                                              {"xml", ListForm::kXml},
                                                              {"html", ListForm::kHtml},
                                                              {"sitemap", ListForm::kSitemap}};
  TRY(definition.form, list.OneOf("form", kForms, ListForm::kJson));
  if (definition.form == ListForm::kHtml) {
    TRY(definition.html, ReadHtmlList(list));
    for (const char* key : {"behind", "total", "next", "good"})
      if (list.Find(key) != nullptr) return list.Wrong(key, "is not read of HTML");
  } else if (definition.form != ListForm::kSitemap) {
    CHECK_OK(ReadJobs(list, definition));
  }
  constexpr std::pair<std::string_view, Paging> kPagings[] = {
      {"none", Paging::kNone},     {"skip", Paging::kSkip}, {"rows", Paging::kRows},
      {"offset", Paging::kOffset}, {"page", Paging::kPage}, {"token", Paging::kToken}};
  TRY(definition.paging, list.OneOf("paging", kPagings, Paging::kNone));
  if (definition.paging != Paging::kPage && !definition.html.pages.empty())
    return list.Wrong("pages", "come with paging by page");
  TRY(definition.page_size, list.Number("size", 0));
  if (definition.paging != Paging::kNone && definition.page_size == 0 &&
      definition.html.pages.empty())
    return list.Wrong("size", "is missing: a board with pages has a size of them");
  CHECK_OK(CheckThatPagesDiffer(list, definition));
  CHECK_OK(ReadFirstPage(list, definition));
  if (definition.form == ListForm::kSitemap) return ReadSitemapWords(list, definition, holes);
  TRY(definition.markers, list.MaybeTexts("behind"));
  if (definition.form == ListForm::kXml && definition.jobs.size() < 2)
    return list.Wrong("jobs",
                      "must name the outermost element of the XML, and each job's below it");
  if (definition.form == ListForm::kXml && !definition.markers.empty())
    return list.Wrong("behind", "stands before JSON in a page, not in XML");
  TRY(definition.total, list.MaybePointer("total"));
  if (definition.form == ListForm::kXml && list.Find("next") != nullptr)
    return list.Wrong("next", "is not read of XML");
  if (definition.paging == Paging::kOffset && !definition.total)
    return list.Wrong("total", "is missing: without one, paging is skip");
  TRY(definition.short_pages, list.IsTrue("short_pages"));
  if (definition.short_pages && definition.paging != Paging::kOffset &&
      definition.paging != Paging::kPage)
    return list.Wrong("short_pages", "come with paging by offset or page, to the total");
  TRY(definition.next, list.MaybePointer("next"));
  if (definition.form != ListForm::kHtml) {
    TRY(definition.pages, list.MaybePointer("pages"));
  }
  if (definition.pages &&
      (definition.paging != Paging::kPage || definition.form != ListForm::kJson))
    return list.Wrong("pages", "are stated with paging by page, in JSON");
  if ((definition.paging == Paging::kToken) != definition.next.has_value())
    return list.Wrong("next", "belongs to paging by token, and to no other");
  constexpr std::pair<std::string_view, TotalOn> kTotals[] = {{"every_page", TotalOn::kEveryPage},
                                                              {"first_page", TotalOn::kFirstPage},
                                                              {"last_page", TotalOn::kLastPage}};
  TRY(definition.total_on, list.OneOf("total_on", kTotals, TotalOn::kEveryPage));
  TRY(definition.total_is_loose, list.IsTrue("total_is_loose"));
  TRY(definition.total_loose_by, list.Number("total_loose_by", 0));
  if (definition.total_loose_by > 0) definition.total_is_loose = true;
  TRY(definition.passing, list.Statuses("passing"));
  TRY(definition.session, list.IsTrue("session"));
  TRY(definition.empty_asked_twice, list.IsTrue("empty_asked_twice"));
  TRY(definition.lists_at_most, list.Number("lists_at_most", 0));
  TRY(definition.split_by_facets, list.IsTrue("split_by_facets"));
  if (definition.split_by_facets &&
      (definition.lists_at_most == 0 || !definition.body || !definition.body->Has("facets")))
    return list.Wrong("split_by_facets", "needs lists_at_most, and {facets} in the body");
  return {};
}

// A job is told by an id of the board's own, or by what stays of its path when its title or place
// is edited.
Result<void> ReadIdentity(DefinitionTable& fields, BoardDefinition& definition,
                          std::vector<std::string>& with_id) {
  TRY(definition.id, fields.MaybePointer("id"));
  TRY(definition.path, fields.MaybePointer("path"));
  TRY(const auto pattern, fields.MaybeText("id_in_path"));
  if (definition.path) with_id.emplace_back("path");
  if (!pattern && !definition.id) return fields.Wrong("id", "is missing");
  if (!pattern) return {};
  if (!definition.path)
    return fields.Wrong("id_in_path", "needs fields.path, the path that holds the id");
  if (definition.id)
    return fields.Wrong("id_in_path", "stands in place of fields.id: give one of them");
  auto id_in_path = std::make_shared<re2::RE2>(*pattern, re2::RE2::Quiet);
  if (!id_in_path->ok())
    return fields.Wrong("id_in_path",
                        fmt::format("is no regular expression: {}", id_in_path->error()));
  if (id_in_path->NumberOfCapturingGroups() != 1)
    return fields.Wrong("id_in_path", fmt::format("must have one group, which is the id, not {}",
                                                  id_in_path->NumberOfCapturingGroups()));
  definition.id_in_path = std::move(id_in_path);
  return {};
}

// Adds what the fields of a job fill to the holes.
Result<void> ReadFields(DefinitionTable& fields, std::string_view origin,
                        BoardDefinition& definition, std::vector<std::string>& with_id) {
  if (definition.form == ListForm::kSitemap) {
    with_id.emplace_back("path");
    return {};
  }
  CHECK_OK(ReadIdentity(fields, definition, with_id));
  TRY(definition.requisition, fields.MaybePointer("requisition"));
  TRY(definition.title, fields.NeededPointer("title"));
  TRY(const std::string url, fields.Text("url"));
  if (url.starts_with('/')) {
    TRY(definition.url, fields.MaybePointer("url"));
  } else {
    TRY(definition.url_template, fields.MaybeUrl("url", with_id));
  }
  TRY(definition.location, fields.MaybeParts("location", Parting::kPlaces));
  TRY(definition.location_else, fields.MaybeParts("location_else", Parting::kPlaces));
  TRY(definition.company, fields.MaybePointer("company"));
  TRY(definition.facts, ReadFactFields(fields, origin));
  TRY(definition.content, fields.MaybeParts("content", Parting::kTexts));
  TRY(definition.requirements, fields.MaybeParts("requirements", Parting::kTexts));
  if (!definition.requirements.empty() && definition.content.empty())
    return fields.Wrong("requirements", "come with a content: give fields.content too");
  return {};
}

Result<void> ReadContentTable(DefinitionTable& content, std::string_view origin,
                              BoardDefinition& definition,
                              const std::vector<std::string>& with_id) {
  if (definition.form == ListForm::kSitemap) return {};
  constexpr std::pair<std::string_view, Escaping> kEscapings[] = {
      {"text", Escaping::kText},
      {"html", Escaping::kHtml},
      {"escaped_html", Escaping::kEscapedHtml},
      {"markdown", Escaping::kMarkdown}};
  TRY(definition.escaping, content.OneOf("escaping", kEscapings, Escaping::kHtml));
  TRY(definition.content_url, content.MaybeUrl("url", with_id));
  TRY(definition.description, content.MaybeParts("description", Parting::kTexts));
  if (definition.content_url.has_value() == !definition.content.empty())
    return content.Wrong(
        "url",
        "a content comes either with the list (fields.content) or by a request (content.url)");
  constexpr std::pair<std::string_view, DetailForm> kForms[] = {
      {"json", DetailForm::kJson}, {"json_ld", DetailForm::kJsonLd}, {"page", DetailForm::kPage}};
  TRY(definition.detail_form, content.OneOf("form", kForms, DetailForm::kJson));
  const bool in_parts = definition.detail_form == DetailForm::kJson;
  TRY(definition.content_markers, content.MaybeTexts("behind"));
  if (!definition.content_markers.empty() && (!in_parts || !definition.content_url))
    return content.Wrong("behind", "stands before JSON in a page that is asked for (content.url)");
  if (definition.content_url && in_parts && definition.description.empty())
    return content.Wrong("description", "is missing");
  if (!in_parts && !definition.description.empty())
    return content.Wrong("description", "stands in a page's JSON-LD by itself");
  TRY(const auto below, content.MaybeText("below"));
  TRY(const auto ends_at, content.MaybeText("ends_at"));
  if ((definition.detail_form == DetailForm::kPage) != below.has_value() || (ends_at && !below))
    return content.Wrong("below", "names the heading of a page (form = \"page\"), and of no other");
  definition.section = {.heading = below.value_or(""), .ends_at = ends_at.value_or("")};
  TRY(definition.text_of, content.MaybeTexts("text_of"));
  if (in_parts && !definition.text_of.empty())
    return content.Wrong("text_of", "finds what a page of form = \"json_ld\" does not say there");
  TRY(definition.content_requirements, content.MaybeParts("requirements", Parting::kTexts));
  TRY(definition.content_locations, content.MaybeParts("locations", Parting::kPlaces));
  TRY(definition.content_facts, ReadFactFields(content, origin));
  if (!definition.content_facts.empty() && (!definition.content_url || !in_parts))
    return content.Wrong(KeyOfAnyFact(definition.content_facts),
                         "is read of JSON that is asked for (content.url); that of the list is in "
                         "fields, that of a page in its JSON-LD by itself");
  if (!definition.content_url && !definition.content_locations.empty())
    return content.Wrong("locations",
                         "come with a request (content.url); those of the list are "
                         "fields.location");
  if (!definition.content_url && !definition.content_requirements.empty())
    return content.Wrong("requirements",
                         "come with a request (content.url); those of the list are "
                         "fields.requirements");
  return {};
}

}  // namespace

Result<std::shared_ptr<const BoardDefinition>> ReadDefinition(std::string_view text,
                                                              std::string_view origin) {
  const toml::parse_result parsed = toml::parse(text, origin);
  if (!parsed)
    return DefinitionTable(nullptr, origin, "")
        .Wrong(fmt::format("line {}", parsed.error().source().begin.line),
               parsed.error().description());
  const toml::table& root = parsed.table();
  auto definition = std::make_shared<BoardDefinition>();
  std::vector<std::string> holes{"token"};

  DefinitionTable top(&root, origin, "");
  CHECK_OK(ReadTop(top, origin, *definition, holes));
  std::vector<std::string> with_id = holes;
  with_id.emplace_back("id");
  std::vector<DefinitionTable> tables;
  for (const char* name :
       {"list", "fields", "content", "witness", "lookup", "locales", "own_name"}) {
    const toml::node* node = top.Find(name);
    if (node != nullptr && !node->is_table()) return top.Wrong(name, "must be a table");
    tables.emplace_back(node == nullptr ? nullptr : node->as_table(), origin, name);
  }
  TRY(definition->own_name, ReadOwnNameTable(tables[6], holes));
  TRY(definition->lookup, ReadLookup(tables[4], holes));
  TRY(definition->locales, ReadLocales(tables[5], holes));
  definition->traits.listed_by_locale = definition->locales.has_value();
  if (definition->locales)
    for (std::vector<std::string>* of : {&holes, &with_id}) of->emplace_back("locale");
  CHECK_OK(ReadList(tables[0], *definition, holes));
  CHECK_OK(ReadLeaveOut(tables[0], origin, *definition));
  CHECK_OK(ReadGood(tables[0], origin, *definition));
  CHECK_OK(ReadFields(tables[1], origin, *definition, with_id));
  // Of a job alone its path tells the locale.
  if (definition->locales) std::ranges::replace(with_id, "locale", "path");
  if (definition->form == ListForm::kHtml) CHECK_OK(CheckFieldsOfRows(tables[1], *definition));
  CHECK_OK(ReadContentTable(tables[2], origin, *definition, with_id));
  CHECK_OK(ReadWitness(tables[3], origin, *definition, with_id));
  CHECK_OK(top.RefuseOthers());
  for (const DefinitionTable& table : tables) CHECK_OK(table.RefuseOthers());

  definition->traits.has_second_witness = definition->witness.has_value();
  definition->traits.content_by_request = definition->content_url.has_value();
  definition->traits.ids_in_paths = definition->id_in_path != nullptr;
  definition->traits.ids_of_pages = definition->form == ListForm::kSitemap;
  return definition;
}

}  // namespace rolecall
