// Files of profiles, as the AWS command line keeps them: sections of keys
// (https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace rolecall {

// By name in lower case. What is nested below a key is left out.
using ProfileKeys = std::map<std::string, std::string, std::less<>>;

// The keys of [section]; nothing where there is no such file or section. kInvalidInput names the
// file and the line that cannot be read, and never what stands there: it may be a secret.
Result<std::optional<ProfileKeys>> ReadSection(const std::string& file, std::string_view section);

// The keys of a profile in a config file, where its section is [default] or [profile NAME].
Result<std::optional<ProfileKeys>> ReadConfigProfile(const std::string& file,
                                                     std::string_view profile);

// The value of a key; "" where it is not there.
std::string_view KeyOf(const ProfileKeys& keys, std::string_view name);

}  // namespace rolecall
