// Long texts that are kept small: deflated, behind their length.
#pragma once

#include <optional>
#include <string>

#include "db/db.h"

namespace rolecall {

Blob Pack(const std::string& text);

// Nothing where the bytes are not a packed text, or damaged.
std::optional<std::string> Unpack(const std::string& bytes);

}  // namespace rolecall
