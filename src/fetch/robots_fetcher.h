// A fetcher that asks no host for what its robots.txt forbids.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fetch/fetcher.h"

namespace rolecall {

using SteadyNow = std::function<std::chrono::steady_clock::time_point()>;

// Of requests that heed robots (FetchRequest::heeds_robots), the host's robots.txt is asked for
// first, paced as they are, and kept for a while; so is that of each address that a redirect leads
// to. kUpstream, with the line, for what it forbids;
// and for everything while it cannot be had: an error of the server's, or too many requests, may
// hide one. Where there is none (any other 4xx), nothing is forbidden. `allowed_hosts`: private
// ones that may be asked.
std::unique_ptr<Fetcher> MakeRobotsFetcher(std::unique_ptr<Fetcher> fetcher,
                                           std::vector<std::string> allowed_hosts,
                                           SteadyNow now = std::chrono::steady_clock::now);

}  // namespace rolecall
