// Which streams each user has open, and that none outlives the token it was opened with.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>

#include "auth/sign_in.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "db/db.h"
#include "streams/stream_right.h"

namespace rolecall {

// Safe to use from several threads.
class UserStreams {
 public:
  // The right to one stream more, to be kept as long as it is open; null where the user has as many
  // as one may have, since one that nobody reads keeps memory of the server's.
  std::shared_ptr<const StreamRight> Open(const SignedIn& user);

  // Withdraws the right of each stream whose token is refused by now: it has expired, the password
  // was changed after it, or the user is gone. Whether there was any; fails as the database does,
  // and then does nothing.
  Result<bool> WithdrawRefused(Database& database, Timestamp now);

 private:
  struct OpenStream {
    int token_epoch;
    Timestamp until;
    StreamRight* right = nullptr;  // takes this away before it goes
  };
  using Streams = Guarded<std::map<std::int64_t, std::list<OpenStream>>>;
  std::shared_ptr<Streams> streams_ =
      std::make_shared<Streams>();  // with the permits: streams end last
};

}  // namespace rolecall
