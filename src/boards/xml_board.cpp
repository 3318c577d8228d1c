// Reads one XML answer of a board by pugixml, which knows no entities but XML's own: a document can
// make nothing of little.
#include "boards/xml_board.h"

#include <fmt/format.h>

#include <functional>
#include <pugixml.hpp>

#include "base/text.h"

namespace rolecall {
namespace {

// Calls `take(element, text)` for each place that the pointer names from its key `at` on, below the
// node.
class XmlWalk {
 public:
  using Take = std::function<void(std::size_t element, std::string text)>;

  void Each(pugi::xml_node node, const Pointer& pointer, std::size_t at, std::size_t element,
            const Take& take) {
    if (at == pointer.size()) return take(element, TextOf(node));
    const std::string& key = pointer[at];
    if (key.starts_with('@')) {
      const pugi::xml_attribute attribute = node.attribute(key.c_str() + 1);
      if (attribute) take(element, Mend(attribute.value()).text);
      return;
    }
    if (key != "*") {
      for (const pugi::xml_node child : node.children(key.c_str()))
        Each(child, pointer, at + 1, element, take);
      return;
    }
    for (const pugi::xml_node child : node.children())
      if (child.type() == pugi::node_element) Each(child, pointer, at + 1, ++elements_, take);
  }

 private:
  // CDATA too, in as many parts as it comes. A reference to no character ("&#x110000;") is written
  // as no text by pugixml, which does not look at its number.
  static std::string TextOf(pugi::xml_node node) {
    std::string text;
    for (const pugi::xml_node child : node.children())
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
        text += child.value();
    return Mend(std::move(text)).text;
  }

  std::size_t elements_ = 0;
};

std::vector<Piece> PiecesAt(pugi::xml_node node, const TextParts& parts) {
  std::vector<Piece> pieces;
  for (std::size_t part = 0; part < parts.size(); ++part)
    XmlWalk().Each(node, parts[part].at, 0, 0, [&](std::size_t element, std::string text) {
      pieces.push_back({.part = part, .element = element, .text = std::move(text)});
    });
  return pieces;
}

// The first text at the pointer; nothing where there is none.
std::optional<std::string> TextAt(pugi::xml_node node, const std::optional<Pointer>& pointer) {
  std::optional<std::string> found;
  if (pointer)
    XmlWalk().Each(node, *pointer, 0, 0, [&](std::size_t, std::string text) {
      if (!found) found = std::move(text);
    });
  return found;
}

EntryTexts TextsOf(pugi::xml_node entry, const BoardDefinition& definition) {
  const auto text = [&](const std::optional<Pointer>& pointer) {
    return TextAt(entry, pointer).value_or("");
  };
  EntryTexts texts{.id = text(definition.id),
                   .path = text(definition.path),
                   .requisition = text(definition.requisition),
                   .title = text(definition.title),
                   .url = text(definition.url),
                   .company = TextAt(entry, definition.company),
                   .location = PiecesAt(entry, definition.location),
                   .location_else = PiecesAt(entry, definition.location_else),
                   .content = PiecesAt(entry, definition.content),
                   .requirements = PiecesAt(entry, definition.requirements)};
  for (const FactField& one : definition.facts.single) texts.facts[one.fact] = text(one.at);
  texts.facts.department = PiecesAt(entry, definition.facts.department);
  for (const LeaveOut& rule : definition.leave_out)
    texts.left_out = texts.left_out || text(rule.at) == rule.is;
  return texts;
}

// The entry as it is written: up to the next one, or to the end of what holds it.
std::string_view RawOf(pugi::xml_node entry, std::string_view body) {
  const auto name = entry.offset_debug();
  if (name < 1 || static_cast<std::size_t>(name) > body.size()) return {};
  const auto begin = static_cast<std::size_t>(name) - 1;
  const auto next = entry.next_sibling().offset_debug();
  const auto end = next > name ? static_cast<std::size_t>(next) - 1
                               : body.find(fmt::format("</{}", entry.parent().name()), begin);
  return Trim(body.substr(begin, end - begin));
}

}  // namespace

Result<ListingPage> ReadXmlPage(const BoardAddress& address, const Holes& holes,
                                std::string_view body) {
  const BoardDefinition& definition = *address.definition;
  const auto not_promised = [&](std::string_view what) {
    return Fail(Errc::kUpstream, fmt::format("{}: {} in {} bytes: {}", Shown(address), what,
                                             body.size(), Excerpt(body)));
  };
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(body.data(), body.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) return not_promised(fmt::format("no XML ({})", parsed.description()));
  pugi::xml_node parent = document;
  const std::string& name = definition.jobs.back();
  for (std::size_t i = 0; i + 1 < definition.jobs.size(); ++i)
    parent = parent.child(definition.jobs[i].c_str());
  if (!parent)
    return not_promised(
        fmt::format("no \"{}\" around \"{}\"", definition.jobs[definition.jobs.size() - 2], name));
  ListingPage page;
  if (const auto total = TextAt(document, definition.total)) page.total = StatedTotal(*total);
  EntryTaker taker(definition, holes);
  int place = 0;
  for (const pugi::xml_node entry : parent.children(name.c_str())) {
    EntryTexts texts = TextsOf(entry, definition);
    taker.Take(texts, ++place, RawOf(entry, body), page);
  }
  return page;
}

}  // namespace rolecall
