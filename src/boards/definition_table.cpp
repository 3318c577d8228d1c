// Reads one table of a definition. The types of TOML are taken exactly: "20" is no number, 1 no
// truth.
#include "boards/definition_table.h"

#include <algorithm>

namespace rolecall {

std::unexpected<Error> DefinitionTable::Wrong(std::string_view key, std::string_view what) const {
  // A key may hold a NUL, and what toml++ says of one does not stop before it.
  return Fail(Errc::kInvalidInput,
              Mend(fmt::format("board definition {}: {}: {}", origin_, NameOf(key), what)).text);
}

std::unexpected<Error> DefinitionTable::Missing(std::string_view key) const {
  std::vector<std::string> there;
  if (table_ != nullptr)
    for (const auto& [name, node] : *table_)
      if (std::ranges::find(known_, name.str()) == known_.end()) there.emplace_back(name.str());
  const auto nearest = Nearest(key, there);
  return Wrong(key, nearest
                        ? fmt::format("is missing, and \"{}\" is no key of a definition", *nearest)
                        : "is missing");
}

const toml::node* DefinitionTable::Find(std::string_view key) {
  known_.emplace_back(key);
  return table_ == nullptr ? nullptr : table_->get(key);
}

Result<std::optional<std::string>> DefinitionTable::MaybeText(std::string_view key) {
  const toml::node* node = Find(key);
  if (node == nullptr) return std::nullopt;
  const auto text = node->value_exact<std::string>();
  if (!text || text->empty()) return Wrong(key, "must be a text that is not empty");
  return *text;
}

Result<std::string> DefinitionTable::Text(std::string_view key) {
  TRY(auto text, MaybeText(key));
  if (!text) return Missing(key);
  return *std::move(text);
}

Result<std::optional<Pointer>> DefinitionTable::MaybePointer(std::string_view key) {
  TRY(const auto text, MaybeText(key));
  if (!text) return std::nullopt;
  auto pointer = ReadPointer(*text);
  if (!pointer) return Wrong(key, pointer.error().message);
  return *std::move(pointer);
}

Result<Pointer> DefinitionTable::NeededPointer(std::string_view key) {
  TRY(auto pointer, MaybePointer(key));
  if (!pointer) return Missing(key);
  return *std::move(pointer);
}

namespace {

// Texts of one list's entries stay together: those whose pointers are the same up to their last
// "*".
bool AreOfOneList(const Pointer& one, const Pointer& other) {
  const auto list_of = [](const Pointer& pointer) {
    const auto star = std::ranges::find(pointer.rbegin(), pointer.rend(), "*");
    return Pointer(pointer.begin(), star.base());
  };
  return !list_of(one).empty() && list_of(one) == list_of(other);
}

}  // namespace

Result<TextParts> DefinitionTable::MaybeParts(std::string_view key, Parting parting) {
  TextParts parts;
  const toml::node* node = Find(key);
  if (node == nullptr) return parts;
  const auto add = [&](const toml::node& one, int group, bool heading) -> Result<void> {
    auto pointer = ReadPointer(one.value_exact<std::string>().value_or(""));
    if (!pointer) return Wrong(key, pointer.error().message);
    if (parting == Parting::kTexts && !parts.empty() && AreOfOneList(parts.back().at, *pointer))
      group = parts.back().group;
    parts.push_back({.at = *std::move(pointer), .group = group, .heading = heading});
    return {};
  };
  if (node->is_string()) {
    CHECK_OK(add(*node, 0, false));
    return parts;
  }
  if (!node->is_array() || node->as_array()->empty())
    return Wrong(key, "must be a JSON pointer, or a list of them that is not empty");
  int group = 0;
  for (const auto& one : *node->as_array()) {
    const toml::table* table = one.as_table();
    const toml::array* words = one.as_array();
    if (parting == Parting::kPlaces && words != nullptr) {
      for (const auto& word : *words) CHECK_OK(add(word, group, false));
    } else if (parting == Parting::kTexts && table != nullptr) {
      const toml::node* heading = table->get("heading");
      if (heading == nullptr || table->size() != 1)
        return Wrong(key, "holds a table that is not { heading = \"/pointer\" }");
      CHECK_OK(add(*heading, group, true));
    } else {
      CHECK_OK(add(one, group, false));
    }
    ++group;
  }
  return parts;
}

Result<std::vector<std::string>> DefinitionTable::MaybeTexts(std::string_view key) {
  std::vector<std::string> texts;
  const toml::node* node = Find(key);
  if (node == nullptr) return texts;
  const auto wrong = Wrong(key, "must be a list of texts that are not empty");
  if (!node->is_array() || node->as_array()->empty()) return wrong;
  for (const auto& one : *node->as_array()) {
    auto text = one.value_exact<std::string>();
    if (!text || text->empty()) return wrong;
    texts.push_back(*std::move(text));
  }
  return texts;
}

Result<std::string> DefinitionTable::Scalar(std::string_view key) {
  const toml::node* node = Find(key);
  if (node == nullptr) return Missing(key);
  if (const auto text = node->value_exact<std::string>()) return *text;
  if (const auto truth = node->value_exact<bool>()) return *truth ? "true" : "false";
  if (const auto number = node->value_exact<std::int64_t>()) return std::to_string(*number);
  return Wrong(key, "must be a text, a whole number, true or false");
}

Result<std::optional<Template>> DefinitionTable::MaybeBody(std::string_view key,
                                                           const std::vector<std::string>& holes) {
  TRY(const auto text, MaybeText(key));
  if (!text) return std::nullopt;
  auto read = Template::Read(*text, holes, Template::Braces::kLiteral);
  if (!read) return Wrong(key, read.error().message);
  return *std::move(read);
}

Result<std::optional<Template>> DefinitionTable::MaybeUrl(std::string_view key,
                                                          const std::vector<std::string>& holes) {
  static const re2::RE2 kUrl(R"(https://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s"<>\\^`{|}]*)?)");
  TRY(const auto text, MaybeText(key));
  if (!text) return std::nullopt;
  auto read = Template::Read(*text, holes, Template::Braces::kRefused);
  if (!read) return Wrong(key, read.error().message);
  Holes example;
  for (const std::string& hole : holes) example[hole] = "1";
  if (!re2::RE2::FullMatch(read->Fill(example), kUrl))
    return Wrong(key, fmt::format("\"{}\" is no URL that begins with https://", *text));
  return *std::move(read);
}

Result<std::shared_ptr<const re2::RE2>> DefinitionTable::Pattern(std::string_view key) {
  TRY(const std::string text, Text(key));
  auto pattern = std::make_shared<re2::RE2>(text, re2::RE2::Quiet);
  if (!pattern->ok())
    return Wrong(key, fmt::format("is no regular expression: {}", pattern->error()));
  return pattern;
}

Result<int> DefinitionTable::Number(std::string_view key, int otherwise) {
  const toml::node* node = Find(key);
  if (node == nullptr) return otherwise;
  const auto number = node->value_exact<std::int64_t>();
  if (!number || *number < 1 || *number > 1'000'000)
    return Wrong(key, "must be a whole number from 1 to 1000000");
  return static_cast<int>(*number);
}

Result<std::vector<int>> DefinitionTable::Statuses(std::string_view key) {
  std::vector<int> statuses;
  const toml::node* node = Find(key);
  if (node == nullptr) return statuses;
  const auto wrong = Wrong(key, "must be a list of HTTP statuses, such as [400]");
  if (!node->is_array() || node->as_array()->empty()) return wrong;
  for (const auto& one : *node->as_array()) {
    const auto status = one.value_exact<std::int64_t>();
    if (!status || *status < 201 || *status > 599) return wrong;
    statuses.push_back(static_cast<int>(*status));
  }
  return statuses;
}

Result<std::vector<std::pair<std::string, std::string>>> DefinitionTable::Headers(
    std::string_view key) {
  static const re2::RE2 kName("[A-Za-z0-9-]+"), kValue("[\\x20-\\x7e]+");
  std::vector<std::pair<std::string, std::string>> headers;
  const toml::node* node = Find(key);
  if (node == nullptr) return headers;
  const auto wrong = Wrong(key, "must be a table of headers, such as { \"X-Site\" = \"jobs\" }");
  if (!node->is_table()) return wrong;
  for (const auto& [name, value] : *node->as_table()) {
    const auto text = value.value_exact<std::string>();
    if (!text || !re2::RE2::FullMatch(std::string(name.str()), kName) ||
        !re2::RE2::FullMatch(*text, kValue))
      return wrong;
    headers.emplace_back(name.str(), *text);
  }
  return headers;
}

Result<bool> DefinitionTable::IsTrue(std::string_view key) {
  const toml::node* node = Find(key);
  if (node == nullptr) return false;
  const auto truth = node->value_exact<bool>();
  if (!truth) return Wrong(key, "must be true or false");
  return *truth;
}

Result<void> DefinitionTable::RefuseOthers() const {
  if (table_ == nullptr) return {};
  for (const auto& [key, node] : *table_) {
    const std::string name(key.str());
    if (std::ranges::find(known_, name) == known_.end())
      return Wrong(name, "is no key of a definition." + DidYouMean(name, known_));
  }
  return {};
}

}  // namespace rolecall
