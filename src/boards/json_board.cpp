// Reads one JSON answer of a board. The fields that a definition names are caught while each entry
// is walked once.
#include "boards/json_board.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "boards/json_walk.h"
#include "domain/board_text.h"

namespace rolecall {
namespace {
namespace od = simdjson::ondemand;

enum Slot : int { kId, kPath, kRequisition, kTitle, kUrl, kLocation, kContent, kSlots };
enum RootSlot : int { kJobs, kTotal, kNext };

PointerTree FieldsOf(const BoardDefinition& definition) {
  PointerTree fields;
  if (definition.id) fields.Add(*definition.id, kId);
  if (definition.path) fields.Add(*definition.path, kPath);
  if (definition.requisition) fields.Add(*definition.requisition, kRequisition);
  fields.Add(definition.title, kTitle);
  if (definition.url) fields.Add(*definition.url, kUrl);
  if (definition.location) fields.Add(*definition.location, kLocation);
  if (definition.content) fields.Add(*definition.content, kContent);
  return fields;
}

// An id may be a number, a place a list; a title that is either is no title.
bool MayHold(Slot slot, od::json_type type) {
  return type == od::json_type::string ||
         ((slot == kId || slot == kRequisition) && type == od::json_type::number) ||
         (slot == kLocation && type == od::json_type::array);
}

using Cells = std::array<std::string, kSlots>;

class PageReader {
 public:
  explicit PageReader(const BoardAddress& address)
      : definition_(*address.definition), holes_(HolesOf(address)), fields_(FieldsOf(definition_)) {
    root_.Add(definition_.jobs, kJobs);
    if (definition_.total) root_.Add(*definition_.total, kTotal);
    if (definition_.next) root_.Add(*definition_.next, kNext);
  }

  simdjson::error_code Walk(od::object object, od::document& document) {
    document_ = &document;
    return WalkObject(object, root_, [&](const std::vector<int>& slots, od::value value) {
      switch (slots.front()) {
        case kJobs:
          return TakeJobs(value);
        case kTotal:
          return TakeTotal(value);
        default:  // kNext: slots are plain numbers in a tree
          return TakeNext(value);
      }
    });
  }

  // What stood where the list of jobs was promised; nothing where nothing did.
  const std::optional<od::json_type>& jobs_type() const { return jobs_type_; }
  ListingPage TakePage() { return std::move(page_); }

 private:
  simdjson::error_code TakeJobs(od::value value) {
    od::json_type type;
    if (auto error = value.type().get(type)) return error;
    jobs_type_ = type;
    if (type != od::json_type::array) return simdjson::SUCCESS;
    od::array entries;
    if (auto error = value.get_array().get(entries)) return error;
    return ReadEntries(entries);
  }

  // A total that is no whole number is none.
  simdjson::error_code TakeTotal(od::value value) {
    JsonText total;
    if (auto error = AsText(value, total)) return error;
    if (total.type != od::json_type::number) return simdjson::SUCCESS;
    int number = 0;
    const char* end = total.text->data() + total.text->size();
    const auto read = std::from_chars(total.text->data(), end, number);
    if (read.ec == std::errc{} && read.ptr == end && number >= 0) page_.total = number;
    return simdjson::SUCCESS;
  }

  simdjson::error_code TakeNext(od::value value) {
    JsonText next;
    if (auto error = AsText(value, next)) return error;
    page_.next = next.text.value_or("");
    return simdjson::SUCCESS;
  }

  simdjson::error_code ReadEntries(od::array entries) {
    for (auto element : entries) {
      ++place_;
      od::value entry;
      if (auto error = element.get(entry)) return error;
      od::json_type type;
      if (auto error = entry.type().get(type)) return error;
      if (type != od::json_type::object) {
        std::string_view raw = entry.raw_json_token();
        od::array list;
        if (type == od::json_type::array) {
          if (auto error = entry.get_array().get(list)) return error;
          if (auto error = list.raw_json().get(raw)) return error;
        }
        AddUnread(fmt::format("that is {}, no object", NameOf(type)), Trim(raw), {}, {});
        continue;
      }
      const char* begin = entry.raw_json_token().data();
      od::object object;
      if (auto error = entry.get_object().get(object)) return error;
      Cells cells;
      if (auto error = ReadCells(object, cells)) return error;
      const char* end = nullptr;
      if (auto error = document_->current_location().get(end)) return error;
      Take(cells, Trim(std::string_view(begin, end)));
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code ReadCells(od::object object, Cells& cells) {
    return WalkObject(object, fields_, [&](const std::vector<int>& slots, od::value value) {
      JsonText found;
      if (auto error = AsText(value, found)) return error;
      for (const int slot : slots)
        if (found.text && MayHold(static_cast<Slot>(slot), found.type))
          cells[static_cast<std::size_t>(slot)] = *found.text;
      return simdjson::SUCCESS;
    });
  }

  void Take(Cells& cells, std::string_view raw) {
    const std::string_view path = Trim(cells[kPath]);
    ListedJob job{
        .external_id = definition_.id ? std::string(Trim(cells[kId])) : IdInPath(definition_, path),
        .path = {},
        .title = BoardLine(cells[kTitle]),
        .location = BoardLine(cells[kLocation]),
        .url = BoardUrl(Trim(cells[kUrl])),
        .content = definition_.content ? std::optional(std::move(cells[kContent])) : std::nullopt};
    if (path != job.external_id) job.path = path;
    if (definition_.url_template && !job.external_id.empty()) {
      holes_["id"] = job.external_id;
      holes_["path"] = path.empty() ? job.external_id : path;
      job.url = definition_.url_template->Fill(holes_);
    }
    const bool web = job.url.starts_with("https://") || job.url.starts_with("http://");
    const std::string_view why = job.external_id.empty()               ? "without id"
                                 : job.title.empty()                   ? "without title"
                                 : !web                                ? "without URL"
                                 : job.external_id.size() > kLongestId ? "with too long an id"
                                 : std::max(job.url.size(), job.path.size()) > kLongestUrl
                                     ? "with too long an address"
                                     : "";
    if (!why.empty()) {
      AddUnread(why, raw, std::move(job), OneLine(cells[kRequisition]));
      return;
    }
    for (const Quirk quirk : definition_.quirks) quirk(job);
    page_.jobs.push_back(std::move(job));
  }

  // `job`: what could be read of it.
  void AddUnread(std::string_view why, std::string_view raw, ListedJob job,
                 std::string requisition) {
    const std::string_view held = !job.external_id.empty() ? job.external_id
                                  : !job.title.empty()     ? std::string_view(job.title)
                                                           : raw;
    page_.unreadable.push_back({.place = place_,
                                .what = fmt::format("an entry {} ({})", why, Excerpt(held)),
                                .digest = ContentDigest(raw),
                                .external_id = std::move(job.external_id),
                                .requisition = std::move(requisition)});
  }

  const BoardDefinition& definition_;
  Holes holes_;
  od::document* document_ = nullptr;
  int place_ = 0;  // of the entry in the page, from 1
  PointerTree fields_;
  PointerTree root_;
  ListingPage page_;
  std::optional<od::json_type> jobs_type_;
};

// Reads the one object that `body` is, all of it; what went wrong otherwise.
template <typename Read>
std::optional<std::string> WhyUnreadable(std::string_view body, Read read) {
  if (Trim(body).empty()) return "an empty answer";
  const auto because = [](std::string_view what, simdjson::error_code error) {
    return fmt::format("{} ({})", what, simdjson::error_message(error));
  };
  const simdjson::padded_string padded(body);
  od::parser parser;
  od::document document;
  if (auto error = parser.iterate(padded).get(document)) return because("no JSON", error);
  od::object root;
  if (auto error = document.get_object().get(root))
    return error == simdjson::INCORRECT_TYPE ? "no JSON object" : because("no JSON", error);
  if (auto error = read(root, document)) return because("JSON that is cut short or broken", error);
  if (document.current_location().error() == simdjson::SUCCESS) return "more than one JSON value";
  return std::nullopt;
}

std::string Described(std::string_view what, std::string_view body) {
  return body.empty() ? std::string(what)
                      : fmt::format("{} in {} bytes: {}", what, body.size(), Excerpt(body));
}

}  // namespace

Result<ListingPage> ReadPage(const BoardAddress& address, std::string_view body) {
  const auto not_promised = [&](std::string_view what) {
    return Fail(Errc::kUpstream, fmt::format("{}: {}", Shown(address), Described(what, body)));
  };
  PageReader reader(address);
  if (const auto why = WhyUnreadable(body, [&](od::object root, od::document& document) {
        return reader.Walk(root, document);
      }))
    return not_promised(*why);
  const std::string jobs = fmt::format("{}", fmt::join(address.definition->jobs, "/"));
  if (!reader.jobs_type()) return not_promised(fmt::format("no \"{}\" array", jobs));
  if (*reader.jobs_type() != od::json_type::array)
    return not_promised(fmt::format("\"{}\" is {}, no array,", jobs, NameOf(*reader.jobs_type())));
  return reader.TakePage();
}

Result<std::vector<std::optional<std::string>>> ReadValues(std::string_view body,
                                                           const std::vector<Pointer>& pointers) {
  PointerTree tree;
  for (std::size_t i = 0; i < pointers.size(); ++i) tree.Add(pointers[i], static_cast<int>(i));
  std::vector<std::optional<std::string>> texts(pointers.size());
  const auto why = WhyUnreadable(body, [&](od::object root, od::document&) {
    return WalkObject(root, tree, [&](const std::vector<int>& slots, od::value value) {
      JsonText found;
      if (auto error = AsText(value, found)) return error;
      for (const int slot : slots)
        texts[static_cast<std::size_t>(slot)] =
            found.type == od::json_type::object ? "{}" : found.text;
      return simdjson::SUCCESS;
    });
  });
  if (why) return Fail(Errc::kUpstream, Described(*why, body));
  return texts;
}

Result<std::optional<std::string>> ReadValue(std::string_view body, const Pointer& pointer) {
  TRY(auto texts, ReadValues(body, {pointer}));
  return std::move(texts.front());
}

}  // namespace rolecall
