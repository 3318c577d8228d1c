// A Fetcher that has a time for all of its requests together.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>

#include "base/wait.h"
#include "fetch/fetcher.h"

namespace rolecall {

class BoundedFetcher : public Fetcher {
 public:
  // The time begins now. `fetcher` outlives this.
  BoundedFetcher(Fetcher& fetcher, std::chrono::milliseconds time)
      : fetcher_(fetcher), time_(time), over_(time) {}

  // What has no answer when the time is over is broken off, and kUpstream, as all after it.
  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override;

  bool IsFree(const std::string& pacing_key) override { return fetcher_.IsFree(pacing_key); }
  void LearnHeld() override { fetcher_.LearnHeld(); }

 private:
  Fetcher& fetcher_;
  const std::chrono::milliseconds time_;
  const StopAfter over_;
};

}  // namespace rolecall
