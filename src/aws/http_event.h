// An event of an HTTP API or of a Function URL (payload 2.0) as a request, and a reply as its
// answer
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "http/message.h"

namespace rolecall {

struct HttpEvent {
  Request request;
  std::string stage;             // "prod"; empty: the default one, which stands in no path
  std::optional<Reply> refusal;  // of a body that is too large or cannot be read
  bool is_head = false;          // the request is a GET, of whose answer only the head is sent
  bool of_function_url = false;  // else of an HTTP API, which passes whole answers on alone
};

// kInvalidInput on what is no such event, saying what it lacks.
Result<HttpEvent> ReadHttpEvent(std::string_view json);

// Status, headers and cookies of an answer, as JSON.
std::string HttpHeadOf(const Reply& reply);

// The answer as JSON: packed where the request allows it, in base64 where it is no text. Of a
// stream what there is, or the first 2 MiB of it, with the word to come again after three seconds.
// What is larger than Lambda passes on is 500, what breaks off as ReplyTo has it. `complain` is
// told Reply::failure.
std::string HttpAnswerOf(const HttpEvent& event, Reply reply,
                         const std::function<void(std::string_view)>& complain);

}  // namespace rolecall
