// What is kept for a stream alone, and what can be had anew.
#include "streams/stream_state.h"

#include <algorithm>
#include <string_view>

namespace rolecall {
namespace {

constexpr std::string_view kEventEnd = "\n\n";
// Bytes that are kept though they can be had anew.
constexpr std::size_t kMostHeld = 65'536;

}  // namespace

void Pending::DropUnsent() {
  const SharedText whole = text;
  const std::string_view left = whole.view().substr(sent);
  if (left.size() <= kMostHeld) return;
  const std::size_t end = left.find(kEventEnd, kMostHeld / 2);
  if (end == std::string_view::npos) return;
  std::string_view dropped = left.substr(end + kEventEnd.size());
  if (dropped.empty()) return;
  text = std::string(left.substr(0, left.size() - dropped.size()));
  for (; !dropped.empty(); ++unsent) {
    const std::size_t event_end = dropped.find(kEventEnd);
    dropped.remove_prefix(event_end == std::string_view::npos ? dropped.size()
                                                              : event_end + kEventEnd.size());
  }
  sent = sent_before = 0;
  // It was asked for after all before it was taken: the client has read.
  reads_nothing_since.reset();
  joins.reset();
  ends = false;
}

}  // namespace rolecall
