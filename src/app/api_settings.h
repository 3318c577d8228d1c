// What the settings of the program say of its interface.
#pragma once

#include <string>

#include "api/handler.h"
#include "api/interface.h"
#include "app/config.h"
#include "db/db.h"

namespace rolecall {

// `base_path`: as ApiSettings has it.
ApiSettings ApiSettingsOf(const Config& config, std::string base_path, Dialect dialect);

// Fails as SecretOf.
Result<InterfaceSettings> InterfaceSettingsOf(const Config& config, std::string base_path,
                                              Dialect dialect);

}  // namespace rolecall
