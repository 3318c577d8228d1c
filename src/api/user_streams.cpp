// Counts open streams by user.
#include "api/user_streams.h"

namespace rolecall {
namespace {

constexpr int kMostStreams = 20;

}  // namespace

std::shared_ptr<const StreamRight> UserStreams::Open(std::int64_t user_id) {
  const bool opened = counts_->With([&](auto& open) {
    int& count = open[user_id];
    if (count >= kMostStreams) return false;
    ++count;
    return true;
  });
  if (!opened) return nullptr;
  return std::make_shared<StreamRight>(Permit([counts = counts_, user_id] {
    counts->With([&](auto& open) {
      if (--open[user_id] == 0) open.erase(user_id);
    });
  }));
}

}  // namespace rolecall
