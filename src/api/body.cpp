// Reads the JSON body of a request. Boost.JSON reads; what is here knows where a mistake stands.
#include "api/body.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::size_t kMostLevels = 32;
constexpr std::size_t kMostMisfits = 100;

// "line 2, column 7", of the byte at `offset`.
std::string Position(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = std::ranges::count(before, '\n') + 1;
  const auto last = before.rfind('\n');
  const std::size_t column = last == std::string_view::npos ? offset + 1 : offset - last;
  return fmt::format("line {}, column {}", line, column);
}

std::string Between(std::int64_t least, std::int64_t most) {
  if (least == std::numeric_limits<std::int64_t>::min() &&
      most == std::numeric_limits<std::int64_t>::max())
    return "must be a whole number";
  if (most == std::numeric_limits<std::int64_t>::max())
    return fmt::format("must be a whole number of at least {}", least);
  return fmt::format("must be a whole number from {} to {}", least, most);
}

}  // namespace

std::expected<json::value, Reply> ReadJson(std::string_view body) {
  if (Trim(body).empty())
    return std::unexpected(Refuse(400, "The body is empty, and must be JSON."));
  json::parse_options options;
  options.max_depth = kMostLevels;
  json::stream_parser parser({}, options);
  json::error_code failure;
  std::size_t read = parser.write(body.data(), body.size(), failure);
  if (!failure) {
    read = body.size();
    parser.finish(failure);
  }
  if (failure)
    return std::unexpected(Refuse(400, fmt::format("The body is no JSON at {}: {}.",
                                                   Position(body, read), failure.message())));
  return parser.release();
}

void NoteMisfit(std::vector<Misfit>& misfits, Place place, std::string message) {
  if (misfits.size() > kMostMisfits) return;
  if (misfits.size() == kMostMisfits) {
    place = {"body"};
    message = fmt::format("has more mistakes than these {}", kMostMisfits);
  }
  misfits.push_back({.place = std::move(place), .message = std::move(message)});
}

Fields::Fields(const json::value& value, Place place, std::vector<Misfit>& misfits)
    : object_(value.if_object()), place_(std::move(place)), misfits_(misfits) {
  if (object_ == nullptr) NoteAt(place_, "must be an object");
}

Place Fields::PlaceOf(std::string_view name) const {
  Place place = place_;
  place.emplace_back(name);
  return place;
}

void Fields::NoteAt(Place place, std::string message) {
  NoteMisfit(misfits_, std::move(place), std::move(message));
}

void Fields::Note(std::string_view name, std::string message) {
  NoteAt(PlaceOf(name), std::move(message));
}

const json::value* Fields::Find(std::string_view name) {
  asked_.emplace_back(name);
  const json::value* value =
      object_ == nullptr ? nullptr : object_->if_contains({name.data(), name.size()});
  return value == nullptr || value->is_null() ? nullptr : value;
}

const json::value* Fields::Need(std::string_view name) {
  const json::value* value = Find(name);
  if (value == nullptr && object_ != nullptr) Note(name, "is missing");
  return value;
}

std::optional<std::string> Fields::TextOf(const json::value& value, const Place& place,
                                          Length length) {
  const json::string* text = value.if_string();
  if (text == nullptr) {
    NoteAt(place, "must be a text");
    return std::nullopt;
  }
  if (text->size() < length.least || text->size() > length.most) {
    std::string message = fmt::format("must have at most {} bytes", length.most);
    if (text->size() < length.least)
      message = length.least == 1 ? "must not be empty"
                                  : fmt::format("must have at least {} bytes", length.least);
    NoteAt(place, std::move(message));
    return std::nullopt;
  }
  return std::string(text->data(), text->size());
}

std::optional<std::string> Fields::MaybeText(std::string_view name, Length length) {
  const json::value* value = Find(name);
  return value == nullptr ? std::nullopt : TextOf(*value, PlaceOf(name), length);
}

std::string Fields::Text(std::string_view name, Length length) {
  return Need(name) == nullptr ? "" : MaybeText(name, length).value_or("");
}

std::optional<bool> Fields::MaybeFlag(std::string_view name) {
  const json::value* value = Find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_bool()) return value->get_bool();
  Note(name, "must be true or false");
  return std::nullopt;
}

bool Fields::Flag(std::string_view name) {
  return Need(name) != nullptr && MaybeFlag(name).value_or(false);
}

std::optional<std::int64_t> Fields::MaybeNumber(std::string_view name, std::int64_t least,
                                                std::int64_t most) {
  const json::value* value = Find(name);
  if (value == nullptr) return std::nullopt;
  const std::int64_t* number = value->if_int64();
  if (number != nullptr && *number >= least && *number <= most) return *number;
  Note(name, Between(least, most));
  return std::nullopt;
}

std::int64_t Fields::Number(std::string_view name, std::int64_t least, std::int64_t most) {
  return Need(name) == nullptr ? 0 : MaybeNumber(name, least, most).value_or(0);
}

std::optional<std::vector<std::string>> Fields::MaybeTexts(std::string_view name,
                                                           std::size_t most_texts, Length length) {
  const json::value* value = Find(name);
  if (value == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  const std::size_t misfits = misfits_.size();
  Place place = PlaceOf(name);
  for (const json::value* item : Items(*value, place, most_texts, misfits_)) {
    place.push_back(std::to_string(texts.size()));
    const auto text = TextOf(*item, place, length);
    texts.push_back(text.value_or(""));
    place.pop_back();
  }
  if (misfits_.size() > misfits) return std::nullopt;
  return texts;
}

std::vector<std::string> Fields::Texts(std::string_view name, std::size_t most_texts,
                                       Length length) {
  if (Need(name) == nullptr) return {};
  return MaybeTexts(name, most_texts, length).value_or(std::vector<std::string>());
}

std::optional<Fields> Fields::MaybeObject(std::string_view name) {
  const json::value* value = Find(name);
  if (value == nullptr) return std::nullopt;
  return Fields(*value, PlaceOf(name), misfits_);
}

Fields Fields::Object(std::string_view name) {
  static const json::value kNothing = json::object();
  if (const json::value* value = Need(name)) return {*value, PlaceOf(name), misfits_};
  Fields none(kNothing, PlaceOf(name), misfits_);
  none.object_ = nullptr;
  return none;
}

void Fields::Close() {
  if (object_ == nullptr) return;
  for (const auto& [key, value] : *object_) {
    const std::string_view name(key.data(), key.size());
    if (misfits_.size() > kMostMisfits) return;
    if (std::ranges::find(asked_, name) != asked_.end()) continue;
    Note(name, "is no field that is known here." + DidYouMean(name, asked_));
  }
}

std::vector<const json::value*> Items(const json::value& value, const Place& place,
                                      std::size_t most, std::vector<Misfit>& misfits) {
  const json::array* array = value.if_array();
  if (array == nullptr || array->size() > most) {
    NoteMisfit(
        misfits, place,
        array == nullptr ? "must be a list" : fmt::format("must have at most {} elements", most));
    return {};
  }
  std::vector<const json::value*> items;
  items.reserve(array->size());
  for (const json::value& item : *array) items.push_back(&item);
  return items;
}

}  // namespace rolecall
