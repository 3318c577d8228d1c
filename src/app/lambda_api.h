// The API function of AWS Lambda: the interface's routes, asked by events.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/config.h"
#include "aws/http_event.h"
#include "aws/runtime_loop.h"
#include "http/message.h"

namespace rolecall {

// Opens what it works with at the first event, and anew at a later one where that failed: until
// then events are answered with 500 or 503. Used by one thread.
class LambdaApi {
 public:
  // `complain` is told what is for the log alone.
  LambdaApi(Environment environment, std::function<void(std::string_view)> complain);
  LambdaApi(const LambdaApi&) = delete;
  LambdaApi& operator=(const LambdaApi&) = delete;
  ~LambdaApi();

  EventAnswer Answer(const LambdaEvent& event);

 private:
  class Opened;
  // Whatever happens, there is one.
  Reply ReplyOf(const HttpEvent& event);

  const Environment environment_;
  const std::function<void(std::string_view)> complain_;
  std::unique_ptr<Opened> opened_;
};

}  // namespace rolecall
