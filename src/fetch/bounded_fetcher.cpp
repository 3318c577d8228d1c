// Tells the end of the time from the end that somebody asked for.
#include "fetch/bounded_fetcher.h"

#include <fmt/format.h>

#include <utility>

namespace rolecall {

Result<Response> BoundedFetcher::Fetch(const FetchRequest& request, std::stop_token stop) {
  std::stop_source either;
  const auto end = [&either] { either.request_stop(); };
  const std::stop_callback asked(stop, end), late(over_.token(), end);
  auto response = fetcher_.Fetch(request, either.get_token());
  if (response || response.error().code != Errc::kCancelled || stop.stop_requested() ||
      !over_.token().stop_requested())
    return response;
  return Fail(Errc::kUpstream, fmt::format("it did not answer within {} s",
                                           std::chrono::ceil<std::chrono::seconds>(time_).count()));
}

}  // namespace rolecall
