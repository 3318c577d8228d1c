// Where the interface was asked: what absolute addresses in its answers begin with.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace rolecall {

// "https://jobs.example.com/rolecall" of the origin that the request names (X-Forwarded-Proto and
// X-Forwarded-Host of a proxy before Host) and the base path; without a host that can be one, the
// base path alone.
std::string AskedOrigin(const Request& request, std::string_view base_path);

}  // namespace rolecall
