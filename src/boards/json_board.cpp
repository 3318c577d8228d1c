// simdjson on demand: the fields that a definition names are caught while the object is walked
// once.
#include "boards/json_board.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"

namespace rolecall {
namespace {
namespace od = simdjson::ondemand;

// The pointers of several slots, merged by their first keys.
struct Trie {
  int slot = kNone;
  std::map<std::string, Trie, std::less<>> children;
  static constexpr int kNone = -1;

  void Add(const Pointer& pointer, int to_slot) {
    Trie* at = this;
    for (const std::string& key : pointer) at = &at->children[key];
    at->slot = to_slot;
  }
};

enum Slot : int { kId, kTitle, kUrl, kLocation, kContent, kSlots };
enum RootSlot : int { kJobs, kTotal };

Trie FieldsOf(const BoardDefinition& definition) {
  Trie fields;
  fields.Add(definition.id, kId);
  fields.Add(definition.title, kTitle);
  if (definition.url) fields.Add(*definition.url, kUrl);
  if (definition.location) fields.Add(*definition.location, kLocation);
  if (definition.content) fields.Add(*definition.content, kContent);
  return fields;
}

std::string_view Raw(std::string_view token) { return Trim(token); }

// A value as text: a string as it is, a number or truth as written, strings of a list joined;
// nothing for the rest.
simdjson::error_code AsText(od::value value, std::optional<std::string>& text) {
  od::json_type type;
  if (auto error = value.type().get(type)) return error;
  switch (type) {
    case od::json_type::string: {
      std::string_view view;
      if (auto error = value.get_string().get(view)) return error;
      text = std::string(view);
      return simdjson::SUCCESS;
    }
    case od::json_type::number:
    case od::json_type::boolean:
      text = std::string(Raw(value.raw_json_token()));
      return simdjson::SUCCESS;
    case od::json_type::array: {
      od::array list;
      if (auto error = value.get_array().get(list)) return error;
      std::string joined;
      for (auto element : list) {
        od::value one;
        if (auto error = element.get(one)) return error;
        std::optional<std::string> part;
        if (auto error = AsText(one, part)) return error;
        if (part && !part->empty()) joined += (joined.empty() ? "" : "; ") + *part;
      }
      text = std::move(joined);
      return simdjson::SUCCESS;
    }
    case od::json_type::null:
    case od::json_type::object:
      return simdjson::SUCCESS;
  }
  return simdjson::SUCCESS;
}

using Cells = std::array<std::optional<std::string>, kSlots>;

simdjson::error_code WalkEntry(od::object object, const Trie& fields, Cells& cells) {
  for (auto field : object) {
    std::string_view key;
    if (auto error = field.unescaped_key().get(key)) return error;
    const auto child = fields.children.find(key);
    if (child == fields.children.end()) continue;
    od::value value;
    if (auto error = field.value().get(value)) return error;
    if (child->second.slot != Trie::kNone) {
      if (auto error = AsText(value, cells[static_cast<std::size_t>(child->second.slot)]))
        return error;
      continue;
    }
    od::json_type type;
    if (auto error = value.type().get(type)) return error;
    if (type != od::json_type::object) continue;
    od::object inner;
    if (auto error = value.get_object().get(inner)) return error;
    if (auto error = WalkEntry(inner, child->second, cells)) return error;
  }
  return simdjson::SUCCESS;
}

class PageReader {
 public:
  explicit PageReader(const BoardAddress& address)
      : definition_(*address.definition), holes_(HolesOf(address)), fields_(FieldsOf(definition_)) {
    root_.Add(definition_.jobs, kJobs);
    if (definition_.total) root_.Add(*definition_.total, kTotal);
  }

  simdjson::error_code Walk(od::object object) { return WalkRoot(object, root_); }
  bool saw_jobs() const { return saw_jobs_; }
  BoardPage TakePage() { return std::move(page_); }

 private:
  simdjson::error_code WalkRoot(od::object object, const Trie& trie) {
    for (auto field : object) {
      std::string_view key;
      if (auto error = field.unescaped_key().get(key)) return error;
      const auto child = trie.children.find(key);
      od::value value;
      if (auto error = field.value().get(value)) return error;
      if (child == trie.children.end()) continue;
      od::json_type type;
      if (auto error = value.type().get(type)) return error;
      if (child->second.slot == kJobs && type == od::json_type::array) {
        od::array entries;
        if (auto error = value.get_array().get(entries)) return error;
        if (auto error = ReadEntries(entries)) return error;
      } else if (child->second.slot == kTotal && type == od::json_type::number) {
        std::int64_t total = 0;
        if (value.get_int64().get(total) == simdjson::SUCCESS)
          page_.total = static_cast<int>(std::clamp<std::int64_t>(total, 0, 1'000'000'000));
      } else if (child->second.slot == Trie::kNone && type == od::json_type::object) {
        od::object inner;
        if (auto error = value.get_object().get(inner)) return error;
        if (auto error = WalkRoot(inner, child->second)) return error;
      }
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code ReadEntries(od::array entries) {
    saw_jobs_ = true;
    for (auto element : entries) {
      od::value entry;
      if (auto error = element.get(entry)) return error;
      od::json_type type;
      if (auto error = entry.type().get(type)) return error;
      if (type != od::json_type::object) {
        page_.unreadable.emplace_back("an entry is no object");
        continue;
      }
      od::object object;
      if (auto error = entry.get_object().get(object)) return error;
      Cells cells;
      if (auto error = WalkEntry(object, fields_, cells)) return error;
      Take(cells);
    }
    return simdjson::SUCCESS;
  }

  void Take(Cells& cells) {
    ListedJob job{.external_id = std::string(Trim(cells[kId].value_or(""))),
                  .title = OneLine(cells[kTitle].value_or("")),
                  .location = OneLine(cells[kLocation].value_or("")),
                  .url = std::string(Trim(cells[kUrl].value_or(""))),
                  .content = definition_.content ? std::optional(cells[kContent].value_or(""))
                                                 : std::nullopt};
    if (definition_.url_template && !job.external_id.empty()) {
      holes_["id"] = job.external_id;
      job.url = definition_.url_template->Fill(holes_);
    }
    const bool web = job.url.starts_with("https://") || job.url.starts_with("http://");
    const char* lacks = job.external_id.empty() ? "id"
                        : job.title.empty()     ? "title"
                        : !web                  ? "URL"
                                                : nullptr;
    if (lacks != nullptr) {
      page_.unreadable.push_back(
          fmt::format("an entry without {} ({})", lacks,
                      !job.external_id.empty() ? job.external_id : Excerpt(job.title)));
      return;
    }
    for (const Quirk quirk : definition_.quirks) quirk(job);
    page_.jobs.push_back(std::move(job));
  }

  const BoardDefinition& definition_;
  Holes holes_;
  Trie fields_;
  Trie root_;
  BoardPage page_;
  bool saw_jobs_ = false;
};

std::unexpected<Error> NotPromised(const BoardAddress& address, std::string_view what,
                                   std::string_view body) {
  return Fail(Errc::kUpstream, fmt::format("{}: {} in {} bytes: {}", Shown(address), what,
                                           body.size(), Excerpt(body)));
}

}  // namespace

Result<BoardPage> ReadPage(const BoardAddress& address, std::string_view body) {
  if (Trim(body).empty())
    return Fail(Errc::kUpstream, fmt::format("{}: an empty answer", Shown(address)));
  const simdjson::padded_string padded(body);
  od::parser parser;
  od::document document;
  if (auto error = parser.iterate(padded).get(document))
    return NotPromised(address, fmt::format("no JSON ({})", simdjson::error_message(error)), body);
  od::object root;
  if (auto error = document.get_object().get(root))
    return NotPromised(address,
                       error == simdjson::INCORRECT_TYPE
                           ? "no JSON object"
                           : fmt::format("no JSON ({})", simdjson::error_message(error)),
                       body);
  PageReader reader(address);
  if (auto error = reader.Walk(root))
    return NotPromised(
        address,
        fmt::format("JSON that is cut short or broken ({})", simdjson::error_message(error)), body);
  if (document.current_location().error() == simdjson::SUCCESS)
    return NotPromised(address, "more than one JSON value", body);
  if (!reader.saw_jobs())
    return NotPromised(
        address, fmt::format("no \"{}\" array", fmt::join(address.definition->jobs, "/")), body);
  return reader.TakePage();
}

Result<std::optional<std::string>> ReadValue(std::string_view body, const Pointer& pointer) {
  const simdjson::padded_string padded(body);
  od::parser parser;
  od::document document;
  if (auto error = parser.iterate(padded).get(document))
    return Fail(Errc::kUpstream,
                fmt::format("no JSON ({}) in {} bytes: {}", simdjson::error_message(error),
                            body.size(), Excerpt(body)));
  od::value value;
  const auto found =
      document.at_pointer("/" + fmt::format("{}", fmt::join(pointer, "/"))).get(value);
  if (found != simdjson::SUCCESS) {
    if (found == simdjson::NO_SUCH_FIELD || found == simdjson::INCORRECT_TYPE ||
        found == simdjson::INVALID_JSON_POINTER || found == simdjson::INDEX_OUT_OF_BOUNDS)
      return std::nullopt;
    return Fail(Errc::kUpstream,
                fmt::format("JSON that is broken ({}) in {} bytes: {}",
                            simdjson::error_message(found), body.size(), Excerpt(body)));
  }
  od::json_type type;
  if (value.type().get(type) == simdjson::SUCCESS && type == od::json_type::object)
    return std::string("{}");
  std::optional<std::string> text;
  if (auto error = AsText(value, text))
    return Fail(Errc::kUpstream,
                fmt::format("JSON that is broken ({}) in {} bytes: {}",
                            simdjson::error_message(error), body.size(), Excerpt(body)));
  return text;
}

}  // namespace rolecall
