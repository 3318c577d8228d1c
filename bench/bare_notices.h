// LISTEN and NOTIFY by libpq's own calls: what being told of a commit takes at the least.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "bench/arrivals.h"

namespace rolecall {

// Two sessions, one of which listens on a thread of its own. Throws where the database refuses.
class BareNotices {
 public:
  explicit BareNotices(const std::string& url);
  BareNotices(const BareNotices&) = delete;
  BareNotices& operator=(const BareNotices&) = delete;
  ~BareNotices();

  // Milliseconds from a transaction's COMMIT until its notice is here.
  double Tell();

 private:
  using Session = std::unique_ptr<PGconn, void (*)(PGconn*)>;
  static Session Open(const std::string& url);
  static void Run(const Session& session, const std::string& sql);
  void Hear();

  Session tells_, hears_;
  std::int64_t told_ = 0;
  Arrivals notices_;
  std::jthread thread_;
};

}  // namespace rolecall
