// Reads a definition strictly: what is not understood is an error that names the file and the key.
#include "boards/definition.h"

#include <fmt/format.h>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>

#include "base/guarded.h"
#include "base/text.h"

namespace rolecall {
namespace {

// Definitions live as long as the program: addresses point at them.
const BoardDefinition* Keep(std::unique_ptr<const BoardDefinition> definition) {
  static Guarded<std::vector<std::unique_ptr<const BoardDefinition>>> all;
  return all.With([&](auto& kept) { return kept.emplace_back(std::move(definition)).get(); });
}

const std::vector<std::string> kPageHoles{"size", "offset", "page"};

std::unexpected<Error> Bad(std::string_view origin, std::string_view key, std::string_view what) {
  return Fail(Errc::kInvalidInput, fmt::format("board definition {}: {}: {}", origin, key, what));
}

// One table of a definition; remembers which keys were asked for, so that the others can be
// refused.
class Section {
 public:
  Section(const toml::table* table, std::string_view origin, std::string name)
      : table_(table), origin_(origin), name_(std::move(name)) {}

  bool exists() const { return table_ != nullptr; }
  std::string Key(std::string_view key) const {
    return name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
  }
  std::unexpected<Error> Wrong(std::string_view key, std::string_view what) const {
    return Bad(origin_, Key(key), what);
  }

  const toml::node* Find(std::string_view key) {
    known_.emplace_back(key);
    return table_ == nullptr ? nullptr : table_->get(key);
  }

  Result<std::optional<std::string>> MaybeText(std::string_view key) {
    const toml::node* node = Find(key);
    if (node == nullptr) return std::nullopt;
    const auto text = node->value_exact<std::string>();
    if (!text || text->empty()) return Wrong(key, "must be a text that is not empty");
    return *text;
  }

  Result<std::string> Text(std::string_view key) {
    TRY(auto text, MaybeText(key));
    if (!text) return Wrong(key, "is missing");
    return *std::move(text);
  }

  Result<std::optional<Pointer>> MaybePointer(std::string_view key) {
    TRY(const auto text, MaybeText(key));
    if (!text) return std::nullopt;
    TRY(auto pointer, ReadPointer(key, *text));
    return pointer;
  }

  Result<Pointer> ReadPointer(std::string_view key, std::string_view text) {
    if (!text.starts_with('/') || text.ends_with('/') || text.find("//") != std::string_view::npos)
      return Wrong(key,
                   fmt::format("\"{}\" is no JSON pointer: write one like /location/name", text));
    Pointer pointer;
    for (text.remove_prefix(1);;) {
      const auto slash = text.find('/');
      pointer.emplace_back(text.substr(0, slash));
      if (slash == std::string_view::npos) return pointer;
      text.remove_prefix(slash + 1);
    }
  }

  Result<Pointer> NeededPointer(std::string_view key) {
    TRY(auto pointer, MaybePointer(key));
    if (!pointer) return Wrong(key, "is missing");
    return *std::move(pointer);
  }

  Result<std::optional<Template>> MaybeTemplate(std::string_view key,
                                                const std::vector<std::string>& names) {
    TRY(const auto text, MaybeText(key));
    if (!text) return std::nullopt;
    auto read = Template::Read(*text, names);
    if (!read) return Wrong(key, read.error().message);
    return *std::move(read);
  }

  Result<std::optional<Template>> MaybeUrl(std::string_view key,
                                           const std::vector<std::string>& names) {
    TRY(auto url, MaybeTemplate(key, names));
    if (url && !table_->get(key)->value_or<std::string>("").starts_with("https://"))
      return Wrong(key, "must be a URL that begins with https://");
    return url;
  }

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

  Result<int> Number(std::string_view key, int otherwise) {
    const toml::node* node = Find(key);
    if (node == nullptr) return otherwise;
    const auto number = node->value_exact<std::int64_t>();
    if (!number || *number < 1 || *number > 1'000'000)
      return Wrong(key, "must be a whole number from 1");
    return static_cast<int>(*number);
  }

  // After everything that is known was asked for.
  Result<void> RefuseOthers() const {
    if (table_ == nullptr) return {};
    for (const auto& [key, node] : *table_) {
      const std::string name(key.str());
      if (std::ranges::find(known_, name) == known_.end())
        return Wrong(name, "is no key of a definition." + DidYouMean(name, known_));
    }
    return {};
  }

 private:
  const toml::table* table_;
  std::string_view origin_;
  std::string name_;
  std::vector<std::string> known_;
};

Result<void> ReadQuirks(Section& top, BoardDefinition& definition) {
  const toml::node* node = top.Find("quirks");
  if (node == nullptr) return {};
  const toml::array* list = node->as_array();
  if (list == nullptr) return top.Wrong("quirks", "must be a list of names");
  for (const auto& one : *list) {
    const auto name = one.value_or<std::string>("");
    const auto quirk = FindQuirk(name);
    if (!quirk)
      return top.Wrong("quirks", fmt::format("there is no quirk \"{}\".{}", name,
                                             DidYouMean(name, QuirkNames())));
    definition.quirks.push_back(*quirk);
  }
  return {};
}

Result<void> ReadTop(Section& top, BoardDefinition& definition, std::vector<std::string>& holes) {
  TRY(definition.traits.kind, top.Text("kind"));
  TRY(definition.traits.version, top.Number("version", 1));
  TRY(definition.traits.pacing_key, top.Text("pacing_key"));
  TRY(definition.token_shape, top.Text("token_shape"));
  TRY(const std::string pattern, top.Text("token"));
  auto token = std::make_shared<re2::RE2>(pattern, re2::RE2::Quiet);
  if (!token->ok())
    return top.Wrong("token", fmt::format("is no regular expression: {}", token->error()));
  for (const auto& [name, group] : token->NamedCapturingGroups()) holes.push_back(name);
  definition.token = std::move(token);
  const toml::node* zero = top.Find("zero_proves_nothing");
  definition.traits.zero_proves_nothing = zero != nullptr && zero->value_or(false);
  return ReadQuirks(top, definition);
}

Result<void> ReadList(Section& list, BoardDefinition& definition,
                      const std::vector<std::string>& holes) {
  std::vector<std::string> with_pages = holes;
  with_pages.insert(with_pages.end(), kPageHoles.begin(), kPageHoles.end());
  TRY(auto url, list.MaybeUrl("url", with_pages));
  if (!url) return list.Wrong("url", "is missing");
  definition.list_url = *std::move(url);
  TRY(const auto method, list.MaybeText("method"));
  definition.method = method.value_or("GET");
  if (definition.method != "GET" && definition.method != "POST")
    return list.Wrong("method", "must be GET or POST");
  TRY(definition.body, list.MaybeTemplate("body", with_pages));
  constexpr std::pair<std::string_view, Paging> kPagings[] = {
      {"none", Paging::kNone}, {"offset", Paging::kOffset}, {"page", Paging::kPage}};
  TRY(definition.paging, list.OneOf("paging", kPagings, Paging::kNone));
  TRY(definition.page_size, list.Number("size", 0));
  if (definition.paging != Paging::kNone && definition.page_size == 0)
    return list.Wrong("size", "is missing: a board with pages has a size of them");
  TRY(definition.jobs, list.NeededPointer("jobs"));
  TRY(definition.total, list.MaybePointer("total"));
  constexpr std::pair<std::string_view, TotalOn> kTotals[] = {{"every_page", TotalOn::kEveryPage},
                                                              {"first_page", TotalOn::kFirstPage}};
  TRY(definition.total_on, list.OneOf("total_on", kTotals, TotalOn::kEveryPage));
  return {};
}

Result<void> ReadFields(Section& fields, BoardDefinition& definition,
                        const std::vector<std::string>& with_id) {
  TRY(definition.id, fields.NeededPointer("id"));
  TRY(definition.title, fields.NeededPointer("title"));
  TRY(const std::string url, fields.Text("url"));
  if (url.starts_with('/')) {
    TRY(definition.url, fields.ReadPointer("url", url));
  } else {
    TRY(definition.url_template, fields.MaybeUrl("url", with_id));
  }
  TRY(definition.location, fields.MaybePointer("location"));
  TRY(definition.content, fields.MaybePointer("content"));
  return {};
}

Result<void> ReadContentSection(Section& content, BoardDefinition& definition,
                                const std::vector<std::string>& with_id) {
  constexpr std::pair<std::string_view, Escaping> kEscapings[] = {
      {"text", Escaping::kText},
      {"html", Escaping::kHtml},
      {"escaped_html", Escaping::kEscapedHtml}};
  TRY(definition.escaping, content.OneOf("escaping", kEscapings, Escaping::kHtml));
  TRY(definition.content_url, content.MaybeUrl("url", with_id));
  TRY(const auto description, content.MaybePointer("description"));
  if (definition.content_url.has_value() == definition.content.has_value())
    return content.Wrong(
        "url",
        "a content comes either with the list (fields.content) or by a request (content.url)");
  if (definition.content_url && !description) return content.Wrong("description", "is missing");
  definition.description = description.value_or(Pointer{});
  return {};
}

Result<void> ReadWitness(Section& witness, const toml::table* table, BoardDefinition& definition,
                         const std::vector<std::string>& with_id) {
  if (!witness.exists()) return {};
  WitnessRules rules;
  TRY(auto url, witness.MaybeUrl("url", with_id));
  if (!url) return witness.Wrong("url", "is missing");
  rules.url = *std::move(url);
  TRY(rules.stands, witness.NeededPointer("stands"));
  const toml::node* equals = witness.Find("stands_equals_id");
  rules.stands_equals_id = equals != nullptr && equals->value_or(false);
  witness.Find("gone");
  const toml::array* gone = table->get_as<toml::array>("gone");
  if (gone == nullptr || gone->empty())
    return witness.Wrong("gone", "must list what means gone, such as { status = 404 }");
  for (const auto& one : *gone) {
    const toml::table* rule = one.as_table();
    const auto status = rule == nullptr ? std::nullopt : (*rule)["status"].value<std::int64_t>();
    if (!status || *status < 400 || *status > 499)
      return witness.Wrong("gone",
                           "each needs a status from 400 to 499: nothing else proves a job gone");
    rules.gone.push_back(
        {static_cast<int>(*status), (*rule)["body_has"].value_or<std::string>("")});
    const auto& last = rules.gone.back();
    if ((last.status == 403 || last.status == 401 || last.status == 429) && last.body_has.empty())
      return witness.Wrong(
          "gone",
          fmt::format("{} alone is a block, no evidence: say what the body has", last.status));
  }
  definition.witness = std::move(rules);
  return {};
}

}  // namespace

Result<Template> Template::Read(std::string_view text, const std::vector<std::string>& names) {
  static const re2::RE2 kHole(R"(\{([a-z_]+)(?::(path|raw))?\})");
  Template read;
  while (true) {
    re2::StringPiece found[3];
    const re2::StringPiece rest(text.data(), text.size());
    if (!kHole.Match(rest, 0, rest.size(), re2::RE2::UNANCHORED, found, 3)) break;
    const auto before = static_cast<std::size_t>(found[0].data() - text.data());
    const std::string name(found[1].data(), found[1].size());
    const std::string_view how(found[2].data() == nullptr ? "" : found[2].data(), found[2].size());
    if (std::ranges::find(names, name) == names.end())
      return Fail(Errc::kInvalidInput,
                  fmt::format("nothing fills {{{}}}; there are {}.{}", name, fmt::join(names, ", "),
                              DidYouMean(name, names)));
    read.parts_.emplace_back(Encoding::kLiteral, std::string(text.substr(0, before)));
    read.parts_.emplace_back(how == "path"  ? Encoding::kPath
                             : how == "raw" ? Encoding::kRaw
                                            : Encoding::kWhole,
                             name);
    text.remove_prefix(before + found[0].size());
  }
  read.parts_.emplace_back(Encoding::kLiteral, std::string(text));
  return read;
}

std::string Template::Fill(const Holes& holes) const {
  std::string filled;
  for (const auto& [encoding, part] : parts_) {
    if (encoding == Encoding::kLiteral) {
      filled += part;
      continue;
    }
    const auto hole = holes.find(part);
    const std::string value = hole == holes.end() ? "" : hole->second;
    filled += encoding == Encoding::kRaw    ? value
              : encoding == Encoding::kPath ? PercentEncode(value, Slash::kKeep)
                                            : PercentEncode(value);
  }
  return filled;
}

Result<const BoardDefinition*> ReadDefinition(std::string_view text, std::string_view origin) {
  const toml::parse_result parsed = toml::parse(text, origin);
  if (!parsed)
    return Bad(origin, fmt::format("line {}", parsed.error().source().begin.line),
               parsed.error().description());
  const toml::table& root = parsed.table();
  auto definition = std::make_unique<BoardDefinition>();
  std::vector<std::string> holes{"token"};

  Section top(&root, origin, "");
  CHECK_OK(ReadTop(top, *definition, holes));
  std::vector<std::string> with_id = holes;
  with_id.emplace_back("id");
  std::vector<Section> sections;
  for (const char* name : {"list", "fields", "content", "witness"}) {
    const toml::node* node = top.Find(name);
    if (node != nullptr && !node->is_table()) return top.Wrong(name, "must be a table");
    sections.emplace_back(node == nullptr ? nullptr : node->as_table(), origin, name);
  }
  CHECK_OK(ReadList(sections[0], *definition, holes));
  CHECK_OK(ReadFields(sections[1], *definition, with_id));
  CHECK_OK(ReadContentSection(sections[2], *definition, with_id));
  CHECK_OK(ReadWitness(sections[3], root.get_as<toml::table>("witness"), *definition, with_id));
  CHECK_OK(top.RefuseOthers());
  for (const Section& section : sections) CHECK_OK(section.RefuseOthers());

  definition->traits.has_second_witness = definition->witness.has_value();
  definition->traits.content_by_request = definition->content_url.has_value();
  return Keep(std::move(definition));
}

}  // namespace rolecall
