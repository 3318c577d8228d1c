// One reading of a board, with its completeness as a type: only a complete listing may show that a
// job is gone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "domain/job_facts.h"

namespace rolecall {

// One opening as a board lists it. Id, title and url are never empty.
struct ListedJob {
  std::string external_id;
  std::string path;  // for the detail call, where the id is not enough; else empty
  std::string title;
  std::string location;  // several places joined by "; "; empty where the board names none
  std::string url;
  std::optional<std::string>
      content;  // raw inline content as the board wrote it; nothing where it needs a request
  std::string content_digest{};  // of `content`; whoever lists jobs by ListingBuilder need not set
                                 // it
  JobFacts facts{};
  std::string facts_digest{};  // of `facts`; likewise
};

// What the job's digest covers: title, place, URL. Content is compared by its own digest.
std::string JobDigest(const ListedJob& job);
std::string ContentDigest(std::string_view content);

// Of the job's inline content (the empty text where it has none), made once by a ListingBuilder.
std::string ContentDigestOf(const ListedJob& job);

// Of what is stated of the job, made once by a ListingBuilder; empty where nothing is.
std::string FactsDigestOf(const ListedJob& job);

// All that a board listed, and proof that it was all. Only ListingBuilder::Finish makes one.
class CompleteListing {
 public:
  const std::vector<ListedJob>& jobs() const { return jobs_; }

  // BLAKE2b over the sorted id, title, place, URL, path, facts and digest of the inline content of
  // each job.
  const std::string& digest() const { return digest_; }

 private:
  friend class ListingBuilder;
  CompleteListing(std::vector<ListedJob> jobs, std::string digest)
      : jobs_(std::move(jobs)), digest_(std::move(digest)) {}
  std::vector<ListedJob> jobs_;
  std::string digest_;
};

// One of the few things for which a listing of all pages is not whole.
struct UnreadEntry {
  int page = 0;        // from 1
  int place = 0;       // in its page, from 1; 0: no entry, but what the listing is as a whole
  std::string what;    // "an entry without title (4000001)"
  std::string digest;  // of the entry as it is written; empty where it could be read
  // As far as they can be read.
  std::string external_id, requisition;
};

// Every page was read, and all but a few entries. Only ListingBuilder::Finish makes one.
class ListingButFor {
 public:
  const std::vector<ListedJob>& jobs() const { return jobs_; }

  // For how many the listing is not whole: entries that cannot be read, entries that came again on
  // a later page, and the difference from the stated total.
  int but_for() const { return but_for_; }
  const std::vector<UnreadEntry>& unread() const { return unread_; }

  // Of `but_for` and of the entries that cannot be read: the same, the same few are missing.
  const std::string& unread_digest() const { return unread_digest_; }

  // Of `but_for` and of what is told of those entries, whatever else they hold, such as the hour.
  std::string ToldDigest() const;

  // "page 1, entry 31: an entry without title ({"bulletFields":["RQ222505"]})"; the first few.
  std::string Unread() const;

  // "whole but for 1: …".
  std::string Trouble() const;

 private:
  friend class ListingBuilder;
  ListingButFor(std::vector<ListedJob> jobs, int but_for, std::vector<UnreadEntry> unread);
  std::vector<ListedJob> jobs_;
  int but_for_;
  std::vector<UnreadEntry> unread_;
  std::string unread_digest_;
};

// "page 1, entry 31: an entry without title (RQ222505)".
std::string Shown(const UnreadEntry& entry);

// What was seen before the reading broke off, or what could not be proved whole. May hold no job.
struct PartialListing {
  std::vector<ListedJob> jobs;
  std::string trouble;  // "page 3 of 5 failed (HTTP 502)"
};

// Nothing was read.
struct FailedListing {
  std::string trouble;
};

// The board said, or its digest showed, that the last complete listing holds unchanged.
struct ConfirmedListing {};

using Listing =
    std::variant<CompleteListing, PartialListing, FailedListing, ConfirmedListing, ListingButFor>;

enum class Completeness : std::uint8_t { kComplete, kConfirmed, kButFor, kPartial, kFailed };
Completeness CompletenessOf(const Listing& listing);

// What the listing shows; empty where it shows nothing, or only confirms.
const std::vector<ListedJob>& JobsIn(const Listing& listing);

// Why the listing is not complete; "" where it is, or confirms one that was.
std::string TroubleOf(const Listing& listing);

// Gathers the pages of one reading and judges whether they are the whole board.
class ListingBuilder {
 public:
  // `max_jobs`: with more, the listing is cut there and incomplete.
  explicit ListingBuilder(int max_jobs) : max_jobs_(max_jobs) {}

  // Entries of one id are one job, their places joined. What tells an entry from others is its raw
  // key: its path where it has one, else its id. A raw key that came on an earlier page is one of
  // the few for which the listing is not whole: the board shifted while it was read. Two paths of
  // one id are no doubt; whatever their order, the words of the smaller path stand, and the places
  // are sorted. Returns whether the page brought any new raw key, which is false where a board
  // wrapped around.
  bool AddPage(std::vector<ListedJob> page);

  // The number of entries that the board states, compared with raw entries, before joining.
  void StateTotal(int total) { stated_total_ = total; }
  std::optional<int> stated_total() const { return stated_total_; }

  // Raw entries so far.
  int entries() const { return entries_; }
  int pages() const { return pages_; }
  bool capped() const { return capped_; }

  // An entry without id, title or URL, of the page that is added next: it counts, but the listing
  // cannot be complete.
  void AddUnreadable(UnreadEntry entry);

  // Entries that the board itself does not show: they count in its total, and are no jobs.
  void AddLeftOut(int count) { entries_ += count; }

  // The last page was seen. Complete; whole but for a few, which are at most 3 or 2% of the total
  // and less than half of the entries; or partial with the reason why it can be called neither.
  Listing Finish() &&;

  // The reading ended before the last page; failed where not one page was read.
  Listing BreakOff(std::string trouble) &&;

 private:
  std::vector<ListedJob> jobs_;
  std::unordered_map<std::string, std::size_t> place_of_;  // external id → index in jobs_
  std::unordered_map<std::string, int> page_of_;           // raw key → the first page with it
  std::vector<UnreadEntry> unread_;
  std::optional<int> stated_total_;
  int max_jobs_;
  int entries_ = 0;
  int pages_ = 0;
  bool capped_ = false;
};

}  // namespace rolecall
