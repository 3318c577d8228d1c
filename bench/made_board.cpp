// Words are drawn one by one, so that a text compresses as prose does and not as a phrase repeated.
#include "bench/made_board.h"

#include <fmt/format.h>

#include <random>

#include "sim/words.h"

namespace rolecall {
namespace {

constexpr int kOneIn = 20;  // 5%

std::vector<std::string_view> Vocabulary() {
  std::vector<std::string_view> words;
  const auto add = [&](std::string_view text) {
    while (!text.empty()) {
      const auto blank = text.find(' ');
      words.push_back(text.substr(0, blank));
      text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
    }
  };
  for (const auto text : kSimSentences) add(text);
  for (const auto text : kSimRoles) add(text);
  for (const auto text : kSimPlaces) add(text);
  for (const auto text : kSimNames) add(text);
  return words;
}

class Author {
 public:
  // As greenhouse writes a content: a heading, paragraphs and a list, escaped once.
  std::string Content() {
    std::string text = "&lt;h3&gt;About the role&lt;/h3&gt;";
    const std::size_t size = Between(1'000, 3'000);
    while (text.size() < size) {
      text += fmt::format("&lt;p&gt;{}&lt;/p&gt;\n&lt;ul&gt;", Words(Between(30, 80)));
      for (int item = 0; item < 3; ++item)
        text += fmt::format("\n&lt;li&gt;{}&lt;/li&gt;", Words(Between(8, 20)));
      text += "\n&lt;/ul&gt;";
    }
    return text;
  }

  ListedJob Job(int index) {
    // Ids of one vendor grow over all its boards, and a board lists them in an order of its own.
    const auto id = 4'000'000'000U + static_cast<std::uint32_t>(index) * 2'654'435'761U;
    return {.external_id = fmt::format("{}", id),
            .title = fmt::format("{}{}", Pick(kSimGrades), Pick(kSimRoles)),
            .location = std::string(Pick(kSimPlaces)),
            .url = fmt::format("https://boards.greenhouse.io/acme/jobs/{}", id),
            .content = Content()};
  }

 private:
  std::size_t Between(std::size_t least, std::size_t most) {
    return least + random_() % (most - least + 1);
  }
  template <typename List>
  std::string_view Pick(const List& list) {
    return list[random_() % list.size()];
  }
  std::string Words(std::size_t count) {
    std::string text(Pick(vocabulary_));
    for (std::size_t i = 1; i < count; ++i) text += fmt::format(" {}", Pick(vocabulary_));
    return text;
  }

  std::mt19937_64 random_{20'261'124};
  std::vector<std::string_view> vocabulary_ = Vocabulary();
};

MadeJob Made(const BoardDefinition& definition, ListedJob listed) {
  MadeJob job{.listed = std::move(listed), .digest = {}, .description = {}, .content_digest = {}};
  job.digest = JobDigest(job.listed);
  job.description = InlineContent(definition, *job.listed.content).description;
  job.content_digest = ContentDigest(*job.listed.content);
  return job;
}

}  // namespace

MadeBoard::MadeBoard(const BoardDefinition& definition, int jobs) {
  Author author;
  for (int i = 0; i < jobs; ++i) {
    MadeJob job = Made(definition, author.Job(i));
    job.turns = i % kOneIn == 3;
    job.leaves = i % kOneIn == 11;
    turning_ += job.turns ? 1 : 0;
    leaving_ += job.leaves ? 1 : 0;
    before_.push_back(std::move(job));
  }
  after_ = before_;
  for (MadeJob& job : after_) {
    if (!job.turns) continue;
    ListedJob listed = job.listed;
    listed.title += " (m/f/d)";
    listed.content = author.Content();
    job = Made(definition, std::move(listed));
    job.turns = true;
  }
}

const std::vector<MadeJob>& MadeBoard::Jobs(Phase phase) const {
  return phase == Phase::kFirst || phase == Phase::kUnchanged ? before_ : after_;
}

std::vector<ListedJob> MadeBoard::Listed(Phase phase) const {
  std::vector<ListedJob> listed;
  listed.reserve(before_.size());
  for (const MadeJob& job : Jobs(phase))
    if (phase != Phase::kGone || !job.leaves) listed.push_back(job.listed);
  return listed;
}

double MadeBoard::mean_text_bytes() const {
  std::size_t bytes = 0;
  for (const MadeJob& job : before_) bytes += job.description.size();
  return static_cast<double>(bytes) / static_cast<double>(before_.size());
}

}  // namespace rolecall
