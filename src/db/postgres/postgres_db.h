// The server database, through libpq.
#pragma once

#include <memory>
#include <string>

#include "db/db.h"

namespace rolecall {

// Connects once, to say at once what is wrong. kInvalidInput on a URL that libpq cannot read,
// kUnavailable where nobody answers.
Result<std::unique_ptr<Database>> OpenPostgres(const std::string& url);

}  // namespace rolecall
