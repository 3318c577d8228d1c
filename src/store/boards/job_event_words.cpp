// The words of a job's life.
#include "store/boards/job_event_words.h"

#include <fmt/format.h>

namespace rolecall {
namespace {

std::string Difference(std::string_view what, std::string_view before, std::string_view now) {
  return before == now ? std::string() : fmt::format("{}: {} → {}; ", what, before, now);
}

}  // namespace

std::string Changes(const KnownJob& before, const ListedJob& now) {
  std::string text = Difference("title", before.title, now.title) +
                     Difference("place", before.location, now.location) +
                     Difference("URL", before.url, now.url);
  if (text.size() >= 2) text.resize(text.size() - 2);
  return text;
}

}  // namespace rolecall
