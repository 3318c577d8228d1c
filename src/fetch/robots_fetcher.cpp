// Keeps the rules of each host that was asked, for as long as they may be trusted.
#include "fetch/robots_fetcher.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "base/guarded.h"
#include "fetch/address_guard.h"
#include "fetch/robots.h"

namespace rolecall {
namespace {

constexpr std::string_view kProduct = "rolecall";  // as the User-Agent names us
constexpr std::chrono::minutes kRobotsKept{60};
constexpr std::size_t kMostRobotsKept = 1'000;  // hosts

using KeptRules = std::shared_ptr<const RobotsRules>;

class RobotsFetcher : public Fetcher {
 public:
  RobotsFetcher(std::unique_ptr<Fetcher> fetcher, std::vector<std::string> allowed_hosts,
                SteadyNow now)
      : fetcher_(std::move(fetcher)),
        allowed_hosts_(std::move(allowed_hosts)),
        now_(std::move(now)) {}

  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override {
    if (!request.heeds_robots) return fetcher_->Fetch(request, std::move(stop));
    CHECK_OK(CheckAllowed(request.url, request.pacing_key, stop));
    FetchRequest followed = request;
    followed.may_follow = [&](const std::string& url) {
      return CheckAllowed(url, request.pacing_key, stop);
    };
    return fetcher_->Fetch(followed, stop);
  }

  bool IsFree(const std::string& pacing_key) override { return fetcher_->IsFree(pacing_key); }
  void LearnHeld() override { fetcher_->LearnHeld(); }

 private:
  struct Kept {
    KeptRules rules;
    std::chrono::steady_clock::time_point asked;
  };

  Result<void> CheckAllowed(const std::string& url, const std::string& pacing_key,
                            std::stop_token stop) {
    TRY(const WebAddress address, CheckAddress(url, allowed_hosts_));
    TRY(const KeptRules rules, RulesOf(address, pacing_key, std::move(stop)));
    if (const auto line = rules->WhyForbidden(address.rest))
      return Fail(Errc::kUpstream, fmt::format("robots.txt of {} says: {} (line {})", address.place,
                                               line->text, line->number));
    return {};
  }

  // Two who ask at once for the same host may both fetch it: no lock is held meanwhile.
  Result<KeptRules> RulesOf(const WebAddress& address, const std::string& pacing_key,
                            std::stop_token stop) {
    const std::string origin = address.url.substr(0, address.url.size() - address.rest.size());
    const auto now = now_();
    KeptRules rules = kept_.With([&](auto& kept) -> KeptRules {
      const auto found = kept.find(origin);
      return found == kept.end() || now - found->second.asked >= kRobotsKept ? nullptr
                                                                             : found->second.rules;
    });
    if (rules != nullptr) return rules;
    TRY(rules, Ask(origin, address.place, pacing_key, std::move(stop)));
    kept_.With([&](auto& kept) {
      if (kept.size() >= kMostRobotsKept) kept.clear();
      kept[origin] = {rules, now};
    });
    return rules;
  }

  Result<KeptRules> Ask(const std::string& origin, const std::string& place,
                        const std::string& pacing_key, std::stop_token stop) {
    auto answer = fetcher_->Fetch({.url = origin + "/robots.txt",
                                   .headers = {{"Accept", "text/plain"}},
                                   .pacing_key = pacing_key,
                                   .expects = FetchRequest::Body::kText},
                                  std::move(stop));
    // A host that cannot be reached says so best itself.
    if (!answer && answer.error().code != Errc::kUpstream)
      return std::unexpected(std::move(answer).error());
    if (!answer)
      return Fail(
          Errc::kUpstream,
          fmt::format("robots.txt of {} cannot be had ({}), so nothing may be asked there now",
                      place, answer.error().message));
    if (answer->status >= 200 && answer->status <= 299)
      return std::make_shared<RobotsRules>(RobotsRules::Read(answer->body, kProduct));
    if (answer->status >= 400 && answer->status <= 499 && answer->status != 429)
      return std::make_shared<RobotsRules>();
    return Fail(
        Errc::kUpstream,
        fmt::format("robots.txt of {} cannot be had (HTTP {}), so nothing may be asked there now",
                    place, answer->status));
  }

  const std::unique_ptr<Fetcher> fetcher_;
  const std::vector<std::string> allowed_hosts_;
  const SteadyNow now_;
  Guarded<std::map<std::string, Kept, std::less<>>> kept_;
};

}  // namespace

std::unique_ptr<Fetcher> MakeRobotsFetcher(std::unique_ptr<Fetcher> fetcher,
                                           std::vector<std::string> allowed_hosts, SteadyNow now) {
  return std::make_unique<RobotsFetcher>(std::move(fetcher), std::move(allowed_hosts),
                                         std::move(now));
}

}  // namespace rolecall
