// Answers events as the server answers connections.
#include "app/lambda_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>

#include "api/cors.h"
#include "api/interface.h"
#include "api/routes.h"
#include "app/api_settings.h"
#include "app/cloud.h"
#include "app/definitions.h"
#include "app/open_store.h"
#include "app/secret.h"
#include "app/worker.h"
#include "aws/http_event.h"
#include "aws/streamed_reply.h"

namespace rolecall {
namespace {

// Before the deadline, for a stream to end.
constexpr std::chrono::milliseconds kStreamEndsBefore{3'000};
// Where nobody knows how long there is.
constexpr std::chrono::milliseconds kStreamWithoutAClock{5'000};
constexpr std::string_view kBroken =
    "Something broke here: whoever runs this function finds more in its log.";
constexpr std::string_view kNotSetUp =
    "This function is not set up: whoever runs it finds more in its log.";

}  // namespace

// Its parts stand in the order in which they start.
class LambdaApi::Opened {
 public:
  static Result<std::unique_ptr<Opened>> Open(const Environment& environment,
                                              const std::string& stage,
                                              const Cloud::Complain& complain) {
    TRY(auto config, ReadConfig(environment));
    TRY(config.kinds, ReadKinds(config));
    CHECK_OK(SecretOf(config));
    std::unique_ptr<Opened> opened(new Opened(std::move(config)));
    TRY(opened->database_, OpenStore(opened->config_, Schema::kPrepare));
    TRY(opened->worker_, Worker::Make(opened->config_, *opened->database_));
    TRY(auto settings, InterfaceSettingsOf(opened->config_, stage.empty() ? "" : "/" + stage,
                                           opened->database_->dialect()));
    settings.api.spares_known_jobs = true;
    TRY(opened->cloud_,
        Cloud::Open(opened->config_, *opened->database_, opened->worker_->clock(), complain, {}));
    opened->interface_ = std::make_unique<Interface>(
        *opened->database_, *opened->config_.kinds, opened->worker_->fetcher(),
        opened->worker_->clock(), opened->metrics_, std::move(settings), opened->cloud_->lines());
    opened->tools_.emplace(opened->worker_->Tools({}));
    opened->parts_.emplace(
        opened->interface_->PartsWith(*opened->tools_, [] {}, opened->cloud_->launch(), {}));
    return opened;
  }

  // Whether answers to it are passed on as they come.
  bool Streams(const HttpEvent& event) const {
    return event.of_function_url && config_.aws.function_url_streams;
  }
  Timestamp Now() const { return worker_->Now(); }
  rolecall::Streams& streams() { return interface_->streams(); }

  Reply Answer(const Request& request) {
    // Where it cannot be read, the request finds out by itself.
    std::ignore = worker_->KeepClock();
    Reply reply = rolecall::Answer(*parts_, request);
    cloud_->LookForLeftRuns();
    AllowOrigin(parts_->settings.origins, request, reply);
    return reply;
  }

 private:
  explicit Opened(Config config) : config_(std::move(config)) {}

  const Config config_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Worker> worker_;
  Metrics metrics_{ROLECALL_VERSION};
  std::unique_ptr<Cloud> cloud_;
  std::unique_ptr<Interface> interface_;
  std::optional<WorkTools> tools_;
  std::optional<ApiParts> parts_;
};

LambdaApi::LambdaApi(Environment environment, std::function<void(std::string_view)> complain)
    : environment_(std::move(environment)), complain_(std::move(complain)) {}
LambdaApi::~LambdaApi() = default;

EventAnswer LambdaApi::Answer(const LambdaEvent& lambda_event) {
  const auto event = ReadHttpEvent(lambda_event.body);
  if (!event) return FunctionError{"Function.InvalidEvent", event.error().message};
  Reply reply = ReplyOf(*event);
  if (opened_ == nullptr || !opened_->Streams(*event))
    return HttpAnswerOf(*event, std::move(reply), complain_);
  if (!reply.failure.empty()) complain_(reply.failure);
  const auto left = TimeLeft(lambda_event, opened_->Now()).value_or(kStreamWithoutAClock);
  StreamedAnswer answer = StreamedAnswerOf(*event, std::move(reply), opened_->streams(),
                                           left - std::min(left / 4, kStreamEndsBefore));
  // What broke may name hosts and users: it is for the log alone.
  answer.more = [this, more = std::move(answer.more)]() mutable -> Result<std::string> {
    auto piece = more();
    if (piece) return piece;
    complain_(piece.error().message);
    return Fail(piece.error().code, "the answer broke off");
  };
  return answer;
}

Reply LambdaApi::ReplyOf(const HttpEvent& event) {
  if (event.refusal) return *event.refusal;
  try {
    if (opened_ == nullptr) {
      auto opened = Opened::Open(environment_, event.stage, complain_);
      if (!opened && opened.error().code == Errc::kUnavailable) return ReplyTo(opened.error());
      if (!opened) {
        complain_(opened.error().message);
        return Refuse(500, kNotSetUp);
      }
      opened_ = *std::move(opened);
    }
    return opened_->Answer(event.request);
  } catch (const std::exception& bug) {
    Reply reply = Refuse(500, kBroken);
    reply.failure = fmt::format("{} {}: {}", event.request.method, event.request.path, bug.what());
    return reply;
  }
}

}  // namespace rolecall
