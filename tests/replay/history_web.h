// The web of a made history: each board's listing and each job's own address, in Greenhouse's
// format.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <unordered_map>

#include "fetch/fetcher.h"
#include "tests/replay/real_history.h"

namespace rolecall {

// Safe to use from several threads. The history outlives it.
class HistoryWeb : public Fetcher {
 public:
  explicit HistoryWeb(const RealHistory& history);

  // From now on the web is as it was in that round.
  void Turn(int round) { round_ = round; }

  // An address that no board of the history has is an error that ends the company's part of a run.
  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override;
  bool IsFree(const std::string&) override { return true; }

 private:
  std::unordered_map<std::string_view, const HistoryBoard*> boards_;
  std::atomic<int> round_ = 0;
};

}  // namespace rolecall
