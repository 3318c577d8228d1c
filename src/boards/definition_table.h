// One table of a definition, read strictly: a value of another type, or a key that nobody asked
// for, is an error that names the file and the key.
#pragma once

#include <fmt/format.h>
#include <re2/re2.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "boards/json_pointer.h"
#include "boards/template.h"
#include "boards/text_parts.h"
#include "boards/toml.h"

namespace rolecall {

enum class Parting : std::uint8_t { kPlaces, kTexts };

class DefinitionTable {
 public:
  // `table` null: the definition has no such table. `name` empty: the definition itself.
  DefinitionTable(const toml::table* table, std::string_view origin, std::string name)
      : table_(table), origin_(origin), name_(std::move(name)) {}

  // The key as errors name it: "witness.gone".
  std::string NameOf(std::string_view key) const {
    return name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
  }
  bool exists() const { return table_ != nullptr; }
  std::unexpected<Error> Wrong(std::string_view key, std::string_view what) const;
  // A key that must be there, with the one that stands there and is nearly it.
  std::unexpected<Error> Missing(std::string_view key) const;

  // The value as it stands, null where there is none.
  const toml::node* Find(std::string_view key);

  Result<std::optional<std::string>> MaybeText(std::string_view key);
  Result<std::string> Text(std::string_view key);
  Result<std::optional<Pointer>> MaybePointer(std::string_view key);
  Result<Pointer> NeededPointer(std::string_view key);
  // A list of texts; empty where there is none.
  Result<std::vector<std::string>> MaybeTexts(std::string_view key);
  // A pointer, or a list of them; empty where there is none. Of places each may be a list again, of
  // the words of one place; of texts each may be { heading = "/pointer" }.
  Result<TextParts> MaybeParts(std::string_view key, Parting parting);
  // A text, a number or a truth value, as JSON writes it; a text without quotes.
  Result<std::string> Scalar(std::string_view key);
  Result<std::optional<Template>> MaybeBody(std::string_view key,
                                            const std::vector<std::string>& holes);
  Result<std::optional<Template>> MaybeUrl(std::string_view key,
                                           const std::vector<std::string>& holes);
  // A regular expression that must be there.
  Result<std::shared_ptr<const re2::RE2>> Pattern(std::string_view key);
  Result<int> Number(std::string_view key, int otherwise);

  // A table of HTTP headers, name to value; empty where there is none.
  Result<std::vector<std::pair<std::string, std::string>>> Headers(std::string_view key);
  // A list of HTTP statuses; empty where there is none.
  Result<std::vector<int>> Statuses(std::string_view key);

  template <typename T, std::size_t N>
  Result<T> OneOf(std::string_view key, const std::pair<std::string_view, T> (&choices)[N],
                  T otherwise) {
    TRY(const auto text, MaybeText(key));
    if (!text) return otherwise;
    std::vector<std::string> names;
    for (const auto& [name, value] : choices) {
      if (name == *text) return value;
      names.emplace_back(name);
    }
    return Wrong(key, fmt::format("\"{}\" is none of {}.{}", *text, fmt::join(names, ", "),
                                  DidYouMean(*text, names)));
  }

  // Whether it is `true`; false where it is not there.
  Result<bool> IsTrue(std::string_view key);

  // After everything that is known was asked for.
  Result<void> RefuseOthers() const;

 private:
  const toml::table* table_;
  std::string_view origin_;
  std::string name_;
  std::vector<std::string> known_;
};

// Calls `read(table)` for each table of the list at the key, and refuses what it did not ask for.
template <typename Read>
Result<void> EachTable(DefinitionTable& of, std::string_view key, std::string_view origin,
                       Read read) {
  const toml::node* node = of.Find(key);
  if (node == nullptr) return {};
  if (!node->is_array()) return of.Wrong(key, "must be a list of tables");
  for (const auto& one : *node->as_array()) {
    if (!one.is_table()) return of.Wrong(key, "must be a list of tables");
    DefinitionTable table(one.as_table(), origin, of.NameOf(key));
    CHECK_OK(read(table));
    CHECK_OK(table.RefuseOthers());
  }
  return {};
}

}  // namespace rolecall
