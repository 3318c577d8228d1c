// A preview as the interface shows it.
#pragma once

#include <boost/json.hpp>

#include "work/preview.h"

namespace rolecall {

// {company: {"status", "total_count", …, "leaving_jobs", "plan"}}: every company of the preview,
// those included whose jobs leave because the company was removed. One that moved from another
// board has "moved_from": {"would_expire", "leaving_jobs"} beside the plan, for its jobs there.
boost::json::object PreviewJson(const Preview& preview);

}  // namespace rolecall
