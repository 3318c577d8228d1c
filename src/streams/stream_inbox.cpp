// Hands mail to the streams' thread. The bell is an eventfd, rung once for all mail that is taken
// together.
#include "streams/stream_inbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "streams/topic.h"

namespace rolecall {
namespace {

int MakeBell() {
  const int bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (bell < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  return bell;
}

}  // namespace

StreamInbox::StreamInbox() : bell_(MakeBell()) {}

StreamInbox::~StreamInbox() { close(bell_); }

template <typename Put>
void StreamInbox::Deliver(Put put) {
  const std::scoped_lock lock(mutex_);
  // A topic that is kept here would keep this inbox.
  if (mail_.stops) return;
  put();
  if (!std::exchange(rung_, true)) eventfd_write(bell_, 1);
}

void StreamInbox::Add(Newcomer newcomer) {
  Deliver([&] { mail_.added.push_back(std::move(newcomer)); });
}

void StreamInbox::Tell(std::shared_ptr<TopicState> topic) {
  Deliver([&] { mail_.told.push_back(std::move(topic)); });
}

void StreamInbox::TellCaught(Caught caught) {
  Deliver([&] { mail_.caught.push_back(std::move(caught)); });
}

void StreamInbox::TellRightsWithdrawn() {
  Deliver([&] { mail_.rights_withdrawn = true; });
}

void StreamInbox::Drain(std::chrono::steady_clock::time_point by) {
  Deliver([&] { mail_.drain_by = mail_.drain_by ? std::min(*mail_.drain_by, by) : by; });
}

void StreamInbox::Stop() {
  Deliver([&] { mail_.stops = true; });
}

StreamInbox::Mail StreamInbox::Take() {
  const std::scoped_lock lock(mutex_);
  if (std::exchange(rung_, false)) {
    eventfd_t rings = 0;
    eventfd_read(bell_, &rings);
  }
  Mail mail = std::exchange(mail_, {});
  mail_.stops = mail.stops;
  return mail;
}

}  // namespace rolecall
