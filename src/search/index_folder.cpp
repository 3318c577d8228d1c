// Finds the file with the last number under a lock that other processes take too (flock), and makes
// the next one.
#include "search/index_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <system_error>
#include <vector>

#include "db/database_url.h"

namespace rolecall {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kBegins = "index-";
constexpr std::string_view kEnds = ".db";

std::string FileOf(const std::string& folder, int number) {
  return fmt::format("{}/{}{}{}", folder, kBegins, number, kEnds);
}

// Of "index-12.db" 12; -1 of other names.
int NumberOf(std::string_view name) {
  if (!name.starts_with(kBegins) || !name.ends_with(kEnds)) return -1;
  name = name.substr(kBegins.size(), name.size() - kBegins.size() - kEnds.size());
  int number = -1;
  const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
  return read.ec == std::errc() && read.ptr == name.data() + name.size() ? number : -1;
}

std::vector<int> NumbersIn(const std::string& folder) {
  std::vector<int> numbers;
  std::error_code failure;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure))
    if (const int number = NumberOf(at->path().filename().string()); number >= 0)
      numbers.push_back(number);
  return numbers;
}

std::uint64_t InodeOf(const std::string& file) {
  struct stat told{};
  return stat(file.c_str(), &told) == 0 ? told.st_ino : 0;
}

// Held until it ends, by one process at a time.
class FolderLock {
 public:
  static Result<FolderLock> Take(const std::string& folder) {
    const std::string file = folder + "/lock";
    const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
      return Fail(Errc::kStorage, fmt::format("the search index in {} cannot be written: {}",
                                              folder, std::generic_category().message(errno)));
    FolderLock lock(descriptor);
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0)
      return Fail(Errc::kUnavailable, "another process is opening the search index");
    return lock;
  }
  FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock() {
    if (descriptor_ >= 0) close(descriptor_);
  }

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

Result<void> MakeFolder(const std::string& folder) {
  std::error_code failure;
  const bool is_new = fs::create_directories(folder, failure);
  if (failure)
    return Fail(Errc::kStorage, fmt::format("the folder {} for the search index cannot be made: {}",
                                            folder, failure.message()));
  // As the database is its owner's alone.
  if (is_new) fs::permissions(folder, fs::perms::owner_all, failure);
  return {};
}

Result<void> CheckRoom(const std::string& folder) {
  std::error_code failure;
  const fs::space_info room = fs::space(folder, failure);
  if (failure || room.available >= kLeastRoomForIndex) return {};
  return Fail(Errc::kUnavailable,
              fmt::format("the disk of {} has no room for a search index", folder));
}

// With what SQLite keeps beside it. Who has it open goes on with it.
void Remove(const std::string& file) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(file + suffix, ignored);
}

}  // namespace

bool IndexFolder::IsCurrent() const {
  return index_ != nullptr && (folder_.empty() || InodeOf(file_) == inode_);
}

Result<std::shared_ptr<JobIndex>> IndexFolder::Open() {
  const std::scoped_lock hold(mutex_);
  if (IsCurrent()) return index_;
  index_ = nullptr;
  if (folder_.empty()) {
    TRY(index_, JobIndex::Open(std::string(kSqliteInMemory), of_));
    return index_;
  }
  return OpenLast();
}

Result<std::shared_ptr<JobIndex>> IndexFolder::OpenLast() {
  CHECK_OK(MakeFolder(folder_));
  TRY(const FolderLock lock, FolderLock::Take(folder_));
  const std::vector<int> numbers = NumbersIn(folder_);
  const int last = numbers.empty() ? 0 : std::ranges::max(numbers);
  file_ = FileOf(folder_, last);
  if (last > 0 && file_ != given_up_) {
    auto opened = JobIndex::Open(file_, of_);
    if (opened) {
      index_ = *std::move(opened);
      inode_ = InodeOf(file_);
      return index_;
    }
    if (opened.error().code == Errc::kUnavailable)
      return std::unexpected(std::move(opened).error());
  }
  CHECK_OK(CheckRoom(folder_));
  file_ = FileOf(folder_, last + 1);
  TRY(index_, JobIndex::Open(file_, of_));
  inode_ = InodeOf(file_);
  for (const int number : numbers) Remove(FileOf(folder_, number));
  return index_;
}

void IndexFolder::GiveUp(const std::shared_ptr<JobIndex>& index) {
  const std::scoped_lock hold(mutex_);
  if (index_ != index) return;
  given_up_ = file_;
  index_ = nullptr;
}

}  // namespace rolecall
