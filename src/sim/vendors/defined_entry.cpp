// Writes entries by their definitions. Of several parts of a text or a place the first is written.
#include "sim/vendors/defined_entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/clock.h"
#include "content/html_text.h"
#include "sim/vendors/placed_values.h"

namespace rolecall {
namespace json = boost::json;
namespace {

// Puts one text into an entry, whatever form that has.
using Put = std::function<void(const Pointer&, const std::string&)>;

std::string MarkedUp(Escaping escaping, const std::string& html) {
  switch (escaping) {
    case Escaping::kText:
    case Escaping::kMarkdown:
      return HtmlToText(html);
    case Escaping::kHtml:
      return html;
    case Escaping::kEscapedHtml:
      return EscapeHtml(html);
  }
  return html;
}

const TextPart* FirstText(const TextParts& parts) {
  const auto found = std::ranges::find(parts, false, &TextPart::heading);
  return found == parts.end() ? nullptr : &*found;
}

void PutParts(const Put& put, const TextParts& parts, const std::string& text) {
  if (const TextPart* part = FirstText(parts)) put(part->at, text);
}

void PutFacts(const Put& put, const FactFields& facts, const std::string& posted) {
  for (const FactField& fact : facts.single)
    if (fact.fact == StatedFact::kPosted) put(fact.at, posted);
  PutParts(put, facts.department, "Kitchen");
}

void PutEntry(const Put& put, const BoardAddress& board, const SimWorld& world,
              const SimCompany& company, const SimJob& job) {
  const BoardDefinition& definition = *board.definition;
  const SimWords words = WordsOf(world, job);
  const std::string id = IdOf(job);
  const auto maybe = [&](const std::optional<Pointer>& at, const std::string& text) {
    if (at) put(*at, text);
  };
  maybe(definition.id, id);
  maybe(definition.path, id);
  put(definition.title, words.title);
  maybe(definition.url, fmt::format("https://{}.careers.test/jobs/{}", company.name, id));
  maybe(definition.company, company.token);
  PutParts(put, definition.location, words.place);
  PutParts(put, definition.content, MarkedUp(definition.escaping, words.description));
  PutFacts(put, definition.facts, ToIso(PostedOn(world, job)));
}

}  // namespace

std::string IdOf(const SimJob& job) { return std::to_string(job.number); }

json::value JsonEntry(const BoardAddress& board, const SimWorld& world, const SimCompany& company,
                      const SimJob& job) {
  json::value entry;
  PutEntry(
      [&](const Pointer& at, const std::string& text) { PutValue(entry, at, json::string(text)); },
      board, world, company, job);
  return entry;
}

void AddXmlEntry(pugi::xml_node list, const BoardAddress& board, const SimWorld& world,
                 const SimCompany& company, const SimJob& job) {
  const pugi::xml_node entry = list.append_child(board.definition->jobs.back().c_str());
  PutEntry([&](const Pointer& at, const std::string& text) { PutText(entry, at, text); }, board,
           world, company, job);
}

json::value JsonDetail(const BoardDefinition& definition, const SimWorld& world,
                       const SimJob& job) {
  json::value answer(json::object{});
  const SimWords words = WordsOf(world, job);
  if (definition.witness && !definition.witness->stands.empty())
    PutValue(answer, definition.witness->stands, json::string(IdOf(job)));
  const Put put = [&](const Pointer& at, const std::string& text) {
    PutValue(answer, at, json::string(text));
  };
  PutParts(put, definition.description, MarkedUp(definition.escaping, words.description));
  PutParts(put, definition.content_locations, words.place);
  PutFacts(put, definition.content_facts, ToIso(PostedOn(world, job)));
  return answer;
}

}  // namespace rolecall
