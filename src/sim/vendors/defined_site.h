// A pretended site of a kind of board that its definition describes wholly: its addresses, and the
// answers in which each value stands where the definition reads it.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "boards/definition.h"
#include "sim/answer.h"

namespace rolecall {

// What is scraped of pages for people is none of these.
bool IsDefinedSite(const BoardDefinition& definition);

// The token of a site whose addresses are those of any token, for one that answers anybody.
inline constexpr std::string_view kAnyToken = "70000000000006";

class DefinedSite {
 public:
  explicit DefinedSite(BoardAddress board);

  // Whether any of its addresses is on that host.
  bool IsAt(std::string_view host) const;

  // Nothing where the address is none of the site's.
  std::optional<SimAnswer> Answer(const SimWorld& world, SimCompany& company,
                                  const SimRequest& request) const;

 private:
  // An address or a body with its holes as groups of a pattern.
  struct Asked {
    std::string host;  // empty where it is no address of the web
    std::shared_ptr<const re2::RE2> pattern;
  };
  static Asked Compiled(const Template& text, const Holes& holes);

  std::optional<std::size_t> FirstOfPage(const SimRequest& request) const;
  SimAnswer AnswerLookup() const;
  SimAnswer AnswerList(const SimWorld& world, SimCompany& company, std::size_t first) const;
  SimAnswer AnswerJob(const SimWorld& world, SimCompany& company, const std::string& id) const;

  BoardAddress board_;
  Holes holes_;
  Asked locales_, lookup_, list_, body_, detail_, witness_;
};

}  // namespace rolecall
