// Answers of boards in the vendors' shapes, with made-up data: what a test does not name has a
// default.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "boards/board.h"

namespace rolecall {

struct GreenhouseEntry {
  std::string id = "4000001";  // as JSON, like all of these
  std::string title = R"("Cook")";
  std::string url = R"("https://boards.greenhouse.io/acme/jobs/4000001")";
  std::string location = R"({"name":"Berlin"})";
  std::string content = R"("&lt;p&gt;Soup&lt;/p&gt;")";
  std::string internal_id = "77";
};

inline std::string Json(const GreenhouseEntry& entry) {
  return fmt::format(
      R"({{"absolute_url":{},"internal_job_id":{},"location":{},"id":{},"title":{},"content":{}}})",
      entry.url, entry.internal_id, entry.location, entry.id, entry.title, entry.content);
}

inline std::string GreenhouseList(const std::vector<GreenhouseEntry>& entries, int total = -1) {
  std::vector<std::string> jobs;
  for (const GreenhouseEntry& entry : entries) jobs.push_back(Json(entry));
  return fmt::format(R"({{"jobs":[{}],"meta":{{"total":{}}}}})", fmt::join(jobs, ","),
                     total < 0 ? static_cast<int>(entries.size()) : total);
}

inline std::vector<GreenhouseEntry> GreenhouseEntries(int count) {
  std::vector<GreenhouseEntry> entries;
  for (int i = 0; i < count; ++i)
    entries.push_back(
        {.id = std::to_string(4'000'001 + i),
         .url = fmt::format(R"("https://boards.greenhouse.io/acme/jobs/{}")", 4'000'001 + i)});
  return entries;
}

inline const ListedRef kWorkdayJob{
    .external_id = "R7", .path = "/job/Berlin/Cook_R7", .url = "https://acme.wd5/x"};

// A page of Workday's: the jobs numbered from `first` on.
inline std::string WorkdayPage(int total, int first, int count) {
  std::vector<std::string> postings;
  for (int i = first; i < first + count; ++i)
    postings.push_back(fmt::format(
        R"({{"title":"Cook {0}","externalPath":"/job/Berlin/Cook_R{0}","locationsText":"Berlin"}})",
        i));
  return fmt::format(R"({{"total":{},"jobPostings":[{}],"userAuthenticated":false}})", total,
                     fmt::join(postings, ","));
}

}  // namespace rolecall
