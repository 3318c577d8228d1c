// Finds facts in a job's own answer, under the same words as in a listing.
#include "boards/answer_facts.h"

#include <simdjson.h>

#include "boards/json_walk.h"

namespace rolecall {
namespace {
namespace od = simdjson::ondemand;

// The slot behind those of the single facts.
constexpr int kDepartmentSlots = static_cast<int>(kStatedFacts);

void TakeAnswerFact(int slot, std::size_t element, const JsonText& found, FactTexts& texts) {
  if (slot >= kDepartmentSlots) {
    if (found.text && (found.type == od::json_type::string || found.type == od::json_type::array))
      texts.department.push_back({.part = static_cast<std::size_t>(slot - kDepartmentSlots),
                                  .element = element,
                                  .text = std::string(*found.text)});
    return;
  }
  const auto fact = static_cast<StatedFact>(slot);
  if (IsTruth(fact) && found.type == od::json_type::boolean) texts[fact] = found.written;
  if (found.text && (found.type == od::json_type::string || found.type == od::json_type::number))
    texts[fact] = *found.text;
}

}  // namespace

JobFacts FactsInAnswer(const FactFields& fields, std::string_view json) {
  PointerTree tree;
  for (const FactField& one : fields.single) tree.Add(one.at, static_cast<int>(one.fact));
  for (std::size_t part = 0; part < fields.department.size(); ++part)
    tree.Add(fields.department[part].at, kDepartmentSlots + static_cast<int>(part));
  FactTexts texts;
  JsonText found;
  const simdjson::padded_string padded(json);
  od::parser parser;
  od::document document;
  od::value root;
  if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
      document.get_value().get(root) != simdjson::SUCCESS)
    return {};
  const auto error = WalkValue(
      root, tree, [&](const std::vector<int>& slots, std::size_t element, od::value value) {
        if (auto unread = AsText(value, found)) return unread;
        for (const int slot : slots) TakeAnswerFact(slot, element, found, texts);
        return simdjson::SUCCESS;
      });
  return error == simdjson::SUCCESS ? FactsOf(fields, std::move(texts)) : JobFacts{};
}

JobFacts FactsOfPosting(const JobPosting& posting) {
  FactTexts texts;
  texts[StatedFact::kPosted] = posting.posted_on;
  texts[StatedFact::kWorkplace] = posting.location_type;
  texts[StatedFact::kSalary] = posting.salary.words;
  texts[StatedFact::kLeast] = posting.salary.least;
  texts[StatedFact::kMost] = posting.salary.most;
  texts[StatedFact::kCurrency] = posting.salary.currency;
  texts[StatedFact::kPer] = posting.salary.per;
  return FactsOf({}, std::move(texts));
}

}  // namespace rolecall
