// GET /logo/{name}.svg: a letter on a colour, drawn here, so that nobody is asked for a picture.
#pragma once

#include <string>
#include <string_view>

#include "api/handler.h"

namespace rolecall {

// The absolute address of the letter of a name.
std::string LogoUrl(const ApiParts& parts, const Request& request, std::string_view name);

Result<Reply> GetLogo(const ApiParts& parts, const Call& call);

}  // namespace rolecall
