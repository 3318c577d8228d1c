// Everything that handlers of the interface work with, over a database in memory.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "api/interface.h"
#include "store/migrate.h"
#include "tests/support/canned_fetcher.h"
#include "tests/support/databases.h"
#include "tests/support/manual_clock.h"
#include "tests/support/registry.h"
#include "tests/support/secret.h"

namespace rolecall {

class ApiRig {
 public:
  explicit ApiRig(CannedFetcher::Answer web = [](const FetchRequest&) -> Result<Response> {
    return Fail(Errc::kUnavailable, "nobody answers");
  })
      : ApiRig(std::move(web), BuiltInRegistry()) {}
  // `kinds`: those that it knows.
  ApiRig(CannedFetcher::Answer web, std::shared_ptr<const BoardRegistry> kinds)
      : database_(OpenDatabase("sqlite::memory:").value()),
        kinds_(std::move(kinds)),
        fetcher_(std::move(web)) {
    EXPECT_TRUE(Migrate(*database_, kTestNow));
  }

  Database& database() { return *database_; }
  ManualClock& clock() { return clock_; }
  const ApiParts& parts() { return parts_; }
  SignIn& sign_in() { return interface_.sign_in(); }
  WorkTools& tools() { return tools_; }
  // What the web was asked.
  std::vector<FetchRequest> asked() { return fetcher_.asked(); }
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
  const std::shared_ptr<const BoardRegistry> kinds_;
  ManualClock clock_{kTestNow};
  CannedFetcher fetcher_;
  Metrics metrics_{"test"};
  KeptIndex index_{*database_, "", "test"};  // in memory
  Interface interface_{*database_,
                       *kinds_,
                       fetcher_,
                       clock_.AsClock(),
                       metrics_,
                       {.api = {.database_type = "LOCAL"},
                        .sign_in = {.secret = kSecret},
                        .disk_folder = ".",
                        .index = &index_}};
  WorkTools tools_{
      .database = *database_, .kinds = *kinds_, .fetcher = fetcher_, .clock = clock_.AsClock()};
  std::stop_source stop_;
  ApiParts parts_ = interface_.PartsWith(tools_, [] {}, {}, stop_.get_token());
};

}  // namespace rolecall
