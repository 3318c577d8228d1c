// Keeps the last that were asked for, by how many and by how large they are.
#include "store/runs/kept_matches.h"

#include <algorithm>
#include <atomic>

namespace rolecall {
namespace {

constexpr std::size_t kMostKeptMatches = 64;         // filters of runs
constexpr std::size_t kMostMatchedLines = 16 << 20;  // of all of them, 4 bytes each

}  // namespace

struct KeptMatches::Entry {
  Entry(std::int64_t run, const LineFilter& filter, LineOrder order)
      : run_id(run), lines(filter, order) {}

  const std::int64_t run_id;
  std::mutex mutex;                  // held by whoever reads or extends
  MatchedLines lines;                // under mutex, but for its filter and order
  std::atomic<std::size_t> size{0};  // of lines
};

KeptMatches::Held::Held(std::shared_ptr<Entry> entry)
    : entry_(std::move(entry)), lock_(entry_->mutex) {}

const MatchedLines* KeptMatches::Held::operator->() const { return &entry_->lines; }

Result<KeptMatches::Held> KeptMatches::Hold(Connection& db, std::int64_t run_id,
                                            const LineFilter& filter, LineOrder order) {
  Held held(FindOrAdd(run_id, filter, order));
  CHECK_OK(held.entry_->lines.Extend(db, run_id));
  held.entry_->size = held->size();
  DropOldest();
  return held;
}

std::shared_ptr<KeptMatches::Entry> KeptMatches::FindOrAdd(std::int64_t run_id,
                                                           const LineFilter& filter,
                                                           LineOrder order) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find_if(entries_, [&](const std::shared_ptr<Entry>& entry) {
    return entry->run_id == run_id && entry->lines.order() == order &&
           entry->lines.filter() == filter;
  });
  if (found == entries_.end())
    entries_.push_front(std::make_shared<Entry>(run_id, filter, order));
  else
    entries_.splice(entries_.begin(), entries_, found);
  return entries_.front();
}

// The last used stays, however large it is.
void KeptMatches::DropOldest() {
  const std::scoped_lock lock(mutex_);
  std::size_t lines = 0;
  for (const auto& entry : entries_) lines += entry->size;
  while (entries_.size() > 1 && (entries_.size() > kMostKeptMatches || lines > kMostMatchedLines)) {
    lines -= entries_.back()->size;
    entries_.pop_back();
  }
}

}  // namespace rolecall
