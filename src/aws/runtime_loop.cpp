// Whatever comes of an event, the next one is asked for: only the Runtime API ends the loop.
#include "aws/runtime_loop.h"

#include <fmt/format.h>

#include <cstdlib>
#include <exception>

namespace rolecall {
namespace {

// There before any other thread is: later settings change the value in its place.
void SetTrace(const std::string& trace_id) { setenv("_X_AMZN_TRACE_ID", trace_id.c_str(), 1); }

EventAnswer HandleSafely(const HandleEvent& handle, const LambdaEvent& event) {
  try {
    return handle(event);
  } catch (const std::exception& bug) {
    return FunctionError{"Function.Unhandled",
                         fmt::format("something broke that should not: {}", bug.what())};
  } catch (...) {
    return FunctionError{"Function.Unhandled", "something broke that should not"};
  }
}

}  // namespace

Error AnswerEvents(RuntimeApi& runtime, const HandleEvent& handle,
                   const std::function<void(std::string_view)>& complain) {
  SetTrace("");
  while (true) {
    const auto event = runtime.Next();
    if (!event) return event.error();
    SetTrace(event->trace_id);
    const EventAnswer answer = HandleSafely(handle, *event);
    const auto* error = std::get_if<FunctionError>(&answer);
    if (error != nullptr) complain(error->message);
    const auto taken = error != nullptr
                           ? runtime.TellError(event->request_id, *error)
                           : runtime.Answer(event->request_id, std::get<std::string>(answer));
    if (!taken) return taken.error();
    if (*taken == RuntimeApi::Taken::kTooLarge)
      complain("the answer is larger than Lambda passes on");
    if (*taken == RuntimeApi::Taken::kRefused)
      complain("the Runtime API refuses the answer: the event was over before");
  }
}

}  // namespace rolecall
