// The words that a person looks for jobs by: what each is about, and whether a job fits them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/title_term.h"

namespace rolecall {

// What of a job is looked at. Views that outlive no call.
struct SoughtJob {
  std::string_view title, company, places, workplace;
  bool is_new = false;  // it came or came back in the last run
};

// A plain word of a query.
struct SoughtWord {
  std::vector<std::string> parts;  // as IndexWords parts it: "node.js" is two
  std::size_t begin = 0, end = 0;  // where it stands in the query's line
};

// `kubernetes -senior "data engineer" company:acme place:zurich in:Switzerland remote is:new
// since:7d`, in any order, case and accents folded; also `is:hidden` and `is:applied`. `place:` is
// of any part of what is said of places, `in:` of one whole name in it. What is no operator is a
// word, also "foo:bar"; signs alone are looked for nowhere. A quote that is not closed ends with
// the text. Any text may be read, whatever its bytes and its length.
class SoughtWords {
 public:
  explicit SoughtWords(std::string_view text);

  bool empty() const;

  // The query as one line, and its plain words, in their order.
  const std::string& line() const { return line_; }
  const std::vector<SoughtWord>& words() const { return words_; }
  // Of "since:", as it was written; the last where there are several. Its caller reads and applies
  // it.
  const std::optional<std::string>& since() const { return since_; }
  bool wants_new() const { return wants_new_; }
  // What its user marked so. Its caller applies both: hidden jobs are left out unless wanted.
  bool wants_hidden() const { return wants_hidden_; }
  bool wants_applied() const { return wants_applied_; }
  // Whether plain words, places, what is new, and marks are all that is sought.
  bool AreWordsAndPlacesAlone() const;
  // Whether any is: of "place:", "in:" or "remote".
  bool WantPlaces() const { return remote_ || !places_.empty() || !names_.empty(); }
  bool wants_remote() const { return remote_; }
  // Of "in:", folded; one of them is enough.
  const std::vector<std::string>& place_names() const { return names_; }
  // Whether a text of places, folded, has what "place:" seeks.
  bool HavePlace(std::string_view folded) const;

  // Whether the job fits each of them: with a plain word, a word of title, company or places
  // begins; what is quoted or excluded stands there as whole words.
  bool Fit(const SoughtJob& job) const;
  // The same, of all but the plain words; and of all but those and what is sought of places.
  bool FitBesidesWords(const SoughtJob& job) const;
  bool FitBesidesWordsAndPlaces(const SoughtJob& job) const;
  // Whether it has the plain words.
  bool HaveWords(const SoughtJob& job) const;
  // Of a job that fits: whether title and company alone have the plain words.
  bool StandInTitle(const SoughtJob& job) const;

 private:
  void Add(const SoughtWord& place, std::string_view written, bool is_quoted, bool is_excluded);
  bool AddOperator(std::string_view name, std::string_view value);
  bool StandIn(std::string_view text) const;
  bool FitPlaces(const SoughtJob& job) const;

  std::string line_;
  std::vector<SoughtWord> words_;
  std::vector<TitleTerm> exact_, excluded_;              // plain words, whatever signs they have
  std::vector<std::string> companies_, places_, names_;  // folded; any of each
  bool remote_ = false;
  bool wants_new_ = false, wants_hidden_ = false, wants_applied_ = false;
  std::optional<std::string> since_;
};

}  // namespace rolecall
