// The jobs by which a person sees whose board it is, as the interface and the command line show
// them.
#pragma once

#include <boost/json.hpp>
#include <vector>

#include "domain/listing.h"

namespace rolecall {

// [{"id", "title", "location", "url"}]
inline boost::json::array SampleJson(const std::vector<ListedJob>& jobs) {
  boost::json::array sample;
  for (const ListedJob& job : jobs)
    sample.push_back(boost::json::object{{"id", job.external_id},
                                         {"title", job.title},
                                         {"location", job.location},
                                         {"url", job.url}});
  return sample;
}

}  // namespace rolecall
