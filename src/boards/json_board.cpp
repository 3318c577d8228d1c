// Reads one JSON answer of a board. The fields that a definition names are caught while each entry
// is walked once.
#include "boards/json_board.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "base/text.h"
#include "boards/json_walk.h"
#include "content/json_in_text.h"

namespace rolecall {
namespace {
namespace od = simdjson::ondemand;

enum RootSlot : int { kJobs, kTotal, kPages, kNext, kGood };

enum class Field {
  kId,
  kPath,
  kRequisition,
  kTitle,
  kUrl,
  kCompany,
  kLocation,
  kLocationElse,
  kContent,
  kRequirements,
  kFact,
  kDepartment,
  kLeaveOut
};
struct Target {  // of a slot
  Field field;
  std::size_t part;  // of a field of several
};

// Where the fields of an entry stand.
class FieldTree {
 public:
  explicit FieldTree(const BoardDefinition& definition) {
    AddMaybe(definition.id, Field::kId);
    AddMaybe(definition.path, Field::kPath);
    AddMaybe(definition.requisition, Field::kRequisition);
    Add(definition.title, {Field::kTitle, 0});
    AddMaybe(definition.url, Field::kUrl);
    AddMaybe(definition.company, Field::kCompany);
    AddParts(definition.location, Field::kLocation);
    AddParts(definition.location_else, Field::kLocationElse);
    AddParts(definition.content, Field::kContent);
    AddParts(definition.requirements, Field::kRequirements);
    for (const FactField& one : definition.facts.single)
      Add(one.at, {Field::kFact, static_cast<std::size_t>(one.fact)});
    AddParts(definition.facts.department, Field::kDepartment);
    for (std::size_t i = 0; i < definition.leave_out.size(); ++i)
      Add(definition.leave_out[i].at, {Field::kLeaveOut, i});
  }

  const PointerTree& pointers() const { return pointers_; }
  const Target& TargetOf(int slot) const { return targets_[static_cast<std::size_t>(slot)]; }

 private:
  void Add(const Pointer& pointer, Target target) {
    pointers_.Add(pointer, static_cast<int>(targets_.size()));
    targets_.push_back(target);
  }
  void AddMaybe(const std::optional<Pointer>& pointer, Field field) {
    if (pointer) Add(*pointer, {field, 0});
  }
  void AddParts(const TextParts& parts, Field field) {
    for (std::size_t i = 0; i < parts.size(); ++i) Add(parts[i].at, {field, i});
  }

  PointerTree pointers_;
  std::vector<Target> targets_;
};

// An id or a fact may be a number, a place a list; a title that is either is no title.
bool MayHold(Field field, od::json_type type) {
  switch (field) {
    case Field::kId:
    case Field::kRequisition:
    case Field::kFact:
      return type == od::json_type::string || type == od::json_type::number;
    case Field::kLocation:
    case Field::kLocationElse:
    case Field::kDepartment:
      return type == od::json_type::string || type == od::json_type::array;
    case Field::kPath:
    case Field::kTitle:
    case Field::kUrl:
    case Field::kCompany:
    case Field::kContent:
    case Field::kRequirements:
    case Field::kLeaveOut:
      return type == od::json_type::string;
  }
  std::unreachable();
}

// What has a place for the pointer: a list, where its first key is an index.
od::json_type TypeOf(const Pointer& pointer) {
  const bool is_list = pointer.empty() || std::ranges::all_of(pointer.front(), [](char c) {
                         return c >= '0' && c <= '9';
                       });
  return is_list ? od::json_type::array : od::json_type::object;
}

class PageReader {
 public:
  PageReader(const BoardDefinition& definition, const Holes& holes)
      : definition_(definition),
        entry_type_(TypeOf(definition.title)),
        fields_(definition),
        taker_(definition, holes) {
    root_.Add(definition_.jobs, kJobs);
    if (definition_.total) root_.Add(*definition_.total, kTotal);
    if (definition_.pages) root_.Add(*definition_.pages, kPages);
    if (definition_.next) root_.Add(*definition_.next, kNext);
    if (definition_.good) root_.Add(definition_.good->at, kGood);
  }

  simdjson::error_code Walk(od::value root, od::document& document) {
    document_ = &document;
    return WalkValue(root, root_, [&](const std::vector<int>& slots, std::size_t, od::value value) {
      switch (slots.front()) {
        case kJobs:
          return TakeJobs(value);
        case kTotal:
          return TakeNumber(value, page_.total);
        case kPages:
          return TakeNumber(value, page_.pages);
        case kGood:
          return TakeGood(value);
        default:  // kNext: slots are plain numbers in a tree
          return TakeNext(value);
      }
    });
  }

  // What stands in place of what the answer must hold, as it is written; nothing where it holds it.
  std::optional<std::string> WhyNotGood() const {
    if (!definition_.good || good_ == definition_.good->is) return std::nullopt;
    return fmt::format("{} is {}, not {}", ShowPointer(definition_.good->at),
                       good_.empty() ? "not there" : Excerpt(good_), definition_.good->is);
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
  static simdjson::error_code TakeNumber(od::value value, std::optional<int>& number) {
    JsonText stated;
    if (auto error = AsText(value, stated)) return error;
    if (stated.type != od::json_type::number) return simdjson::SUCCESS;
    number = StatedTotal(*stated.text);
    return simdjson::SUCCESS;
  }

  simdjson::error_code TakeGood(od::value value) {
    JsonText good;
    if (auto error = AsText(value, good)) return error;
    good_ = good.written;
    return simdjson::SUCCESS;
  }

  simdjson::error_code TakeNext(od::value value) {
    JsonText next;
    if (auto error = AsText(value, next)) return error;
    page_.next = next.text.value_or("");
    return simdjson::SUCCESS;
  }

  simdjson::error_code ReadEntries(od::array entries) {
    EntryTexts texts;
    for (auto element : entries) {
      ++place_;
      od::value entry;
      if (auto error = element.get(entry)) return error;
      od::json_type type;
      if (auto error = entry.type().get(type)) return error;
      if (type != entry_type_) {
        std::string_view raw = entry.raw_json_token();
        od::array list;
        if (type == od::json_type::array) {
          if (auto error = entry.get_array().get(list)) return error;
          if (auto error = list.raw_json().get(raw)) return error;
        }
        EntryTaker::AddUnread(fmt::format("that is {}, no {}", NameOf(type),
                                          entry_type_ == od::json_type::array ? "list" : "object"),
                              Trim(raw), place_, {}, {}, page_);
        continue;
      }
      const char* begin = entry.raw_json_token().data();
      texts.Clear();
      if (auto error = ReadTexts(entry, texts)) return error;
      const char* end = nullptr;
      if (auto error = document_->current_location().get(end)) return error;
      taker_.Take(texts, place_, Trim(std::string_view(begin, end)), page_);
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code ReadTexts(od::value entry, EntryTexts& texts) {
    return WalkValue(entry, fields_.pointers(),
                     [&](const std::vector<int>& slots, std::size_t element, od::value value) {
                       if (auto error = AsText(value, found_)) return error;
                       for (const int slot : slots)
                         TakeText(fields_.TargetOf(slot), element, found_, texts);
                       return simdjson::SUCCESS;
                     });
  }

  void TakeText(const Target& target, std::size_t element, const JsonText& found,
                EntryTexts& texts) const {
    if (target.field == Field::kLeaveOut) {
      if (found.written == definition_.leave_out[target.part].is) texts.left_out = true;
      return;
    }
    if (target.field == Field::kFact && IsTruth(static_cast<StatedFact>(target.part)) &&
        found.type == od::json_type::boolean)
      texts.facts.single[target.part] = found.written;
    if (!found.text || !MayHold(target.field, found.type)) return;
    const auto add_to = [&](std::vector<Piece>& pieces) {
      pieces.push_back({.part = target.part, .element = element, .text = std::string(*found.text)});
    };
    switch (target.field) {
      case Field::kId:
        texts.id = *found.text;
        return;
      case Field::kPath:
        texts.path = *found.text;
        return;
      case Field::kRequisition:
        texts.requisition = *found.text;
        return;
      case Field::kTitle:
        texts.title = *found.text;
        return;
      case Field::kUrl:
        texts.url = *found.text;
        return;
      case Field::kCompany:
        texts.company = *found.text;
        return;
      case Field::kLocation:
        add_to(texts.location);
        return;
      case Field::kLocationElse:
        add_to(texts.location_else);
        return;
      case Field::kContent:
        add_to(texts.content);
        return;
      case Field::kRequirements:
        add_to(texts.requirements);
        return;
      case Field::kFact:
        texts.facts.single[target.part] = *found.text;
        return;
      case Field::kDepartment:
        add_to(texts.facts.department);
        return;
      case Field::kLeaveOut:
        return;
    }
  }

  const BoardDefinition& definition_;
  od::json_type entry_type_;
  od::document* document_ = nullptr;
  int place_ = 0;  // of the entry in the page, from 1
  FieldTree fields_;
  PointerTree root_;
  EntryTaker taker_;
  JsonText found_;
  ListingPage page_;
  std::string good_;
  std::optional<od::json_type> jobs_type_;
};

// Reads the one object or list that `body` is, all of it; what went wrong otherwise.
template <typename Read>
std::optional<std::string> WhyUnreadable(std::string_view body, od::json_type promised, Read read) {
  if (Trim(body).empty()) return "an empty answer";
  const auto because = [](std::string_view what, simdjson::error_code error) {
    return fmt::format("{} ({})", what, simdjson::error_message(error));
  };
  const simdjson::padded_string padded(body);
  od::parser parser;
  od::document document;
  if (auto error = parser.iterate(padded).get(document)) return because("no JSON", error);
  od::json_type type;
  if (auto error = document.type().get(type)) return because("no JSON", error);
  if (type != promised)
    return promised == od::json_type::array ? "no JSON array" : "no JSON object";
  od::value root;
  if (auto error = document.get_value().get(root)) return because("no JSON", error);
  if (auto error = read(root, document)) return because("JSON that is cut short or broken", error);
  if (document.current_location().error() == simdjson::SUCCESS) return "more than one JSON value";
  return std::nullopt;
}

std::string Described(std::string_view what, std::string_view body) {
  return body.empty() ? std::string(what)
                      : fmt::format("{} in {} bytes: {}", what, body.size(), Excerpt(body));
}

}  // namespace

Result<ListingPage> ReadPage(const BoardAddress& address, const Holes& holes,
                             std::string_view body) {
  const auto not_promised = [&](std::string_view what) {
    return Fail(Errc::kUpstream, fmt::format("{}: {}", Shown(address), Described(what, body)));
  };
  const BoardDefinition& definition = *address.definition;
  std::string in_page;
  std::string_view json = body;
  if (!definition.markers.empty()) {
    auto found = JsonBehind(body, definition.markers);
    if (!found) return not_promised(found.error().message);
    json = in_page = *std::move(found);
  }
  const Pointer& pointer = definition.jobs;
  PageReader reader(definition, holes);
  if (const auto why = WhyUnreadable(
          json, TypeOf(pointer),
          [&](od::value root, od::document& document) { return reader.Walk(root, document); }))
    return not_promised(*why);
  if (const auto why = reader.WhyNotGood()) return not_promised(*why + ",");
  const std::string jobs = fmt::format("{}", fmt::join(pointer, "/"));
  if (!reader.jobs_type()) return not_promised(fmt::format("no \"{}\" array", jobs));
  if (*reader.jobs_type() != od::json_type::array)
    return not_promised(fmt::format("\"{}\" is {}, no array,", jobs, NameOf(*reader.jobs_type())));
  return reader.TakePage();
}

Result<std::vector<Piece>> ReadPieces(std::string_view body, const TextParts& parts) {
  PointerTree tree;
  for (std::size_t i = 0; i < parts.size(); ++i) tree.Add(parts[i].at, static_cast<int>(i));
  std::vector<Piece> pieces;
  const TakeValue take = [&](const std::vector<int>& slots, std::size_t element, od::value value) {
    JsonText found;
    if (auto error = AsText(value, found)) return error;
    if (found.type == od::json_type::object) found.text = "{}";
    if (!found.text) return simdjson::SUCCESS;
    for (const int slot : slots)
      pieces.push_back({.part = static_cast<std::size_t>(slot),
                        .element = element,
                        .text = std::string(*found.text)});
    return simdjson::SUCCESS;
  };
  const auto why = WhyUnreadable(body, od::json_type::object, [&](od::value root, od::document&) {
    return WalkValue(root, tree, take);
  });
  if (why) return Fail(Errc::kUpstream, Described(*why, body));
  return pieces;
}

Result<std::optional<std::string>> ReadValue(std::string_view body, const Pointer& pointer) {
  TRY(auto pieces, ReadPieces(body, {{.at = pointer, .group = 0}}));
  if (pieces.empty()) return std::nullopt;
  return std::move(pieces.back().text);
}

}  // namespace rolecall
