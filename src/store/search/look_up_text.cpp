// Looks a filter's words up; whatever befalls the index, the search goes on without it.
#include "store/search/look_up_text.h"

#include <memory>
#include <utility>

#include "search/sought_words.h"
#include "store/search/indexed_jobs.h"

namespace rolecall {

Result<void> LookUpText(Connection& db, KeptIndex* index, std::int64_t user_id, Slips slips,
                        JobFilter& filter, std::string& why) {
  const SoughtWords sought(filter.text);
  if (index == nullptr) {
    if (!sought.words().empty()) why = "there is no search index";
    return {};
  }
  TRY(filter.roll, index->rolls().Load(db, user_id));
  if (sought.words().empty()) return {};
  TRY(const BoardsSum now, LoadBoardsSum(db));
  const auto held = index->UpToDate(db, now, why);
  if (held == nullptr) return {};
  const TextsSoFar texts = index->texts().SoFar(db, now);
  auto found = FindText(*held, texts.index.get(), filter.roll, sought, slips);
  bool lacks_texts = !texts.is_whole;
  // Of two files one may be damaged: what the other has is found.
  if (!found && texts.index != nullptr) {
    if (found.error().code == Errc::kStorage) index->texts().GiveUp(texts.index);
    found = FindText(*held, nullptr, filter.roll, sought, slips);
    lacks_texts = true;
  }
  if (found) {
    found->lacks_texts = lacks_texts;
    filter.hits = std::make_shared<const TextHits>(*std::move(found));
    return {};
  }
  if (found.error().code == Errc::kStorage) index->GiveUp(held);
  why = found.error().message;
  return {};
}

}  // namespace rolecall
