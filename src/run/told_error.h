// What users are told of an error: never a database's address, index or SQL, which are for whoever
// runs the program.
#pragma once

#include <string>

#include "base/error.h"

namespace rolecall {

// The error's own sentence, or of a database (kStorage, kUnavailable) a plain one.
std::string ToldToUsers(const Error& error);

}  // namespace rolecall
