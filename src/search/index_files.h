// The numbered files of one index in a folder: which of them it is now, and another where that one
// is of no use.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/error.h"

namespace rolecall {

// Free bytes without which no index is begun, nor anything taken into one of texts.
inline constexpr std::uint64_t kLeastRoomForIndex = 64U << 20;

// kUnavailable where the folder's disk has less.
Result<void> CheckRoomForIndex(const std::string& folder);

// Used by one thread at a time, and by several processes beside each other.
class IndexFiles {
 public:
  // Opens a file, or makes it. kUnavailable: it may pass; any other trouble: it is of no use.
  using Opener = std::function<Result<void>(const std::string& file)>;

  // Named "NAME-1.db" and so on.
  IndexFiles(std::string folder, std::string_view name) : folder_(std::move(folder)), name_(name) {}

  // Has the last file opened, or a new one, and removes those before it.
  Result<void> Open(const Opener& open);

  // Whether what was opened is still the file of that name.
  bool IsCurrent() const;

  // Has Open make another.
  void GiveUp() { given_up_ = file_; }

 private:
  std::string FileOf(int number) const;

  const std::string folder_, name_;
  std::string file_;         // that was opened
  std::uint64_t inode_ = 0;  // of that file
  std::string given_up_;     // the file that is of no use
};

}  // namespace rolecall
