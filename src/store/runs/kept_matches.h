// Which lines of logs matched, for whoever asks again: a page that scrolls through them, a count
// that grows with its log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>

#include "base/error.h"
#include "db/db.h"
#include "store/runs/matched_lines.h"

namespace rolecall {

// Safe to use from several threads.
class KeptMatches {
  struct Entry;

 public:
  // Lines that nobody else reads or extends meanwhile.
  class Held {
   public:
    const MatchedLines* operator->() const;

   private:
    friend class KeptMatches;
    explicit Held(std::shared_ptr<Entry> entry);

    std::shared_ptr<Entry> entry_;
    std::unique_lock<std::mutex> lock_;
  };

  // As the log stands now. The first of a filter walks over the whole log, with some thousand lines
  // of it in memory at a time.
  Result<Held> Hold(Connection& db, std::int64_t run_id, const LineFilter& filter, LineOrder order);

 private:
  std::shared_ptr<Entry> FindOrAdd(std::int64_t run_id, const LineFilter& filter, LineOrder order);
  void DropOldest();

  std::mutex mutex_;
  std::list<std::shared_ptr<Entry>> entries_;  // the last used first
};

}  // namespace rolecall
