// The words of a job's life.
#include "store/boards/job_event_words.h"

#include <fmt/format.h>

namespace rolecall {

std::string Difference(std::string_view what, std::string_view before, std::string_view now) {
  return before == now ? std::string() : fmt::format("{}: {} → {}", what, before, now);
}

std::string JoinedChanges(std::initializer_list<std::string> changes) {
  std::string text;
  for (const std::string& change : changes)
    if (!change.empty()) text += (text.empty() ? "" : "; ") + change;
  return text;
}

std::string Changes(const KnownJob& before, const ListedJob& now) {
  return JoinedChanges({Difference("title", before.title, now.title),
                        Difference("place", before.location, now.location),
                        Difference("URL", before.url, now.url)});
}

}  // namespace rolecall
