// A file that the browser keeps, told piece by piece.
#pragma once

#include <functional>
#include <string>

#include "base/error.h"
#include "http/message.h"

namespace rolecall {

struct FileForm {
  std::string content_type;
  std::string name;  // plain ASCII
};

// `next` gives piece after piece, "" at the end. The first is made at once, so that whatever fails
// then is told with its status.
Result<Reply> Download(FileForm form, std::function<Result<std::string>()> next);

}  // namespace rolecall
