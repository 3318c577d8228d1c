// The interface described as an OpenAPI document, for whoever makes a client of it.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "api/handler.h"

namespace rolecall {

// As of this version of the program.
boost::json::object InterfaceDocument(const std::string& version);

// 304 for whoever names the document by its ETag.
Result<Reply> GetInterface(const ApiParts& parts, const Call& call);

}  // namespace rolecall
