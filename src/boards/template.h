// The URLs and bodies of a definition: text with holes, which an address, a page or a job fills.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace rolecall {

// What fills the {holes} of a template: name → value.
using Holes = std::map<std::string, std::string, std::less<>>;

// {name} is percent-encoded, {name:path} likewise but for slashes, {name:raw} not at all.
class Template {
 public:
  // Whether a brace that makes no hole may stand: in a body of JSON it does, in a URL it is a slip.
  enum class Braces { kLiteral, kRefused };

  // Fails on a hole that is not among `names`.
  static Result<Template> Read(std::string_view text, const std::vector<std::string>& names,
                               Braces braces);
  std::string Fill(const Holes& holes) const;
  bool Has(std::string_view hole) const;

 private:
  enum class Encoding { kLiteral, kWhole, kPath, kRaw };
  std::vector<std::pair<Encoding, std::string>> parts_;
};

}  // namespace rolecall
