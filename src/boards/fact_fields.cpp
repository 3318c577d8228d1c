// Reads where facts stand, and makes lines of what stands there.
#include "boards/fact_fields.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "domain/board_text.h"

namespace rolecall {
namespace {

constexpr std::size_t kLongestFact = 200;  // bytes

using FactKey = std::pair<const char*, StatedFact>;

// A pointer, or a table of such keys.
template <std::size_t N>
Result<void> ReadFact(DefinitionTable& fields, std::string_view origin, FactKey whole,
                      const FactKey (&parts)[N], FactFields& facts) {
  const toml::node* node = fields.Find(whole.first);
  if (node == nullptr) return {};
  if (!node->is_table()) {
    TRY(auto at, fields.NeededPointer(whole.first));
    facts.single.push_back({whole.second, std::move(at)});
    return {};
  }
  DefinitionTable table(node->as_table(), origin, fields.NameOf(whole.first));
  for (const auto& [key, fact] : parts) {
    TRY(auto at, table.MaybePointer(key));
    if (at) facts.single.push_back({fact, *std::move(at)});
  }
  return table.RefuseOthers();
}

std::string FactLine(std::string_view text) {
  std::string line = BoardLine(text);
  std::size_t end = std::min(line.size(), kLongestFact);
  while (end < line.size() && (line[end] & 0xC0) == 0x80) --end;
  line.resize(end);
  return line;
}

// "60000", "135000.0" as a person writes it: "60,000". Empty where it is no number, or none.
std::string AmountOf(std::string_view number) {
  const auto point = number.find('.');
  std::string_view whole = number.substr(0, point);
  std::string_view rest = point == std::string_view::npos ? "" : number.substr(point + 1);
  const auto is_digits = [](std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  while (whole.starts_with('0')) whole.remove_prefix(1);
  if (whole.empty() || whole.size() > 12 || !is_digits(whole) || !is_digits(rest)) return "";
  std::string amount;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) amount += ',';
    amount += whole[i];
  }
  if (rest.find_first_not_of('0') != std::string_view::npos)
    amount += fmt::format(".{:0<2}", rest.substr(0, 2));
  return amount;
}

// " a year", of a board's word for it such as "per-year-salary"; empty where none is known.
std::string PeriodOf(std::string_view word) {
  const std::string folded = Fold(word);
  for (const auto& [part, period] :
       {std::pair("hour", " an hour"), std::pair("hr", " an hour"), std::pair("day", " a day"),
        std::pair("dai", " a day"), std::pair("week", " a week"), std::pair("month", " a month"),
        std::pair("year", " a year"), std::pair("annual", " a year")})
    if (folded.contains(part)) return period;
  return "";
}

std::string SalaryOf(FactTexts& texts) {
  if (const std::string line = FactLine(texts[StatedFact::kSalary]); !line.empty()) return line;
  const std::string least = AmountOf(Trim(texts[StatedFact::kLeast]));
  const std::string most = AmountOf(Trim(texts[StatedFact::kMost]));
  if (least.empty() && most.empty()) return "";
  const std::string amount = least.empty()   ? "up to " + most
                             : most.empty()  ? "from " + least
                             : least == most ? most
                                             : fmt::format("{}–{}", least, most);
  const std::string currency = FactLine(texts[StatedFact::kCurrency]);
  return fmt::format("{}{}{}{}", currency, currency.empty() ? "" : " ", amount,
                     PeriodOf(texts[StatedFact::kPer]));
}

std::string StatedWorkplace(FactTexts& texts) {
  if (std::string known = WorkplaceOf(texts[StatedFact::kWorkplace]); !known.empty()) return known;
  for (const auto& [fact, workplace] :
       {std::pair(StatedFact::kHybrid, "hybrid"), std::pair(StatedFact::kRemote, "remote"),
        std::pair(StatedFact::kOnSite, "on_site")})
    if (texts[fact] == "true") return workplace;
  return "";
}

}  // namespace

bool IsTruth(StatedFact fact) {
  return fact == StatedFact::kRemote || fact == StatedFact::kHybrid || fact == StatedFact::kOnSite;
}

std::string_view KeyOfFact(StatedFact fact) {
  switch (fact) {
    case StatedFact::kPosted:
      return "posted";
    case StatedFact::kWorkplace:
    case StatedFact::kRemote:
    case StatedFact::kHybrid:
    case StatedFact::kOnSite:
      return "workplace";
    case StatedFact::kSalary:
    case StatedFact::kLeast:
    case StatedFact::kMost:
    case StatedFact::kCurrency:
    case StatedFact::kPer:
      return "salary";
  }
  std::unreachable();
}

std::string_view KeyOfAnyFact(const FactFields& fields) {
  return fields.single.empty() ? "department" : KeyOfFact(fields.single.front().fact);
}

Result<FactFields> ReadFactFields(DefinitionTable& fields, std::string_view origin) {
  FactFields facts;
  TRY(auto posted, fields.MaybePointer("posted"));
  if (posted) facts.single.push_back({StatedFact::kPosted, *std::move(posted)});
  constexpr FactKey kFlags[] = {{"remote", StatedFact::kRemote},
                                {"hybrid", StatedFact::kHybrid},
                                {"on_site", StatedFact::kOnSite}};
  CHECK_OK(ReadFact(fields, origin, {"workplace", StatedFact::kWorkplace}, kFlags, facts));
  TRY(facts.department, fields.MaybeParts("department", Parting::kPlaces));
  constexpr FactKey kRange[] = {{"least", StatedFact::kLeast},
                                {"most", StatedFact::kMost},
                                {"currency", StatedFact::kCurrency},
                                {"per", StatedFact::kPer}};
  CHECK_OK(ReadFact(fields, origin, {"salary", StatedFact::kSalary}, kRange, facts));
  return facts;
}

JobFacts FactsOf(const FactFields& fields, FactTexts texts) {
  return {.posted = FactLine(texts[StatedFact::kPosted]),
          .workplace = StatedWorkplace(texts),
          .department = FactLine(PlacesOf(fields.department, std::move(texts.department))),
          .salary = SalaryOf(texts)};
}

}  // namespace rolecall
