// Marks, word by word, how each of the user's jobs fits, and keeps the least mark. A word with too
// few hits is looked up among the words of the index of titles and of the user's companies.
#include "store/search/text_hits.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <span>
#include <tuple>

namespace rolecall {
namespace {

// With so many hits a word is what was meant, or with so many in descriptions, where of very many
// some have any slip.
constexpr std::int64_t kHitsEnough = 3;
constexpr std::int64_t kTextHitsEnough = 100;
// So many times as many has what was meant instead, where a word has a few.
constexpr std::int64_t kTimesAsMany = 20;
// Words that are tried in its place; others' jobs may have those that are nearer.
constexpr std::size_t kMostCandidates = 24;
// Words of one query that are looked up so.
constexpr std::size_t kMostCorrected = 4;

// With so many jobs that have several words, each is looked at.
constexpr std::size_t kFewTogether = 5'000;

// How each job of the roll fits, in its order.
using Marks = std::vector<TextFit>;

std::int64_t CountHits(const Marks& marks) {
  return static_cast<std::int64_t>(marks.size()) - std::ranges::count(marks, TextFit::kNot);
}

// Whether a word, or several together, that fit so may be what was meant.
bool AreEnough(const Marks& marks, Slips slips) {
  if (slips == Slips::kKept) return true;
  const std::int64_t hits = CountHits(marks);
  if (slips == Slips::kForgivenWhereNone) return hits > 0;
  const std::int64_t in_texts = std::ranges::count(marks, TextFit::kText);
  return hits - in_texts >= kHitsEnough || in_texts >= kTextHitsEnough;
}

void KeepLeast(Marks& marks, const Marks& others) {
  std::ranges::transform(marks, others, marks.begin(),
                         [](TextFit a, TextFit b) { return std::min(a, b); });
}

void KeepBest(Marks& marks, const Marks& others) {
  std::ranges::transform(marks, others, marks.begin(),
                         [](TextFit a, TextFit b) { return std::max(a, b); });
}

class TextFinder {
 public:
  TextFinder(JobIndex& index, TextIndex* texts, const UserRoll& roll)
      : index_(index), texts_(texts), roll_(roll) {}

  Result<Marks> MarkWord(const SoughtWord& word) {
    TRY(Marks marks, MarkAll(std::span(word.parts).first(word.parts.size() - 1)));
    TRY(Marks last, MarkPart(word.parts.back(), true));
    CHECK_OK(MarkTexts(last, word.parts.back(), true));
    KeepLeast(marks, last);
    return marks;
  }

  // Of words that no company has: the index joins them, which costs less than marks of each.
  Result<Marks> MarkTogether(const std::vector<const SoughtWord*>& words) {
    std::vector<IndexTerm> begun, whole;
    for (const SoughtWord* word : words)
      for (const std::string& part : word->parts) {
        const bool is_last = &part == &word->parts.back();
        begun.push_back({part, is_last ? WordMatch::kBeginning : WordMatch::kWhole});
        whole.push_back({part, WordMatch::kWhole});
      }
    TRY(Marks marks, MarkTextsTogether(begun));
    TRY(const auto found, index_.Find(begun, IndexedText::kEither));
    if (found.size() <= kFewTogether) {
      CHECK_OK(MarkByWords(marks, found, begun));
      return marks;
    }
    EachOfRoll(found, [&](std::size_t place) { marks[place] = TextFit::kPlaces; });
    CHECK_OK(Mark(marks, begun, IndexedText::kTitle, TextFit::kBegins));
    CHECK_OK(Mark(marks, whole, IndexedText::kTitle, TextFit::kWhole));
    return marks;
  }

  bool SomeCompanyHas(const SoughtWord& word) const {
    return std::ranges::any_of(roll_.words_of_companies, [&](const auto& words) {
      return std::ranges::any_of(word.parts, [&](const std::string& part) {
        return std::ranges::any_of(words,
                                   [&](const std::string& one) { return one.starts_with(part); });
      });
    });
  }

  // What `word` may have meant, and how jobs fit it.
  struct Meant {
    std::string word;  // the most frequent of those that are equally near
    Marks marks;
  };
  // The nearest words of titles, places and companies of which the user has jobs, those first that
  // jobs have together with the other words, whose marks are `others`. `hits`: of the word as it
  // was typed.
  Result<std::optional<Meant>> FindMeant(const SoughtWord& word, std::int64_t hits,
                                         const Marks& others) {
    std::optional<Meant> meant;
    std::vector<std::string> taken;
    NearWord nearest;
    bool is_joint = false;
    TRY(const auto near, WordsNear(word.parts.back()));
    SoughtWord leading = word;
    leading.parts.pop_back();
    TRY(const Marks before, MarkAll(leading.parts));
    for (const NearWord& one : near) {
      if (one.word.starts_with(word.parts.back())) continue;
      if (is_joint && !one.IsAsNearAs(nearest)) break;
      TRY(Marks marks, MarkPart(one.word, true));
      KeepLeast(marks, before);
      const std::int64_t of_it = CountHits(marks);
      if (of_it == 0 || of_it < kTimesAsMany * hits) continue;
      Marks together = marks;
      KeepLeast(together, others);
      const bool joint = CountHits(together) > 0;
      if (!meant || (joint && !is_joint)) {
        meant = Meant{.word = one.word, .marks = std::move(marks)};
        taken = {one.word};
        nearest = one;
        is_joint = joint;
      } else if (one.IsAsNearAs(nearest)) {
        KeepBest(meant->marks, marks);
        taken.push_back(one.word);
      }
    }
    for (const std::string& one : taken) {
      Marks in_texts(roll_.jobs.size(), TextFit::kNot);
      CHECK_OK(MarkTexts(in_texts, one, true));
      KeepLeast(in_texts, before);
      KeepBest(meant->marks, in_texts);
    }
    return meant;
  }

 private:
  // By looking at the words of each, which all have: cheaper than to ask for many again.
  Result<void> MarkByWords(Marks& marks, const std::vector<std::int64_t>& jobs,
                           const std::vector<IndexTerm>& begun) {
    std::vector<std::int64_t> rolled;
    std::vector<std::size_t> places;
    EachOfRoll(jobs, [&](std::size_t place) {
      rolled.push_back(roll_.jobs[place].id);
      places.push_back(place);
    });
    std::size_t at = 0;
    return index_.Read(rolled, [&](std::int64_t job, std::string_view title, std::string_view) {
      while (rolled[at] != job) ++at;
      TextFit fit = TextFit::kWhole;
      for (const IndexTerm& term : begun) fit = std::min(fit, FitInTitle(term, title));
      marks[places[at]] = fit;
    });
  }

  // Of a term that stands in the title or in the places.
  static TextFit FitInTitle(const IndexTerm& term, std::string_view title) {
    TextFit fit = TextFit::kPlaces;
    for (std::size_t at = 0; at < title.size();) {
      const std::size_t end = std::min(title.find(' ', at), title.size());
      const std::string_view word = title.substr(at, end - at);
      if (word == term.word) return TextFit::kWhole;
      if (term.match != WordMatch::kWhole && word.starts_with(term.word)) fit = TextFit::kBegins;
      at = end + 1;
    }
    return fit;
  }

  // The index of texts has words of titles and places, too: some may stand there, and others in
  // the description.
  Result<Marks> MarkTextsTogether(const std::vector<IndexTerm>& terms) {
    Marks marks(roll_.jobs.size(), TextFit::kNot);
    CHECK_OK(MarkTexts(marks, terms));
    return marks;
  }

  // Of parts that others follow: each a word by itself.
  Result<Marks> MarkAll(std::span<const std::string> parts) {
    Marks marks(roll_.jobs.size(), TextFit::kWhole);
    for (const std::string& part : parts) {
      TRY(Marks of_part, MarkPart(part, false));
      CHECK_OK(MarkTexts(of_part, part, false));
      KeepLeast(marks, of_part);
    }
    return marks;
  }

  Result<Marks> MarkPart(const std::string& part, bool is_last) {
    Marks marks(roll_.jobs.size(), TextFit::kNot);
    const auto match = is_last ? WordMatch::kBeginning : WordMatch::kWhole;
    CHECK_OK(Mark(marks, {{part, match}}, IndexedText::kPlaces, TextFit::kPlaces));
    if (is_last)
      CHECK_OK(Mark(marks, {{part, WordMatch::kLonger}}, IndexedText::kTitle, TextFit::kBegins));
    CHECK_OK(Mark(marks, {{part, WordMatch::kWhole}}, IndexedText::kTitle, TextFit::kWhole));
    MarkCompanies(marks, part, is_last);
    return marks;
  }

  Result<void> Mark(Marks& marks, const std::vector<IndexTerm>& terms, IndexedText text,
                    TextFit fit) {
    TRY(const auto found, index_.Find(terms, text));
    EachOfRoll(found, [&](std::size_t place) { marks[place] = fit; });
    return {};
  }

  Result<void> MarkTexts(Marks& marks, std::string_view part, bool is_last) {
    return MarkTexts(marks, {{part, is_last ? WordMatch::kBeginning : WordMatch::kWhole}});
  }

  // Those that have the words nowhere else.
  Result<void> MarkTexts(Marks& marks, const std::vector<IndexTerm>& terms) {
    if (texts_ == nullptr) return {};
    TRY(const auto found, texts_->Find(terms));
    EachOfRoll(found, [&](std::size_t place) {
      if (marks[place] == TextFit::kNot) marks[place] = TextFit::kText;
    });
    return {};
  }

  // Shows the places of those jobs that stand on the roll. Both come in the order of ids, the found
  // ones in runs.
  template <typename Look>
  void EachOfRoll(const std::vector<std::int64_t>& found, Look look) const {
    auto at = roll_.jobs.begin();
    for (const std::int64_t id : found) {
      if (at == roll_.jobs.end() || at->id > id) at = roll_.jobs.begin();
      at = NotBefore(at, id);
      if (at != roll_.jobs.end() && at->id == id)
        look(static_cast<std::size_t>(at - roll_.jobs.begin()));
    }
  }

  // The first job from `at` on whose id is not less: by leaps, as hits are near each other or far.
  std::vector<RolledJob>::const_iterator NotBefore(std::vector<RolledJob>::const_iterator at,
                                                   std::int64_t id) const {
    std::ptrdiff_t leap = 1;
    auto last = at;
    while (roll_.jobs.end() - last > leap && (last + leap)->id < id) {
      last += leap;
      leap *= 2;
    }
    const auto end = roll_.jobs.end() - last > leap ? last + leap + 1 : roll_.jobs.end();
    return std::lower_bound(
        last, end, id, [](const RolledJob& job, std::int64_t sought) { return job.id < sought; });
  }

  void MarkCompanies(Marks& marks, const std::string& part, bool is_last) {
    std::vector<TextFit> of_company;
    for (const auto& words : roll_.words_of_companies) {
      TextFit fit = TextFit::kNot;
      for (const std::string& word : words)
        if (word == part)
          fit = TextFit::kWhole;
        else if (is_last && word.starts_with(part))
          fit = std::max(fit, TextFit::kBegins);
      of_company.push_back(fit);
    }
    if (std::ranges::count(of_company, TextFit::kNot) == std::ssize(of_company)) return;
    for (std::size_t i = 0; i < marks.size(); ++i)
      marks[i] = std::max(marks[i], of_company[roll_.jobs[i].company]);
  }

  Result<std::vector<NearWord>> WordsNear(const std::string& typed) {
    TRY(const auto words, index_.Words());
    std::vector<NearWord> near = words->Near(typed, kMostCandidates);
    Vocabulary of_companies;
    for (const auto& each : roll_.words_of_companies)
      for (const std::string& word : each) of_companies.Add(word, 1);
    for (NearWord& one : of_companies.Near(typed, kMostCandidates))
      if (std::ranges::find(near, one.word, &NearWord::word) == near.end())
        near.push_back(std::move(one));
    std::ranges::sort(
        near, {}, [](const NearWord& one) { return std::tuple(one.begun, one.whole, -one.jobs); });
    return near;
  }

  JobIndex& index_;
  TextIndex* texts_;
  const UserRoll& roll_;
};

// A word of the query with too few hits to be taken as it is.
struct DoubtfulWord {
  std::size_t place = 0;  // in the query
  std::int64_t hits = 0;
  Marks marks;

  bool IsInTextsAlone() const {
    return std::ranges::none_of(marks, [](TextFit fit) { return fit > TextFit::kText; });
  }
};

// How jobs fit the word, or what it may have meant. What no title has was a slip: jobs with the
// other word come first.
Marks FitsOf(const DoubtfulWord& word, const Marks& meant) {
  Marks fits = word.marks;
  if (word.IsInTextsAlone()) {
    KeepBest(fits, meant);
    return fits;
  }
  for (std::size_t i = 0; i < fits.size(); ++i)
    if (fits[i] == TextFit::kNot && meant[i] != TextFit::kNot) fits[i] = TextFit::kForgiven;
  return fits;
}

// How jobs fit all words but this one; of the other doubtful words, those that have hits at all.
Marks MarksOfOthers(const Marks& sure, const std::vector<DoubtfulWord>& doubtful,
                    const DoubtfulWord& word) {
  Marks others = sure;
  for (const DoubtfulWord& other : doubtful)
    if (other.place != word.place && other.hits > 0) KeepLeast(others, other.marks);
  return others;
}

// The query with words of it replaced, by their places.
std::string Replaced(const SoughtWords& sought, const std::map<std::size_t, std::string>& meant) {
  std::string line = sought.line();
  for (auto at = meant.rbegin(); at != meant.rend(); ++at) {
    const SoughtWord& word = sought.words()[at->first];
    std::vector<std::string> parts = word.parts;
    parts.back() = at->second;
    line.replace(word.begin, word.end - word.begin, fmt::format("{}", fmt::join(parts, " ")));
  }
  return line;
}

std::vector<TextHit> HitsOf(const Marks& marks) {
  std::vector<TextHit> hits;
  for (std::size_t i = 0; i < marks.size(); ++i)
    if (marks[i] != TextFit::kNot)
      hits.push_back({.place = static_cast<std::uint32_t>(i), .fit = marks[i]});
  return hits;
}

}  // namespace

TextFit TextHits::FitOf(std::int64_t job_id) const {
  const auto found =
      std::ranges::lower_bound(hits, job_id, {}, [&](const TextHit& hit) { return JobOf(hit).id; });
  return found == hits.end() || JobOf(*found).id != job_id ? TextFit::kNot : found->fit;
}

namespace {

// Marks all words together that no company has, where there are several and each has hits enough,
// which jobs that have them all prove. False where they have to be marked one by one.
Result<bool> MarkSure(TextFinder& finder, const SoughtWords& sought, Slips slips, Marks& all) {
  std::vector<const SoughtWord*> words;
  for (const SoughtWord& word : sought.words())
    if (!finder.SomeCompanyHas(word)) words.push_back(&word);
  if (words.size() < 2) return false;
  TRY(const Marks marks, finder.MarkTogether(words));
  if (!AreEnough(marks, slips)) return false;
  KeepLeast(all, marks);
  return true;
}

}  // namespace

bool TextHits::HasPlace(std::uint32_t place) const {
  return std::ranges::binary_search(hits, place, {}, &TextHit::place);
}

Result<TextHits> FindText(JobIndex& index, TextIndex* texts, std::shared_ptr<const UserRoll> roll,
                          const SoughtWords& sought, Slips slips) {
  TextFinder finder(index, texts, *roll);
  Marks all(roll->jobs.size(), TextFit::kWhole);
  std::vector<DoubtfulWord> doubtful;
  TRY(const bool are_sure, MarkSure(finder, sought, slips, all));
  for (std::size_t i = 0; i < sought.words().size(); ++i) {
    if (are_sure && !finder.SomeCompanyHas(sought.words()[i])) continue;
    TRY(Marks marks, finder.MarkWord(sought.words()[i]));
    if (!AreEnough(marks, slips) && doubtful.size() < kMostCorrected)
      doubtful.push_back({.place = i, .hits = CountHits(marks), .marks = std::move(marks)});
    else
      KeepLeast(all, marks);
  }
  std::map<std::size_t, std::string> meant;
  Marks fits = all;
  for (const DoubtfulWord& word : doubtful) {
    const Marks others = MarksOfOthers(all, doubtful, word);
    TRY(const auto found, finder.FindMeant(sought.words()[word.place], word.hits, others));
    if (found) meant.emplace(word.place, found->word);
    KeepLeast(fits, found ? FitsOf(word, found->marks) : word.marks);
  }
  TextHits found{.roll = std::move(roll), .hits = HitsOf(fits)};
  if (!meant.empty()) found.corrected = {.from = sought.line(), .to = Replaced(sought, meant)};
  return found;
}

}  // namespace rolecall
