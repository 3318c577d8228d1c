// How many streams each user has open: one that nobody reads keeps memory of the server's.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "base/guarded.h"
#include "streams/stream_right.h"

namespace rolecall {

// Safe to use from several threads.
class UserStreams {
 public:
  // The right to one stream more; null where the user has as many as one may have.
  std::shared_ptr<const StreamRight> Open(std::int64_t user_id);

 private:
  using Counts = Guarded<std::map<std::int64_t, int>>;
  std::shared_ptr<Counts> counts_ =
      std::make_shared<Counts>();  // with the permits: streams end last
};

}  // namespace rolecall
