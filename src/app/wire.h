// Who uses whom: makes the parts of the program from its settings.
#pragma once

#include <functional>
#include <memory>

#include "app/config.h"
#include "store/db.h"
#include "work/tools.h"

namespace rolecall {

// Makes the kinds of board in the definitions folder known. Before threads start. kInvalidInput on
// a folder that cannot be read and on a bad definition, naming file and key.
Result<void> LoadDefinitions(const Config& config);

enum class Schema {
  kPrepare,  // migrated where that is safe by itself
  kAsItIs,   // for the command that migrates
};

// Opens the database, making the folder of a SQLite file where it is missing.
Result<std::unique_ptr<Database>> OpenStore(const Config& config, Schema schema);

Result<std::unique_ptr<Fetcher>> MakeFetcher(const Config& config);

// One that is as polite together with all workers of the database as it is alone. `lease_clock` is
// the database's clock, carried on. Must not outlive the database.
Result<std::unique_ptr<Fetcher>> MakeFetcher(const Config& config, Database& database,
                                             Clock lease_clock, std::string worker);

// The tools of a run over these parts, by the system's clock.
WorkTools ToolsFor(const Config& config, Database& database, Fetcher& fetcher,
                   std::function<void()> progress);

}  // namespace rolecall
