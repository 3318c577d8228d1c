// A client that follows an event stream, and notes when each event was here.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "bench/arrivals.h"
#include "bench/loopback.h"

namespace rolecall {

// The number that an event is noted by; 0: it is not.
using NumberOfEvent = std::function<std::int64_t(std::string_view event)>;

// Of a log, a line's own.
std::int64_t LineOf(std::string_view event);

// Of progress: kFirstStatus of the status on connecting, kFinalStatus of the last.
inline constexpr std::int64_t kFirstStatus = 1, kFinalStatus = 2;
std::int64_t StatusOf(std::string_view event);

// Reads on a thread of its own.
class EventWatcher {
 public:
  // `request` is the whole of it; `number_of` is called on the thread.
  EventWatcher(int port, std::string_view request, NumberOfEvent number_of);
  EventWatcher(const EventWatcher&) = delete;
  EventWatcher& operator=(const EventWatcher&) = delete;
  ~EventWatcher();

  // When the event was here whole. Throws where it does not come within a minute.
  Arrivals::Time Await(std::int64_t number) { return events_.Await(number); }

 private:
  void Read();
  void NoteEvents(std::string& text);

  const NumberOfEvent number_of_;
  Socket socket_;
  Arrivals events_;
  std::jthread thread_;
};

}  // namespace rolecall
