// The region in which AWS is asked.
#pragma once

#include <string>

#include "base/error.h"

namespace rolecall {

// What the environment and the files say of it, in the order in which it counts.
struct RegionSources {
  std::string region;          // AWS_REGION
  std::string default_region;  // AWS_DEFAULT_REGION
  std::string profile;         // AWS_PROFILE; empty: "default"
  std::string config_file;     // AWS_CONFIG_FILE, or ~/.aws/config
};

// "eu-west-1". kInvalidInput where none is set, where it is none, or where the file cannot be read.
Result<std::string> ReadRegion(const RegionSources& sources);

}  // namespace rolecall
