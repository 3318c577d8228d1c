// What tests of survival share: a history to begin from, and what a run must leave whatever
// happened to it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/program.h"

namespace rolecall {

// All that a run leaves, as text: jobs with their evidence and contents, then the run's numbers and
// warnings.
std::vector<std::string> Left(Database& database, std::int64_t run_id);
void ExpectTheSame(const std::vector<std::string>& found, const std::vector<std::string>& wanted);

std::int64_t NumberOf(Database& database, Sql sql, const Binds& binds = {});

// Of the log, of readings, and of what a finished run leaves behind.
void ExpectWhole(Database& database, std::int64_t run_id);

// Six dozen companies.
class Survival : public Rolecall {
 protected:
  // Two rounds with churn and faults behind it, the third about to be read.
  void Prepare(std::chrono::milliseconds delay);
  void UseDatabase(TestDatabase& one) { environment()["DATABASE_URL"] = one.url(); }

 private:
  void SetFaults(int round);
};

}  // namespace rolecall
