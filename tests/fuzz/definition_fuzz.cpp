// The bytes are a definition, and behind record separators the answers of a board of it. What is
// refused names the file and a key, or a line; what is read is read the same again, and a board of
// it keeps to what all boards do.
#include <re2/re2.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "tests/fuzz/board_checks.h"
#include "tests/fuzz/targets.h"

namespace rolecall {
namespace {

constexpr std::string_view kOrigin = "fuzzed.toml";

void CheckRefused(const Error& error) {
  static const re2::RE2 kSentence(
      R"((?s)board definition fuzzed\.toml: (line [1-9][0-9]*|[^ ].*): .+)");
  Demand(error.code == Errc::kInvalidInput, "a definition that is refused is an input");
  Demand(re2::RE2::FullMatch(error.message, kSentence), "what is refused names file and key");
  Demand(IsWhole(error.message), "why a definition is refused is a text");
}

void CheckSame(const BoardTraits& traits, const BoardTraits& again) {
  Demand(!traits.kind.empty() && !traits.title.empty() && !traits.pacing_key.empty(),
         "a definition says whose boards it reads");
  Demand(traits.version >= 1, "a definition has a version");
  Demand(traits.kind == again.kind && traits.title == again.title &&
             traits.version == again.version && traits.ids_in_paths == again.ids_in_paths &&
             traits.has_second_witness == again.has_second_witness &&
             traits.content_by_request == again.content_by_request,
         "a definition is read the same again");
}

}  // namespace

void FuzzDefinition(std::string_view bytes) {
  const std::string_view toml = bytes.substr(0, bytes.find('\x1e'));
  const auto read = ReadDefinition(toml, kOrigin);
  const auto again = ReadDefinition(toml, kOrigin);
  Demand(read.has_value() == again.has_value(), "a definition is refused or read each time");
  if (!read) {
    Demand(read.error().message == again.error().message, "it is refused for the same each time");
    return CheckRefused(read.error());
  }
  CheckSame(Traits(*(*read)), Traits(*(*again)));
  if (toml.size() == bytes.size()) return;
  const BoardAddress board{*read, "acme"};
  std::ignore = CheckedReading(board, AnswersIn(bytes.substr(toml.size() + 1)), bytes.size());
}

}  // namespace rolecall
