// The lanes of a preview: threads that take companies in turn, always one whose vendor is free.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "fetch/fetcher.h"

namespace rolecall {

struct LaneTask {
  std::string pacing_key;
  std::function<void()> work;  // must not throw: failures are the task's own to keep
};

// Carries every task out on `lanes` threads and returns when all are done. After stop, tasks that
// were not begun are left out.
void WorkOnLanes(std::vector<LaneTask> tasks, int lanes, Fetcher& fetcher, std::stop_token stop);

}  // namespace rolecall
