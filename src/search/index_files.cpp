// Finds the file with the last number under a lock that other processes take too (flock), and makes
// the next one.
#include "search/index_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <vector>

namespace rolecall {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kEnds = ".db";

// Of "index-12.db" 12, where `begins` is "index-"; -1 of other names.
int NumberOf(std::string_view name, std::string_view begins) {
  if (!name.starts_with(begins) || !name.ends_with(kEnds)) return -1;
  name = name.substr(begins.size(), name.size() - begins.size() - kEnds.size());
  int number = -1;
  const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
  return read.ec == std::errc() && read.ptr == name.data() + name.size() ? number : -1;
}

std::vector<int> NumbersIn(const std::string& folder, const std::string& begins) {
  std::vector<int> numbers;
  std::error_code failure;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure))
    if (const int number = NumberOf(at->path().filename().string(), begins); number >= 0)
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
  static Result<FolderLock> Take(const std::string& folder, const std::string& name) {
    const std::string file = fmt::format("{}/{}.lock", folder, name);
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

// With what SQLite keeps beside it. Who has it open goes on with it.
void Remove(const std::string& file) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(file + suffix, ignored);
}

}  // namespace

Result<void> CheckRoomForIndex(const std::string& folder) {
  std::error_code failure;
  const fs::space_info room = fs::space(folder, failure);
  if (failure || room.available >= kLeastRoomForIndex) return {};
  return Fail(Errc::kUnavailable,
              fmt::format("the disk of {} has no room for a search index", folder));
}

std::string IndexFiles::FileOf(int number) const {
  return fmt::format("{}/{}-{}{}", folder_, name_, number, kEnds);
}

bool IndexFiles::IsCurrent() const { return InodeOf(file_) == inode_; }

Result<void> IndexFiles::Open(const Opener& open) {
  CHECK_OK(MakeFolder(folder_));
  TRY(const FolderLock lock, FolderLock::Take(folder_, name_));
  const std::vector<int> numbers = NumbersIn(folder_, name_ + "-");
  int number = numbers.empty() ? 0 : std::ranges::max(numbers);
  const bool is_of_use = number > 0 && FileOf(number) != given_up_;
  Result<void> opened;
  if (is_of_use) {
    opened = open(FileOf(number));
    if (!opened && opened.error().code == Errc::kUnavailable) return opened;
  }
  if (!is_of_use || !opened) {
    CHECK_OK(CheckRoomForIndex(folder_));
    CHECK_OK(open(FileOf(++number)));
  }
  file_ = FileOf(number);
  inode_ = InodeOf(file_);
  // Also what a process that died in the midst of this left.
  for (const int before : numbers)
    if (before != number) Remove(FileOf(before));
  return {};
}

}  // namespace rolecall
