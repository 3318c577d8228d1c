// Where the index of a database's jobs is kept.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/config.h"
#include "store/search/kept_index.h"

namespace rolecall {

// A folder of that database under what the settings name, or else under the data folder; of a
// SQLite file, where the settings name none, beside it ("rolecall.db-search"). Empty, for an index
// in memory, where the database is. Nothing where there is no place for one, and on AWS Lambda,
// whose files outlive nothing.
std::optional<std::string> SearchFolderOf(const Config& config);

// The index there; null where there is none, or the database does not answer. `database` outlives
// it.
std::unique_ptr<KeptIndex> OpenIndex(const Config& config, Database& database);

}  // namespace rolecall
