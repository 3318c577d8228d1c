// Brings the search index up while a server runs, so that searches find little left to do.
#pragma once

#include <functional>
#include <string_view>
#include <thread>

#include "store/search/kept_index.h"

namespace rolecall {

class IndexKeeper {
 public:
  // At once, and then every five seconds, each time by what changed alone: titles first, then
  // descriptions, between whose steps titles come first again. `complain` is told what goes wrong,
  // once for as long as it is the same. The index outlives this.
  IndexKeeper(KeptIndex& index, std::function<void(std::string_view)> complain);

  // Takes no more once what is being written is, at most 5,000 jobs; ends with the object.
  void BeginToEnd() { thread_.request_stop(); }

 private:
  void Work(const std::stop_token& ends);
  Result<bool> BringUp(const std::stop_token& ends);  // false where texts are left

  KeptIndex& index_;
  const std::function<void(std::string_view)> complain_;
  std::jthread thread_;
};

}  // namespace rolecall
