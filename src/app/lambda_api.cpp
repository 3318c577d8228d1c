// Answers events as the server answers connections.
#include "app/lambda_api.h"

#include <fmt/format.h>

#include <optional>

#include "api/cors.h"
#include "api/interface.h"
#include "api/routes.h"
#include "app/api_settings.h"
#include "app/open_store.h"
#include "app/secret.h"
#include "app/worker.h"
#include "aws/http_event.h"

namespace rolecall {
namespace {

constexpr std::string_view kNotSetUp =
    "This function is not set up: whoever runs it finds more in its log.";

}  // namespace

// Its parts stand in the order in which they start.
class LambdaApi::Opened {
 public:
  static Result<std::unique_ptr<Opened>> Open(const Environment& environment,
                                              const std::string& stage) {
    TRY(auto config, ReadConfig(environment));
    CHECK_OK(SecretOf(config));
    std::unique_ptr<Opened> opened(new Opened(std::move(config)));
    TRY(opened->database_, OpenStore(opened->config_, Schema::kPrepare));
    TRY(opened->worker_, Worker::Make(opened->config_, *opened->database_));
    TRY(auto settings, InterfaceSettingsOf(opened->config_, stage.empty() ? "" : "/" + stage,
                                           opened->database_->dialect()));
    opened->interface_ = std::make_unique<Interface>(*opened->database_, opened->worker_->fetcher(),
                                                     opened->metrics_, std::move(settings));
    opened->tools_.emplace(opened->worker_->Tools({}));
    opened->parts_.emplace(opened->interface_->PartsWith(*opened->tools_, [] {}, {}));
    return opened;
  }

  Reply Answer(const Request& request) {
    Reply reply = rolecall::Answer(*parts_, request);
    AllowOrigin(parts_->settings.origins, request, reply);
    return reply;
  }

 private:
  explicit Opened(Config config) : config_(std::move(config)) {}

  const Config config_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Worker> worker_;
  Metrics metrics_{ROLECALL_VERSION};
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
  if (event->refusal) return HttpAnswerOf(*event, *event->refusal, complain_);
  if (opened_ == nullptr) {
    auto opened = Opened::Open(environment_, event->stage);
    if (!opened) {
      const bool may_pass = opened.error().code == Errc::kUnavailable;
      if (!may_pass) complain_(opened.error().message);
      return HttpAnswerOf(*event, may_pass ? ReplyTo(opened.error()) : Refuse(500, kNotSetUp),
                          complain_);
    }
    opened_ = *std::move(opened);
  }
  return HttpAnswerOf(*event, opened_->Answer(event->request), complain_);
}

}  // namespace rolecall
