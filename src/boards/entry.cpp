// Makes a job of an entry's texts, or says why it is none.
#include "boards/entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "domain/board_text.h"

namespace rolecall {

std::string_view WhyNoJob(const ListedJob& job) {
  if (job.external_id.empty()) return "without id";
  if (job.title.empty()) return "without title";
  if (!job.url.starts_with("https://") && !job.url.starts_with("http://")) return "without URL";
  if (job.external_id.size() > kLongestId) return "with too long an id";
  return std::max(job.url.size(), job.path.size()) > kLongestUrl ? "with too long an address" : "";
}

std::optional<int> StatedTotal(std::string_view text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end || number < 0) return std::nullopt;
  return number;
}

void EntryTexts::Clear() {
  for (std::string* text : {&id, &path, &requisition, &title, &url}) text->clear();
  company.reset();
  for (std::string& text : facts.single) text.clear();
  for (auto* pieces : {&location, &location_else, &content, &requirements, &facts.department})
    pieces->clear();
  left_out = false;
}

ListedJob EntryTaker::JobOf(EntryTexts& texts) {
  const std::string_view path = Trim(texts.path);
  std::string places =
      PlacesOr(definition_.location, definition_.location_else,
               {.main = std::move(texts.location), .otherwise = std::move(texts.location_else)});
  ListedJob job{
      .external_id = definition_.id ? std::string(Trim(texts.id)) : IdInPath(definition_, path),
      .path = {},
      .title = BoardLine(texts.title),
      .location = std::move(places),
      .url = BoardUrl(Trim(texts.url)),
      .content = {},
      .facts = FactsOf(definition_.facts, std::move(texts.facts))};
  if (!definition_.content.empty())
    job.content = WithRequirements(
        JoinTexts(definition_.content, std::move(texts.content), definition_.escaping),
        JoinTexts(definition_.requirements, std::move(texts.requirements), definition_.escaping));
  if (path != job.external_id) job.path = path;
  if (definition_.url_template && !job.external_id.empty()) {
    holes_["id"] = job.external_id;
    holes_["path"] = path.empty() ? job.external_id : path;
    job.url = definition_.url_template->Fill(holes_);
  }
  return job;
}

void EntryTaker::Take(EntryTexts& texts, int place, std::string_view raw, ListingPage& page) {
  if (texts.left_out) {
    ++page.left_out;
    return;
  }
  ListedJob job = JobOf(texts);
  std::string why(WhyNoJob(job));
  if (why.empty() && texts.company && Fold(*texts.company) != Fold(holes_["token"]))
    why = fmt::format("of another company, {},", OneLine(*texts.company));
  if (!why.empty()) {
    AddUnread(why, raw, place, std::move(job), OneLine(texts.requisition), page);
    return;
  }
  for (const Quirk quirk : definition_.quirks) quirk(job);
  page.jobs.push_back(std::move(job));
}

void EntryTaker::AddUnread(std::string_view why, std::string_view raw, int place, ListedJob job,
                           std::string requisition, ListingPage& page) {
  const std::string_view held = !job.external_id.empty() ? job.external_id
                                : !job.title.empty()     ? std::string_view(job.title)
                                                         : raw;
  page.unreadable.push_back({.place = place,
                             .what = fmt::format("an entry {} ({})", why, Excerpt(held)),
                             .digest = ContentDigest(raw),
                             .external_id = std::move(job.external_id),
                             .requisition = std::move(requisition)});
}

}  // namespace rolecall
