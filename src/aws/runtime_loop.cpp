// Whatever comes of an event, the next one is asked for: only the Runtime API ends the loop.
#include "aws/runtime_loop.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>

namespace rolecall {
namespace {

// For whatever library traces. In a place of its own, since setenv keeps every value for ever.
void SetTrace(std::string_view trace_id) {
  constexpr std::string_view kName = "_X_AMZN_TRACE_ID=";
  constexpr std::size_t kRoom = 1024;
  static std::array<char, kRoom> entry{};
  const std::string text =
      std::string(kName) + std::string(trace_id.substr(0, kRoom - kName.size() - 1));
  std::memcpy(entry.data(), text.c_str(), text.size() + 1);
  putenv(entry.data());
}

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

Result<RuntimeApi::Taken> Tell(RuntimeApi& runtime, const std::string& request_id,
                               const EventAnswer& answer) {
  if (const auto* error = std::get_if<FunctionError>(&answer))
    return runtime.TellError(request_id, *error);
  if (const auto* streamed = std::get_if<StreamedAnswer>(&answer))
    return runtime.Stream(request_id, *streamed);
  return runtime.Answer(request_id, std::get<std::string>(answer));
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
    if (const auto* error = std::get_if<FunctionError>(&answer)) complain(error->message);
    const auto taken = Tell(runtime, event->request_id, answer);
    if (!taken) return taken.error();
    if (*taken == RuntimeApi::Taken::kTooLarge)
      complain("the answer is larger than Lambda passes on");
    if (*taken != RuntimeApi::Taken::kRefused) continue;
    // Asked for the next, it would give the same event again, for ever: Lambda counts its tries.
    return {Errc::kUnavailable, "the Runtime API refuses the answer"};
  }
}

}  // namespace rolecall
