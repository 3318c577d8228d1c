// Hears what other processes tell through PostgreSQL's NOTIFY.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "db/db.h"

namespace rolecall {

// Listens on a session of its own with the server at `url`. Null where a pooler stands between,
// whose sessions hear nothing. kUnavailable where nobody answers.
Result<std::unique_ptr<Listener>> ListenOnPostgres(const std::string& url,
                                                   std::vector<Sql> channels);

}  // namespace rolecall
