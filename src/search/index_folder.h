// The folder of an index's files: which of them is the index now, and making another where that one
// is of no use.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/error.h"
#include "search/job_index.h"

namespace rolecall {

// Free bytes without which no index is begun.
inline constexpr std::uint64_t kLeastRoomForIndex = 64U << 20;

// Of one database. Its files are numbered, and the last one counts: so that another is made beside
// one that is still open, here or in another process, and neither is ever mistaken for the other.
// Safe to use from several threads, and from several processes beside each other.
class IndexFolder {
 public:
  // `folder` is made where it is missing; empty: the index is in memory, and this object's own.
  // `of` names the database.
  IndexFolder(std::string folder, std::string of)
      : folder_(std::move(folder)), of_(std::move(of)) {}

  // The index as it is. A file that is missing, damaged, or of another form or database is replaced
  // by an empty one, and those before it are removed. kUnavailable where another process is just
  // doing that, or there is no room; kStorage where the folder cannot be written.
  Result<std::shared_ptr<JobIndex>> Open();

  // Has Open make another, after `index` turned out to be damaged. Nothing where somebody did.
  void GiveUp(const std::shared_ptr<JobIndex>& index);

 private:
  Result<std::shared_ptr<JobIndex>> OpenLast();
  bool IsCurrent() const;

  const std::string folder_, of_;
  std::mutex mutex_;
  std::shared_ptr<JobIndex> index_;
  std::string file_;           // of index_
  std::uint64_t inode_ = 0;    // of that file
  std::string given_up_ = "";  // the file that is of no use
};

}  // namespace rolecall
