// Tries requests to AWS again with full jitter, and paces those to its logs. What signs with
// libcurl 7.88 cannot sign at another time than the machine's: with a date of ours the header goes
// out twice.
#include "aws/aws_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <random>

#include "aws/aws_refusal.h"
#include "aws/http_call.h"
#include "base/guarded.h"
#include "base/text.h"
#include "base/wait.h"

namespace rolecall {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

std::string_view NameOf(AwsService service) {
  switch (service) {
    case AwsService::kLambda:
      return "lambda";
    case AwsService::kLogs:
      return "logs";
  }
  std::unreachable();
}

std::string EndpointOf(const AwsSettings& settings, AwsService service) {
  const std::string& own =
      service == AwsService::kLambda ? settings.lambda_endpoint : settings.logs_endpoint;
  std::string endpoint = !own.empty() ? own : settings.endpoint;
  if (endpoint.empty())
    endpoint = fmt::format("https://{}.{}.amazonaws.com{}", NameOf(service), settings.region,
                           settings.region.starts_with("cn-") ? ".cn" : "");
  while (endpoint.ends_with('/')) endpoint.pop_back();
  return endpoint;
}

milliseconds RetryAfter(const HttpAnswer& answer) {
  const std::string header = answer.HeaderOf("retry-after");
  int seconds = 0;
  const auto [end, failure] =
      std::from_chars(header.data(), header.data() + header.size(), seconds);
  if (failure != std::errc{} || end != header.data() + header.size() || seconds < 0) return {};
  return std::chrono::seconds(seconds);
}

// What came of one try.
struct Attempt {
  AwsFailure failure;
  AwsRefusal::Cure cure = AwsRefusal::Cure::kNone;
  milliseconds asked_wait{0};
};

}  // namespace

class AwsClient::Calls {
 public:
  Calls(AwsSettings settings, Clock clock)
      : settings_(std::move(settings)),
        clock_(std::move(clock)),
        provider_(settings_.credentials, clock_) {}

  const std::string& region() const { return settings_.region; }

  std::expected<AwsAnswer, AwsFailure> Post(const AwsRequest& request,
                                            const std::stop_token& stop) {
    const auto end = Steady::now() + request.time;
    bool may_have_arrived = false, has_renewed = false;
    const auto fail = [&](AwsFailure failure) {
      failure.may_have_arrived |= may_have_arrived;
      return std::unexpected(std::move(failure));
    };
    for (int tries = 1;; ++tries) {
      if (stop.stop_requested()) return fail(Stopped(request));
      auto credentials = provider_.Current(stop);
      if (!credentials) return fail(std::move(credentials).error());
      if (auto turn = AwaitTurn(request, end, stop); !turn) return fail(std::move(turn).error());
      auto answer = Ask(request, *credentials, end, stop);
      if (answer) return *std::move(answer);
      Attempt& attempt = answer.error();
      may_have_arrived |= attempt.failure.may_have_arrived;
      if (attempt.cure == AwsRefusal::Cure::kNewCredentials && !has_renewed) {
        has_renewed = true;
        provider_.Forget(*credentials);
        const auto others = provider_.Current(stop);
        if (others && *others != *credentials) continue;
      }
      if (attempt.cure != AwsRefusal::Cure::kPatience || tries >= settings_.tries)
        return fail(std::move(attempt.failure));
      const milliseconds wait = std::max(attempt.asked_wait, Backoff(tries));
      if (Steady::now() + wait >= end) return fail(std::move(attempt.failure));
      if (!WaitFor(wait, stop)) return fail(Stopped(request));
    }
  }

 private:
  static Error Stopped(const AwsRequest& request) {
    return {Errc::kCancelled,
            fmt::format("{} on {}: stopped meanwhile", request.action, request.resource)};
  }

  // Whoever comes takes the next turn, of which there are so many a second for all threads.
  Result<void> AwaitTurn(const AwsRequest& request, Steady::time_point end,
                         const std::stop_token& stop) {
    if (request.service != AwsService::kLogs) return {};
    const auto now = Steady::now();
    const auto turn = next_turn_.With([&](Steady::time_point& next) {
      const auto mine = std::max(now, next);
      if (mine < end) next = mine + settings_.logs_pause;
      return mine;
    });
    if (turn >= end)
      return Fail(Errc::kUnavailable,
                  fmt::format("{} on {}: too many ask at once", request.action, request.resource));
    if (turn > now && !WaitFor(std::chrono::ceil<milliseconds>(turn - now), stop))
      return std::unexpected(Stopped(request));
    return {};
  }

  std::expected<AwsAnswer, Attempt> Ask(const AwsRequest& request,
                                        const AwsCredentials& credentials, Steady::time_point end,
                                        const std::stop_token& stop) {
    const auto left = std::chrono::ceil<milliseconds>(end - Steady::now());
    const auto time = request.a_try.count() > 0 ? std::min(left, request.a_try) : left;
    HttpCall call{.url = EndpointOf(settings_, request.service) + request.path,
                  .headers = request.headers,
                  .body = request.body,
                  .signing = Signing{.region = settings_.region,
                                     .service = std::string(NameOf(request.service)),
                                     .access_key = credentials.access_key,
                                     .secret_key = credentials.secret_key,
                                     .session_token = credentials.session_token},
                  .time = std::max(time, milliseconds(1))};
    if (!request.query.empty()) call.url += "?" + request.query;
    auto answer = calls_.Make(call, stop);
    if (!answer) return std::unexpected(Broken(request, std::move(answer).error()));
    if (answer->status >= 200 && answer->status <= 299)
      return AwsAnswer{answer->status, std::move(answer->body)};
    AwsRefusal refusal = ReadRefusal(request, *answer, credentials, clock_());
    return std::unexpected(Attempt{.failure = std::move(refusal.failure),
                                   .cure = refusal.cure,
                                   .asked_wait = RetryAfter(*answer)});
  }

  static Attempt Broken(const AwsRequest& request, CallFailure failed) {
    AwsFailure failure(
        Wrap(fmt::format("{} on {}", request.action, request.resource), std::move(failed.error))
            .error());
    failure.may_have_arrived = failed.may_have_arrived;
    return {
        .failure = std::move(failure),
        .cure = failed.another_may_mend_it ? AwsRefusal::Cure::kPatience : AwsRefusal::Cure::kNone};
  }

  milliseconds Backoff(int tries) {
    const milliseconds most =
        std::min(settings_.longest_wait, settings_.backoff * (1 << std::min(tries - 1, 10)));
    return milliseconds(random_.With([&](std::minstd_rand& random) {
      return std::uniform_int_distribution<milliseconds::rep>(0, most.count())(random);
    }));
  }

  const AwsSettings settings_;
  const Clock clock_;
  CredentialProvider provider_;
  HttpCalls calls_;
  Guarded<Steady::time_point> next_turn_;
  Guarded<std::minstd_rand> random_{std::minstd_rand(std::random_device{}())};
};

Result<std::unique_ptr<AwsClient>> AwsClient::Make(AwsSettings settings, Clock clock) {
  for (const AwsService service : {AwsService::kLambda, AwsService::kLogs}) {
    const std::string endpoint = EndpointOf(settings, service);
    if ((!endpoint.starts_with("http://") && !endpoint.starts_with("https://")) ||
        endpoint.find_first_of(" ?#\r\n\t") != std::string::npos)
      return Fail(Errc::kInvalidInput,
                  fmt::format("the endpoint of {} (AWS_ENDPOINT_URL and its like) must be a URL "
                              "such as http://127.0.0.1:4566, and is {}",
                              NameOf(service), Quoted(endpoint)));
  }
  return std::unique_ptr<AwsClient>(
      new AwsClient(std::make_unique<Calls>(std::move(settings), std::move(clock))));
}

AwsClient::AwsClient(std::unique_ptr<Calls> calls) : calls_(std::move(calls)) {}
AwsClient::~AwsClient() = default;

std::expected<AwsAnswer, AwsFailure> AwsClient::Post(const AwsRequest& request,
                                                     std::stop_token stop) {
  return calls_->Post(request, stop);
}

const std::string& AwsClient::region() const { return calls_->region(); }

}  // namespace rolecall
