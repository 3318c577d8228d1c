// Careers addresses as people paste them: which token of a kind of board stands in one.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "boards/definition_table.h"
#include "boards/template.h"

namespace rolecall {

// What addresses of a kind look like, from the host on, and what of one makes the token.
struct CareersUrl {
  std::shared_ptr<const re2::RE2> url;  // its named groups fill the token
  Template token;
};

// The key `careers`, a list of { url, token }; empty where there is none.
Result<std::vector<CareersUrl>> ReadCareersUrls(DefinitionTable& top, std::string_view origin);

// The token in an address; nothing where it is none of these.
std::optional<std::string> TokenIn(std::string_view address, const std::vector<CareersUrl>& urls);

// What looks like a token of the kind and is none.
struct NoToken {
  std::shared_ptr<const re2::RE2> token;
  std::string why;
};

// The key `no_token`, a list of { token, why }; empty where there is none.
Result<std::vector<NoToken>> ReadNoTokens(DefinitionTable& top, std::string_view origin);

}  // namespace rolecall
