// Fills the URLs and bodies of a definition. Split into literal parts and holes once, joined for
// each request.
#include "boards/template.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "base/text.h"

namespace rolecall {

Result<Template> Template::Read(std::string_view text, const std::vector<std::string>& names,
                                Braces braces) {
  static const re2::RE2 kHole(R"(\{([A-Za-z_][A-Za-z0-9_]*)(?::(path|raw))?\})");
  Template read;
  const auto literal = [&](std::string_view part) -> Result<void> {
    const auto brace = part.find_first_of("{}");
    if (braces == Braces::kRefused && brace != std::string_view::npos)
      return Fail(Errc::kInvalidInput,
                  fmt::format("\"{}\" makes no hole: write {{{}}}, {{{}:path}} or {{{}:raw}}",
                              part.substr(brace), names.front(), names.front(), names.front()));
    read.parts_.emplace_back(Encoding::kLiteral, std::string(part));
    return {};
  };
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
    CHECK_OK(literal(text.substr(0, before)));
    read.parts_.emplace_back(how == "path"  ? Encoding::kPath
                             : how == "raw" ? Encoding::kRaw
                                            : Encoding::kWhole,
                             name);
    text.remove_prefix(before + found[0].size());
  }
  CHECK_OK(literal(text));
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
    if (hole == holes.end()) continue;
    const std::string& value = hole->second;
    filled += encoding == Encoding::kRaw    ? value
              : encoding == Encoding::kPath ? PercentEncode(value, Slash::kKeep)
                                            : PercentEncode(value);
  }
  return filled;
}

bool Template::Has(std::string_view hole) const {
  return std::ranges::any_of(parts_, [&](const auto& part) {
    return part.first != Encoding::kLiteral && part.second == hole;
  });
}

}  // namespace rolecall
