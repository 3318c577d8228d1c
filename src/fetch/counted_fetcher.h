// A fetcher that says of each answer whose it was and how it went.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "fetch/fetcher.h"

namespace rolecall {

// `vendor`: the pacing key; `outcome`: the status, or the kind of error. From several threads.
using CountFetch = std::function<void(const std::string& vendor, const std::string& outcome)>;

std::unique_ptr<Fetcher> MakeCountedFetcher(std::unique_ptr<Fetcher> fetcher, CountFetch count);

}  // namespace rolecall
