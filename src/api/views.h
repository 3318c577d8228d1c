// Views: what a user looks for again and again, kept by name.
#pragma once

#include "api/handler.h"

namespace rolecall {

// A view is {"name", "query", "q", "company", "status", "sort", "has_key", "created_at",
// "updated_at"}; `query` is what GET /api/jobs takes of it. One that is not there is 404.

// What the first part of the path names; kNotFound where no view can have that name.
Result<std::string> ViewNameIn(const Call& call);

// {"views": [view]}, in the order of their names.
Result<Reply> GetViews(const ApiParts& parts, const Call& call);
Result<Reply> GetView(const ApiParts& parts, const Call& call);

// Keeps {"q", "company", "status", "sort"}, each as GET /api/jobs takes it, under that name: 201,
// or 200 where it takes the place of another, whose key stays. 422 names what cannot be right, the
// name at ["path", "name"].
Result<Reply> PutView(const ApiParts& parts, const Call& call);

// 204. Its feed goes with it.
Result<Reply> DeleteView(const ApiParts& parts, const Call& call);

}  // namespace rolecall
