// Titles of openings as a person tells them apart: those of the same title and place by the board's
// own id.
#pragma once

#include <map>
#include <string>
#include <tuple>

#include "cli/terminal/terminal.h"

namespace rolecall {

class ToldApart {
 public:
  // `company` where openings of several are shown together.
  template <typename Job>
  void Add(const Job& job, const std::string& company = "") {
    ++count_[{company, job.title, job.location}];
  }

  // "Cook", or "Cook (4000001)" where another opening that was added has this title and place.
  template <typename Job>
  std::string TitleOf(const Job& job, const std::string& company = "") const {
    const auto found = count_.find({company, job.title, job.location});
    const bool alone = found == count_.end() || found->second < 2;
    return Printable(alone ? job.title : job.title + " (" + job.external_id + ")");
  }

 private:
  std::map<std::tuple<std::string, std::string, std::string>, int> count_;
};

}  // namespace rolecall
