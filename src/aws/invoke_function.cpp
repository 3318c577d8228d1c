// Names functions of Lambda, and invokes them asynchronously. A path with a ':' in it is signed
// wrongly, so that an ARN is taken apart first.
#include "aws/invoke_function.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostOfPayload = 1 << 20;  // bytes

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsNameOf(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '-' || c == '_';
  });
}

bool IsAccount(std::string_view text) {
  return text.size() == 12 && std::ranges::all_of(text, IsDigit);
}

// "eu-west-1", "us-gov-east-1".
bool IsRegion(std::string_view text) {
  return IsNameOf(text, 32) && std::ranges::count(text, '-') >= 2 && IsDigit(text.back());
}

std::vector<std::string_view> PartsOf(std::string_view text) {
  std::vector<std::string_view> parts;
  for (auto colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':')) {
    parts.push_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  parts.push_back(text);
  return parts;
}

std::string ShownFunction(const FunctionName& function) {
  return fmt::format("the function {}{}{}", function.name, function.qualifier.empty() ? "" : ":",
                     function.qualifier);
}

// What comes next in `parts`, from `at` on.
class Parts {
 public:
  explicit Parts(std::vector<std::string_view> parts) : parts_(std::move(parts)) {}

  std::size_t left() const { return parts_.size() - at_; }
  std::string_view next() const { return parts_[at_]; }
  std::string Take() { return std::string(parts_[at_++]); }

 private:
  const std::vector<std::string_view> parts_;
  std::size_t at_ = 0;
};

}  // namespace

Result<FunctionName> ReadFunctionName(std::string_view text) {
  const auto refused = [&] {
    return Fail(Errc::kInvalidInput,
                fmt::format("a function of Lambda is named as rolecall-worker, "
                            "rolecall-worker:prod or by its ARN, and not {}",
                            Quoted(text)));
  };
  Parts parts(PartsOf(text));
  FunctionName function;
  if (parts.left() >= 7 && parts.next() == "arn") {
    parts.Take();
    if (!parts.Take().starts_with("aws") || parts.Take() != "lambda" || !IsRegion(parts.next()))
      return refused();
  }
  if (parts.left() >= 4 && IsRegion(parts.next())) function.region = parts.Take();
  if (parts.left() >= 3 && IsAccount(parts.next())) {
    function.account = parts.Take();
    if (parts.Take() != "function") return refused();
  }
  if (parts.left() > 2 || (!function.region.empty() && function.account.empty())) return refused();
  function.name = parts.Take();
  if (parts.left() == 1) {
    function.qualifier = parts.Take();
    if (function.qualifier != "$LATEST" && !IsNameOf(function.qualifier, 128)) return refused();
  }
  if (!IsNameOf(function.name, 64)) return refused();
  return function;
}

Result<void> CheckIsOurs(const FunctionName& function, std::string_view region,
                         std::string_view account) {
  if (!function.region.empty() && function.region != region)
    return Fail(Errc::kInvalidInput,
                fmt::format("{} is in the region {}, and this program asks in {}: set AWS_REGION",
                            ShownFunction(function), function.region, region));
  if (!function.account.empty() && !account.empty() && function.account != account)
    return Fail(Errc::kInvalidInput,
                fmt::format("{} is of the account {}, and this program runs in {}: functions of "
                            "another account cannot be invoked",
                            ShownFunction(function), function.account, account));
  return {};
}

Result<Invoked> InvokeFunction(AwsClient& client, const FunctionName& function,
                               std::string payload_json, std::chrono::milliseconds time,
                               std::stop_token stop) {
  CHECK_OK(CheckIsOurs(function, client.region()));
  if (payload_json.size() > kMostOfPayload)
    return Fail(Errc::kInvalidInput,
                fmt::format("the event for {} has {} bytes, and Lambda takes 1 MiB",
                            ShownFunction(function), payload_json.size()));
  AwsRequest request{.service = AwsService::kLambda,
                     .action = "lambda:InvokeFunction",
                     .resource = ShownFunction(function),
                     .path = fmt::format("/2015-03-31/functions/{}/invocations", function.name),
                     .headers = {"Content-Type: application/json", "X-Amz-Invocation-Type: Event"},
                     .body = std::move(payload_json),
                     .time = time};
  if (!function.qualifier.empty()) request.query = "Qualifier=" + PercentEncode(function.qualifier);
  const auto answer = client.Post(request, std::move(stop));
  if (answer && answer->status == 202) return Invoked::kQueued;
  if (answer)
    return Fail(Errc::kUpstream, fmt::format("{} answers HTTP {}, and not that it was queued",
                                             request.resource, answer->status));
  const AwsFailure& failure = answer.error();
  // A refusal that came later says nothing of an earlier try, but where it would have met that too.
  const bool is_final = failure.status >= 400 && failure.status <= 499 && failure.status != 429;
  if (failure.may_have_arrived && !is_final) return Invoked::kUnknown;
  return std::unexpected(failure.error);
}

}  // namespace rolecall
