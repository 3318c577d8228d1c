// Finds the region of AWS. It becomes a part of host names, and is held to the letters of one.
#include "aws/region.h"

#include <fmt/format.h>

#include <algorithm>

#include "aws/profile_file.h"
#include "base/text.h"

namespace rolecall {
namespace {

Result<std::string> CheckRegion(std::string_view region, std::string_view from) {
  const bool is_one = std::ranges::all_of(
      region, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
  if (is_one && region.front() != '-' && region.back() != '-') return std::string(region);
  return Fail(Errc::kInvalidInput, fmt::format("the region ({}) must be one such as eu-west-1, and "
                                               "is {}",
                                               from, Quoted(region)));
}

}  // namespace

Result<std::string> ReadRegion(const RegionSources& sources) {
  if (!sources.region.empty()) return CheckRegion(sources.region, "AWS_REGION");
  if (!sources.default_region.empty())
    return CheckRegion(sources.default_region, "AWS_DEFAULT_REGION");
  const std::string profile = sources.profile.empty() ? "default" : sources.profile;
  TRY(const auto keys, ReadConfigProfile(sources.config_file, profile));
  if (const auto region = keys ? KeyOf(*keys, "region") : ""; !region.empty())
    return CheckRegion(region, sources.config_file);
  return Fail(Errc::kInvalidInput,
              fmt::format("no region of AWS is set: set AWS_REGION, such as to eu-west-1 (the "
                          "profile {} has none either)",
                          profile));
}

}  // namespace rolecall
