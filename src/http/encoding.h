// Packs bodies with gzip for those who take it.
#pragma once

#include <string_view>

#include "http/message.h"

namespace rolecall {

// Whether an Accept-Encoding header allows gzip, as RFC 9110, 12.5.3, reads it. "" does not.
bool AllowsGzip(std::string_view accept_encoding);

// Packs the body of a reply of text or JSON over 1 KiB where the request allows it, and tells
// caches that it depends on that; a strong ETag becomes that of the packed bytes
// (http/entity_tag.h). Leaves alone what is told piece by piece, and what is packed.
void Encode(const Request& request, Reply& reply);

}  // namespace rolecall
