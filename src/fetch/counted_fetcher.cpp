// Counts what vendors answered. Scraped pages have no key: they are counted together, so that there
// are few names.
#include "fetch/counted_fetcher.h"

namespace rolecall {
namespace {

std::string OutcomeOf(const Result<Response>& response) {
  if (response) return std::to_string(response->status);
  switch (response.error().code) {
    case Errc::kInvalidInput:
      return "refused";
    case Errc::kUpstream:
      return "broken";
    case Errc::kUnavailable:
      return "unreachable";
    case Errc::kCancelled:
      return "cancelled";
    case Errc::kNotFound:
    case Errc::kConflict:
    case Errc::kStorage:
      return "failed";
  }
  return "failed";
}

class CountedFetcher : public Fetcher {
 public:
  CountedFetcher(std::unique_ptr<Fetcher> fetcher, CountFetch count)
      : fetcher_(std::move(fetcher)), count_(std::move(count)) {}

  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override {
    auto response = fetcher_->Fetch(request, std::move(stop));
    count_(request.pacing_key.empty() ? "page" : request.pacing_key, OutcomeOf(response));
    return response;
  }

  bool IsFree(const std::string& pacing_key) override { return fetcher_->IsFree(pacing_key); }
  void LearnHeld() override { fetcher_->LearnHeld(); }

 private:
  const std::unique_ptr<Fetcher> fetcher_;
  const CountFetch count_;
};

}  // namespace

std::unique_ptr<Fetcher> MakeCountedFetcher(std::unique_ptr<Fetcher> fetcher, CountFetch count) {
  return std::make_unique<CountedFetcher>(std::move(fetcher), std::move(count));
}

}  // namespace rolecall
