// Everything that handlers of the interface work with, over a database in memory.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>

#include "api/handler.h"
#include "api/metrics.h"
#include "api/readiness.h"
#include "api/watching/feeds.h"
#include "auth/sign_in.h"
#include "run/run_events.h"
#include "store/migrate.h"
#include "streams/streams.h"
#include "tests/support/canned_fetcher.h"
#include "tests/support/databases.h"
#include "tests/support/manual_clock.h"
#include "tests/support/secret.h"

namespace rolecall {

class ApiRig {
 public:
  explicit ApiRig(CannedFetcher::Answer web = [](const FetchRequest&) -> Result<Response> {
    return Fail(Errc::kUnavailable, "nobody answers");
  })
      : database_(OpenDatabase("sqlite::memory:").value()), fetcher_(std::move(web)) {
    EXPECT_TRUE(Migrate(*database_, kTestNow));
  }

  Database& database() { return *database_; }
  ManualClock& clock() { return clock_; }
  const ApiParts& parts() { return parts_; }
  SignIn& sign_in() { return sign_in_; }
  WorkTools& tools() { return tools_; }
  // From here on the server is ending.
  void Stop() { stop_.request_stop(); }

  UserProfile User(std::string_view email = kLocalUser) {
    return LoadProfileOf(*database_->Reader().value(), email).value();
  }
  // A token of that user, good for an hour.
  std::string TokenOf(const UserProfile& user) {
    return SignToken(kSecret, user, clock_.Now(), std::chrono::hours(1));
  }
  // From here on the database refuses whatever concerns users.
  void BreakUsers() {
    auto tx = database_->Write().value();
    EXPECT_TRUE(tx->Run("ALTER TABLE users RENAME TO hidden"));
    EXPECT_TRUE(tx.Commit());
  }

 private:
  std::unique_ptr<Database> database_;
  ManualClock clock_{kTestNow};
  CannedFetcher fetcher_;
  SignIn sign_in_{*database_, fetcher_, {.secret = kSecret}};
  RunEvents events_{*database_};
  Streams streams_{{}};
  Feeds feeds_{*database_, events_, streams_, {}};
  Metrics metrics_{"test"};
  Readiness readiness_{*database_, "."};
  ApiSettings settings_{.database_type = "LOCAL"};
  WorkTools tools_{.database = *database_, .fetcher = fetcher_, .clock = clock_.AsClock()};
  std::stop_source stop_;
  ApiParts parts_{.database = *database_,
                  .tools = tools_,
                  .settings = settings_,
                  .sign_in = sign_in_,
                  .feeds = feeds_,
                  .streams = streams_,
                  .metrics = metrics_,
                  .readiness = readiness_,
                  .wake = [] {},
                  .stop = stop_.get_token()};
};

}  // namespace rolecall
