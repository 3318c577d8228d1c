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

  // Withdraws the right of each stream whose token has expired. Whether there was any.
  bool WithdrawExpired(Timestamp now);
  // The same of those whose password was changed after it, and of users who are gone. Fails as the
  // database does, and then does nothing.
  Result<bool> WithdrawOutdated(Database& database);

 private:
  struct OpenStream {
    int token_epoch;
    Timestamp until;
    StreamRight* right = nullptr;  // takes this away before it goes
  };
  template <typename IsRefused>
  bool Withdraw(IsRefused is_refused);

  using Streams = Guarded<std::map<std::int64_t, std::list<OpenStream>>>;
  std::shared_ptr<Streams> streams_ =
      std::make_shared<Streams>();  // with the permits: streams end last
};

}  // namespace rolecall
