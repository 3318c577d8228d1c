// The page of web/: one document at each of its addresses, and the files that it is made of.
#pragma once

#include "api/handler.h"

namespace rolecall {

// The document, which finds its files and the interface under the base path.
Result<Reply> GetPage(const ApiParts& parts, const Call& call);
// A file by its name, which changes with what is in it: kept for a year.
Result<Reply> GetPageFile(const ApiParts& parts, const Call& call);
// There is none: 204.
Result<Reply> GetPageIcon(const ApiParts& parts, const Call& call);

}  // namespace rolecall
