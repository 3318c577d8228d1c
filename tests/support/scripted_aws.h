// A service of AWS that answers with what a test scripts.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "tests/support/raw_server.h"

namespace rolecall {

// A whole answer, whose headers end with "\r\n" each.
inline Script Says(int status, std::string_view body = "", std::string_view headers = "") {
  return {Answer(status, body, headers)};
}

// Gives its answers one after the other, and the last of them for ever.
class ScriptedAws {
 public:
  explicit ScriptedAws(std::deque<Script> answers)
      : answers_(std::move(answers)), server_([this](const std::string&) { return Next(); }) {}

  std::string url() const { return server_.Url(""); }
  std::vector<std::string> requests() { return server_.requests(); }

 private:
  Script Next() {
    std::scoped_lock lock(mutex_);
    Script next = answers_.front();
    if (answers_.size() > 1) answers_.pop_front();
    return next;
  }

  std::mutex mutex_;
  std::deque<Script> answers_;
  RawServer server_;
};

}  // namespace rolecall
