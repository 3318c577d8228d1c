// The definition says where the entries stand, and what in them names a job.
#include "bench/repeated_answer.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <functional>
#include <pugixml.hpp>
#include <sstream>

#include "bench/must.h"
#include "boards/definition.h"
#include "content/json_in_text.h"

namespace rolecall {
namespace {
namespace json = boost::json;
namespace fs = std::filesystem;

std::string TextOf(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

fs::path FolderOf(const std::string& kind) {
  return fs::path(ROLECALL_SOURCE_DIR) / "src/boards/definitions" / kind;
}

std::string SmallListing(const std::string& kind) {
  for (const char* form : {"json", "html", "xml"})
    if (const fs::path path = FolderOf(kind) / fmt::format("listing.{}", form); fs::exists(path))
      return TextOf(path);
  throw std::runtime_error(kind + " has no listing beside its definition");
}

// What names an entry's job, by the definition.
std::vector<Pointer> NamesOf(const BoardDefinition& definition) {
  std::vector<Pointer> names;
  for (const auto& one : {definition.id, definition.path})
    if (one) names.push_back(*one);
  return names;
}

json::value* FindAt(json::value& root, const Pointer& pointer) {
  json::value* at = &root;
  for (const std::string& key : pointer) {
    std::size_t index = 0;
    if (at->is_object()) {
      at = at->as_object().if_contains(key);
    } else if (at->is_array()) {
      std::from_chars(key.data(), key.data() + key.size(), index);
      at = at->as_array().if_contains(index);
    } else {
      at = nullptr;
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

void Rename(json::value& name, int number) {
  if (name.is_string())
    name = fmt::format("{}{:06}", std::string_view(name.as_string()), number);
  else
    name = 4'000'000'000 + number;
}

// Makes the listing of so many entries.
using Repeater = std::function<std::string(int)>;

// Entries that say whose they are say that they are the board's.
Repeater RepeatJson(const BoardAddress& board, std::string_view small) {
  return [board, original = json::parse(small)](int count) {
    const BoardDefinition& definition = *board.definition;
    json::value root = original;
    json::value* jobs = FindAt(root, definition.jobs);
    if (jobs == nullptr || !jobs->is_array()) throw std::runtime_error("no list of jobs");
    const json::array entries = jobs->as_array();
    json::array all;
    for (int i = 0; i < count; ++i) {
      json::value entry = entries[static_cast<std::size_t>(i) % entries.size()];
      for (const Pointer& pointer : NamesOf(definition))
        if (json::value* name = FindAt(entry, pointer)) Rename(*name, i);
      if (definition.company)
        if (json::value* company = FindAt(entry, *definition.company)) *company = board.token;
      all.push_back(std::move(entry));
    }
    *jobs = std::move(all);
    if (definition.total)
      if (json::value* total = FindAt(root, *definition.total)) *total = count;
    return json::serialize(root);
  };
}

Repeater RepeatInPage(const BoardAddress& board, const std::string& page) {
  std::size_t at = 0;
  for (const std::string& marker : board.definition->markers)
    at = page.find(marker, at) + marker.size();
  const std::string_view small = JsonIn(std::string_view(page).substr(at));
  const auto before = static_cast<std::size_t>(small.data() - page.data());
  return [before = page.substr(0, before), behind = page.substr(before + small.size()),
          repeat = RepeatJson(board, small)](int count) { return before + repeat(count) + behind; };
}

// The element that a pointer names, below a node.
pugi::xml_node NodeAt(pugi::xml_node node, const Pointer& pointer, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) node = node.child(pointer[i].c_str());
  return node;
}

Repeater RepeatXml(const BoardDefinition& definition, const std::string& small) {
  return [&definition, small](int count) {
    pugi::xml_document document;
    if (!document.load_string(small.c_str(), pugi::parse_default))
      throw std::runtime_error("no XML");
    pugi::xml_node parent = NodeAt(document, definition.jobs, definition.jobs.size() - 1);
    std::vector<pugi::xml_node> entries;
    for (const pugi::xml_node entry : parent.children(definition.jobs.back().c_str()))
      entries.push_back(entry);
    for (int i = 0; i < count; ++i) {
      pugi::xml_node entry =
          parent.append_copy(entries[static_cast<std::size_t>(i) % entries.size()]);
      for (const Pointer& pointer : NamesOf(definition)) {
        const pugi::xml_node name = NodeAt(entry, pointer, pointer.size());
        if (name) name.text().set(fmt::format("{}{:06}", name.text().get(), i).c_str());
      }
    }
    for (const pugi::xml_node entry : entries) parent.remove_child(entry);
    std::ostringstream text;
    document.save(text, "", pugi::format_raw);
    return text.str();
  };
}

struct Kind {
  BoardAddress board;
  Repeater repeat;
};

Kind ReadKind(const std::string& kind) {
  const json::value expected = json::parse(TextOf(FolderOf(kind) / "expected.json"));
  const std::string token(expected.at("token").as_string());
  const BoardAddress board = Must(FindBoard(kind, token));
  const BoardDefinition& definition = *board.definition;
  const std::string small = SmallListing(kind);
  return {board, definition.form == ListForm::kXml ? RepeatXml(definition, small)
                 : definition.markers.empty()      ? RepeatJson(board, small)
                                                   : RepeatInPage(board, small)};
}

}  // namespace

RepeatedAnswer RepeatToSize(const std::string& kind, std::size_t bytes) {
  const Kind of = ReadKind(kind);
  constexpr int kFew = 200;  // the size of so many says how many make a large one
  const int entries = static_cast<int>(bytes * kFew / of.repeat(kFew).size()) + 1;
  return {.board = of.board, .body = of.repeat(entries), .entries = entries};
}

RepeatedAnswer RepeatTimes(const std::string& kind, int entries) {
  const Kind of = ReadKind(kind);
  return {.board = of.board, .body = of.repeat(entries), .entries = entries};
}

}  // namespace rolecall
