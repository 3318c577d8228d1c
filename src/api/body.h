// The JSON body of a request: read once, and everything in it that cannot be right told at once.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <expected>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace rolecall {

// {"body", "0", "company_name"}, as in Misfit.
using Place = std::vector<std::string>;

// The JSON of a body; otherwise a 400 that says at which line and column it stops being JSON. Of a
// key that comes twice the last value counts. At most 32 levels deep.
std::expected<boost::json::value, Reply> ReadJson(std::string_view body);

struct Length {  // of a text, in bytes
  std::size_t least = 0;
  std::size_t most = 4096;
};

// Notes what cannot be right at a place. After the hundredth mistake of a body one more says that
// there are more, and nothing further is noted: what a stranger is told stays small.
void NoteMisfit(std::vector<Misfit>& misfits, Place place, std::string message);

// The fields of one object. Whatever cannot be right is noted in `misfits` with its place, and
// reads as empty; a value that is no object is noted once, and its fields read as empty without a
// further word. The value and `misfits` outlive this.
//   Fields fields(*json, {"body"}, misfits);
//   const std::string email = fields.Text("email", {.least = 1});
//   fields.Close();
//   if (!misfits.empty()) return Unprocessable(misfits);
class Fields {
 public:
  Fields(const boost::json::value& value, Place place, std::vector<Misfit>& misfits);

  // Fields that must be there.
  std::string Text(std::string_view name, Length length = {});
  bool Flag(std::string_view name);
  std::int64_t Number(std::string_view name,
                      std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                      std::int64_t most = std::numeric_limits<std::int64_t>::max());
  std::vector<std::string> Texts(std::string_view name, std::size_t most_texts = 1000,
                                 Length length = {});
  Fields Object(std::string_view name);

  // Fields that may be left out, or be null: nothing then.
  std::optional<std::string> MaybeText(std::string_view name, Length length = {});
  std::optional<bool> MaybeFlag(std::string_view name);
  std::optional<std::int64_t> MaybeNumber(
      std::string_view name, std::int64_t least = std::numeric_limits<std::int64_t>::min(),
      std::int64_t most = std::numeric_limits<std::int64_t>::max());
  std::optional<std::vector<std::string>> MaybeTexts(std::string_view name,
                                                     std::size_t most_texts = 1000,
                                                     Length length = {});
  std::optional<Fields> MaybeObject(std::string_view name);

  // Notes that the value of a field, by what the caller knows, cannot be right.
  void Note(std::string_view name, std::string message);

  // Notes each field that none of the above asked for.
  void Close();

 private:
  const boost::json::value* Find(std::string_view name);
  const boost::json::value* Need(std::string_view name);  // notes where it is missing
  std::optional<std::string> TextOf(const boost::json::value& value, const Place& place,
                                    Length length);
  Place PlaceOf(std::string_view name) const;
  void NoteAt(Place place, std::string message);

  const boost::json::object* object_;  // null where the value is none
  Place place_;
  std::vector<Misfit>& misfits_;
  std::vector<std::string> asked_;
};

// The elements of an array of at most `most`; none, and a misfit, where the value is no such array.
// The value outlives the answer.
std::vector<const boost::json::value*> Items(const boost::json::value& value, const Place& place,
                                             std::size_t most, std::vector<Misfit>& misfits);

}  // namespace rolecall
