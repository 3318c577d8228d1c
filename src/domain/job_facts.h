// What a board states of a job beside its words: since when it is posted, where one works, for whom
// and for how much. A change of these is no change of the job.
#pragma once

#include <string>
#include <string_view>

namespace rolecall {

// Each is empty where the board does not state it.
struct JobFacts {
  std::string posted;     // as the board writes it (domain/board_date.h)
  std::string workplace;  // remote, hybrid or on_site
  std::string department;
  std::string salary;  // one line, as a person reads it

  bool operator==(const JobFacts&) const = default;
};

// "remote", "hybrid" or "on_site", of a board's word for it; empty where it is none that is known.
std::string WorkplaceOf(std::string_view word);

// Empty where nothing is stated. A day that is counted back from now is no part of it: it is
// another one each day.
std::string FactsDigest(const JobFacts& facts);

}  // namespace rolecall
