// A user's jobs, and a search of them as a server makes it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/search/look_up_text.h"
#include "store/users/job_search.h"
#include "store/users/roll_versions.h"
#include "tests/store/board_rig.h"
#include "tests/support/believable_titles.h"

namespace rolecall {

class SearchSuite : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (!IsSkipped()) index_ = Needed(KeptIndex::Open(database(), ""));
  }

  // Reads a board that lists these, and gives the user all of its jobs.
  void List(const std::vector<BelievableJob>& all, const std::string& token = "acme") {
    std::vector<ListedJob> jobs;
    for (const BelievableJob& one : all) {
      ListedJob job = MakeJob(static_cast<int>(jobs.size()) + 1, one.title);
      job.location = one.location;
      jobs.push_back(std::move(job));
    }
    ListJobs(std::move(jobs), token);
  }

  void ListJobs(std::vector<ListedJob> jobs, const std::string& token = "acme") {
    BoardRig board(database(), token);
    Needed(board.Read(WholeListing(std::move(jobs))));
    auto tx = Needed(database().Write());
    const std::int64_t version = Needed(MoveRollOn(tx, kUser));
    Needed(
        tx->Run(R"(
        INSERT INTO user_jobs (user_id, job_id, company, came_run_id, wrote_run_id, version)
        SELECT :user, id, :company, 1, 1, :version
        FROM board_jobs
        WHERE board_id = :board)",
                {{"user", kUser}, {"company", token}, {"version", version}, {"board", board.id}}));
    Needed(tx.Commit());
  }

  struct Found {
    std::vector<std::string> titles;
    std::int64_t total = 0;
    std::optional<CorrectedText> corrected;
    bool lacks_texts = false;
  };
  Found Find(std::string_view text, Slips slips = Slips::kForgiven) {
    const auto db = Needed(database().Reader());
    JobSearch search{.filter = {.text = std::string(text)}, .sort = JobSort::kBest};
    std::string why;
    Needed(LookUpText(*db, index_.get(), kUser, slips, search.filter, why));
    EXPECT_EQ(why, "");
    const JobsFound found = Needed(FindJobs(*db, kUser, search));
    Found shown{.titles = {}, .total = found.total};
    if (search.filter.hits) {
      shown.corrected = search.filter.hits->corrected;
      shown.lacks_texts = search.filter.hits->lacks_texts;
    }
    for (const JobRow& job : found.jobs) shown.titles.push_back(job.title);
    return shown;
  }

  std::unique_ptr<KeptIndex> index_;
};

}  // namespace rolecall
