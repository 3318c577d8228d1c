// The secret that tokens are signed with.
#pragma once

#include <string>

#include "app/config.h"
#include "base/error.h"

namespace rolecall {

// SECRET_KEY; else what the file secret.key of the data folder holds, which is made at the first
// time, for its owner alone. Processes that begin at once end up with the same. kInvalidInput where
// others may read the file, where it holds no secret, and where there is no data folder; kStorage
// where it cannot be read or made.
Result<std::string> SecretOf(const Config& config);

}  // namespace rolecall
