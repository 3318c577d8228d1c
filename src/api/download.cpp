// Makes a reply that a browser keeps as a file. The first piece is held back until the reply is
// under way.
#include "api/download.h"

#include <fmt/format.h>

#include <utility>

namespace rolecall {

Result<Reply> Download(FileForm form, std::function<Result<std::string>()> next) {
  TRY(auto piece, next());
  Reply reply{.content_type = std::move(form.content_type)};
  reply.headers.push_back(
      {"Content-Disposition", fmt::format("attachment; filename=\"{}\"", form.name)});
  reply.more = [begun = false, first = std::move(piece),
                next = std::move(next)]() mutable -> Result<std::string> {
    if (std::exchange(begun, true)) return next();
    return std::exchange(first, {});
  };
  return reply;
}

}  // namespace rolecall
