// A kind of board, compiled: what stands in its TOML file, checked, its pointers and templates
// split once.
#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "boards/board.h"
#include "boards/quirks.h"

namespace rolecall {

// A JSON pointer (RFC 6901) as the keys on its way.
using Pointer = std::vector<std::string>;

// What fills the {holes} of a template: name → value.
using Holes = std::map<std::string, std::string, std::less<>>;

// A text with holes: {name} is percent-encoded, {name:path} likewise but for slashes, {name:raw}
// not at all.
class Template {
 public:
  // Fails on a hole that is not among `names`.
  static Result<Template> Read(std::string_view text, const std::vector<std::string>& names);
  std::string Fill(const Holes& holes) const;

 private:
  enum class Encoding { kLiteral, kWhole, kPath, kRaw };
  std::vector<std::pair<Encoding, std::string>> parts_;
};

enum class Paging { kNone, kOffset, kPage };
enum class TotalOn { kEveryPage, kFirstPage };
enum class Escaping { kText, kHtml, kEscapedHtml };

struct GoneRule {
  int status = 404;
  std::string body_has;  // empty: the status alone says it
};

struct WitnessRules {
  Template url;
  Pointer stands;  // must be in a 200 that shows the job
  bool stands_equals_id = false;
  std::vector<GoneRule> gone;
};

struct BoardDefinition {
  BoardTraits traits;
  std::shared_ptr<const re2::RE2> token;  // its named groups are holes too
  std::string token_shape;

  Template list_url;
  std::string method = "GET";
  std::optional<Template> body;
  std::vector<std::pair<std::string, std::string>> headers;
  Paging paging = Paging::kNone;
  int page_size = 0;
  Pointer jobs;
  std::optional<Pointer> total;
  TotalOn total_on = TotalOn::kEveryPage;

  Pointer id, title;
  std::optional<Pointer> url, location, content;
  std::optional<Template> url_template;  // instead of `url`

  Escaping escaping = Escaping::kHtml;
  std::optional<Template> content_url;
  Pointer description;
  std::optional<WitnessRules> witness;
  std::vector<Quirk> quirks;
};

// The holes that an address fills: token, and the groups of its kind's token pattern.
Holes HolesOf(const BoardAddress& address);

// "greenhouse acme", to begin a sentence about it.
std::string Shown(const BoardAddress& address);

// One line of at most 80 characters of a body, to show what was found.
std::string Excerpt(std::string_view body);

// Makes another kind known, or another definition of a built-in one. Before threads start.
Result<void> AddDefinition(std::string_view toml, std::string_view origin);

}  // namespace rolecall
