// Reads what proves a job gone. What a vendor answers in haste or as a block is refused here.
#include "boards/definition_witness.h"

#include <fmt/format.h>

#include <utility>

#include "boards/definition_table.h"

namespace rolecall {
namespace {

// 404 and 410 say it by themselves; another status only together with a word of the vendor's own,
// and these never: they tell of a block, of haste or of a timeout.
Result<GoneRule> ReadGoneRule(DefinitionTable& rule) {
  TRY(const int status, rule.Number("status", 0));
  TRY(const auto body_has, rule.MaybeText("body_has"));
  if (status < 400 || status > 499 || status == 401 || status == 408 || status == 429)
    return rule.Wrong("status",
                      "must be from 400 to 499, and neither 401, 408 nor 429: nothing "
                      "else proves a job gone");
  if (status != 404 && status != 410 && !body_has)
    return rule.Wrong("status",
                      fmt::format("{} alone is no evidence: say what the body has", status));
  return GoneRule{.status = status, .body_has = body_has.value_or("")};
}

}  // namespace

Result<void> ReadWitness(DefinitionTable& witness, std::string_view origin,
                         BoardDefinition& definition, const std::vector<std::string>& with_id) {
  if (!witness.exists()) return {};
  WitnessRules rules;
  TRY(auto url, witness.MaybeUrl("url", with_id));
  if (!url) return witness.Wrong("url", "is missing");
  rules.url = *std::move(url);
  TRY(rules.stands_has, witness.MaybeBody("stands_has", with_id));
  TRY(rules.stands_posting, witness.IsTrue("stands_posting"));
  if (!rules.stands_has && !rules.stands_posting) {
    TRY(rules.stands, witness.NeededPointer("stands"));
  }
  TRY(rules.stands_equals_id, witness.IsTrue("stands_equals_id"));
  CHECK_OK(EachTable(witness, "gone", origin, [&](DefinitionTable& table) -> Result<void> {
    TRY(GoneRule rule, ReadGoneRule(table));
    rules.gone.push_back(std::move(rule));
    return {};
  }));
  if (rules.gone.empty())
    return witness.Wrong("gone", "must list what means gone, such as { status = 404 }");
  definition.witness = std::move(rules);
  return {};
}

}  // namespace rolecall
