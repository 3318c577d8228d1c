// A fetcher for tests, allowed to ask this machine and quick to try again, and what it got as text.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>

#include "fetch/http_fetcher.h"

namespace rolecall {

inline FetchSettings QuickSettings() {
  return {.pacing = {.pause = std::chrono::milliseconds(0)},
          .allowed_hosts = {"localhost"},
          .backoff = std::chrono::milliseconds(2)};
}

inline std::unique_ptr<Fetcher> MakeFetcher(FetchSettings settings = QuickSettings()) {
  return *MakeHttpFetcher(std::move(settings));
}

// "200 body", or "kind: sentence".
inline std::string Outcome(const Result<Response>& response) {
  if (response) return std::to_string(response->status) + " " + response->body;
  const char* kind = "other";
  if (response.error().code == Errc::kInvalidInput) kind = "invalid";
  if (response.error().code == Errc::kUpstream) kind = "upstream";
  if (response.error().code == Errc::kUnavailable) kind = "unavailable";
  if (response.error().code == Errc::kCancelled) kind = "cancelled";
  return std::string(kind) + ": " + response.error().message;
}

inline Result<Response> Get(const std::string& url, FetchSettings settings = QuickSettings()) {
  return MakeFetcher(std::move(settings))->Fetch({.url = url}, {});
}

// Asks, and stops once `asked` is set; the outcome, and the seconds from then on.
inline std::pair<std::string, double> StopOnceAsked(const std::string& url,
                                                    std::promise<void>& asked) {
  const auto fetcher = MakeFetcher();
  std::stop_source stop;
  auto fetching = std::async(
      std::launch::async, [&] { return Outcome(fetcher->Fetch({.url = url}, stop.get_token())); });
  asked.get_future().wait();
  const auto began = std::chrono::steady_clock::now();
  stop.request_stop();
  std::string outcome = fetching.get();
  return {outcome, std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count()};
}

}  // namespace rolecall
