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

// `kubernetes -senior "data engineer" company:acme place:zurich remote is:new since:7d`, in any
// order, case and accents folded. What is no operator is a word: a sign alone, "foo:bar". A quote
// that is not closed ends with the text. Any text may be read, whatever its bytes and its length.
class SoughtWords {
 public:
  explicit SoughtWords(std::string_view text);

  bool empty() const;
  // Of "since:", as it was written; the last where there are several. Its caller reads and applies
  // it.
  const std::optional<std::string>& since() const { return since_; }
  bool wants_new() const { return wants_new_; }

  // Whether the job fits each of them: a plain word stands anywhere in title, company or places,
  // also within a word; what is quoted or excluded, as whole words.
  bool Fit(const SoughtJob& job) const;

 private:
  void Add(std::string_view written, bool is_quoted, bool is_excluded);
  bool AddOperator(std::string_view name, std::string_view value);

  std::vector<std::string> words_;               // folded
  std::vector<TitleTerm> exact_, excluded_;      // plain words, whatever signs they have
  std::vector<std::string> companies_, places_;  // folded; any of each
  bool remote_ = false;
  bool wants_new_ = false;
  std::optional<std::string> since_;
};

}  // namespace rolecall
