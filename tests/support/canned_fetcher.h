// A Fetcher that answers from a function, and remembers what it was asked.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "fetch/fetcher.h"

namespace rolecall {

class CannedFetcher : public Fetcher {
 public:
  using Answer = std::function<Result<Response>(const FetchRequest&)>;
  explicit CannedFetcher(Answer answer) : answer_(std::move(answer)) {}

  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override {
    {
      std::scoped_lock lock(mutex_);
      asked_.push_back(request);
    }
    if (stop.stop_requested()) return Fail(Errc::kCancelled, "stopped");
    auto response = answer_(request);
    if (response && response->final_url.empty()) response->final_url = request.url;
    return response;
  }
  bool IsFree(const std::string&) override { return true; }

  std::vector<FetchRequest> asked() {
    std::scoped_lock lock(mutex_);
    return asked_;
  }

 private:
  Answer answer_;
  std::mutex mutex_;
  std::vector<FetchRequest> asked_;
};

inline Response Ok(std::string body) { return {.status = 200, .body = std::move(body)}; }

}  // namespace rolecall
