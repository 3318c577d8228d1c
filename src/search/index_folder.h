// The folder of an index's files: opens the index as it is now.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/error.h"
#include "db/database_url.h"
#include "search/index_files.h"

namespace rolecall {

// Of one database. Its files are numbered, and the last one counts: so that another is made beside
// one that is still open, here or in another process, and neither is ever mistaken for the other.
// An Index has its `kName`, and Open(file, database). Safe to use from several threads, and from
// several processes beside each other.
template <typename Index>
class IndexFolder {
 public:
  // `folder` is made where it is missing; empty: the index is in memory, and this object's own.
  // `of` names the database.
  IndexFolder(std::string folder, std::string of)
      : folder_(std::move(folder)), of_(std::move(of)), files_(folder_, Index::kName) {}

  // The index as it is. A file that is missing, damaged, or of another form or database is replaced
  // by an empty one, and those before it are removed. kUnavailable where another process is just
  // doing that, or there is no room; kStorage where the folder cannot be written.
  Result<std::shared_ptr<Index>> Open() {
    const std::scoped_lock hold(mutex_);
    if (index_ != nullptr && (folder_.empty() || files_.IsCurrent())) return index_;
    index_ = nullptr;
    const auto open = [this](const std::string& file) -> Result<void> {
      TRY(index_, Index::Open(file, of_));
      return {};
    };
    CHECK_OK(folder_.empty() ? open(std::string(kSqliteInMemory)) : files_.Open(open));
    return index_;
  }

  // kUnavailable where the folder's disk has not room enough to take anything.
  Result<void> CheckRoom() const {
    return folder_.empty() ? Result<void>() : CheckRoomForIndex(folder_);
  }

  // Has Open make another, after `index` turned out to be damaged. Nothing where somebody did.
  void GiveUp(const std::shared_ptr<Index>& index) {
    const std::scoped_lock hold(mutex_);
    if (index_ != index) return;
    files_.GiveUp();
    index_ = nullptr;
  }

  // What the index said; one that is damaged is given up.
  template <typename T>
  Result<T> Judged(const std::shared_ptr<Index>& index, Result<T> said) {
    if (!said && said.error().code == Errc::kStorage) GiveUp(index);
    return said;
  }

 private:
  const std::string folder_, of_;
  std::mutex mutex_;
  IndexFiles files_;
  std::shared_ptr<Index> index_;
};

}  // namespace rolecall
