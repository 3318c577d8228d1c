// The definition says where the entries stand, and what in them names a job.
#include "bench/repeated_answer.h"

#include <fmt/format.h>

#include <boost/algorithm/string/replace.hpp>
#include <boost/json.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <functional>
#include <pugixml.hpp>
#include <set>
#include <sstream>

#include "bench/must.h"
#include "boards/definition.h"
#include "boards/html_board.h"
#include "content/json_in_text.h"
#include "tests/support/registry.h"

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

// Where the pattern first holds, and every text of its group.
std::size_t FindFirst(const re2::RE2& pattern, const std::string& page,
                      std::set<std::string>& names) {
  std::size_t first = std::string::npos;
  re2::StringPiece found[2];
  const int groups = 1 + pattern.NumberOfCapturingGroups();
  for (std::size_t at = 0;
       pattern.Match(page, at, page.size(), re2::RE2::UNANCHORED, found, std::min(groups, 2));) {
    const auto begin = static_cast<std::size_t>(found[0].data() - page.data());
    first = std::min(first, begin);
    if (groups > 1 && !found[1].empty()) names.emplace(found[1]);
    at = begin + found[0].size();
  }
  return first;
}

struct Kind {
  BoardAddress board;
  Repeater repeat;
  int together = 1;  // so many entries come at once
};

// All behind the beginning of the first row, over and over, the page's end among it: rows are
// found in its text alone.
Kind RepeatRows(const BoardAddress& board, const std::string& page) {
  const HtmlList& list = board.definition->html;
  const std::vector<ListedJob> jobs = Must(ReadHtmlPage(board, HolesOf(board), page)).jobs;
  std::set<std::string> names, none;
  for (const ListedJob& job : jobs) names.insert(job.external_id);
  const std::size_t rows_begin = page.rfind(
      '\n', std::min(FindFirst(*list.row, page, none), FindFirst(*list.row_marker, page, names)));
  const int together = static_cast<int>(jobs.size());
  auto repeat = [head = page.substr(0, rows_begin), rows = page.substr(rows_begin), names,
                 together](int count) {
    std::string repeated = head;
    for (int i = 0; i * together < count; ++i) {
      std::string again = rows;
      for (const std::string& name : names)
        boost::replace_all(again, name, fmt::format("{}{:06}", name, i));
      repeated += again;
    }
    return repeated;
  };
  return {.board = board, .repeat = std::move(repeat), .together = together};
}

Kind ReadKind(const std::string& kind) {
  const json::value expected = json::parse(TextOf(FolderOf(kind) / "expected.json"));
  const std::string token(expected.at("token").as_string());
  const BoardAddress board = Must(FindBoard(kind, token));
  const BoardDefinition& definition = *board.definition;
  const std::string small = SmallListing(kind);
  if (definition.form == ListForm::kHtml) return RepeatRows(board, small);
  return {board, definition.form == ListForm::kXml ? RepeatXml(definition, small)
                 : definition.markers.empty()      ? RepeatJson(board, small)
                                                   : RepeatInPage(board, small)};
}

}  // namespace

RepeatedAnswer RepeatToSize(const std::string& kind, std::size_t bytes) {
  const Kind of = ReadKind(kind);
  constexpr int kFew = 198;  // the size of so many says how many make a large one
  return RepeatTimes(kind, static_cast<int>(bytes * kFew / of.repeat(kFew).size()) + 1);
}

RepeatedAnswer RepeatTimes(const std::string& kind, int entries) {
  const Kind of = ReadKind(kind);
  const int whole = (entries + of.together - 1) / of.together * of.together;
  return {.board = of.board, .body = of.repeat(whole), .entries = whole};
}

}  // namespace rolecall
