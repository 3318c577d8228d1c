// One entry of a listing: the texts that were found in it, and the job that they make.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "boards/definition.h"
#include "boards/stated_pages.h"
#include "boards/text_parts.h"
#include "domain/listing.h"

namespace rolecall {

struct ListingPage {
  std::vector<ListedJob> jobs;
  std::vector<UnreadEntry> unreadable;  // entries without id, title or URL
  int left_out = 0;                     // entries that the board itself does not show
  std::optional<int> total;             // as the board states it
  std::optional<int> pages;             // likewise, of pages
  PageCount count;                      // which page it is and of how many, as it states
  std::string next;                     // what asks for the next page; empty where there is none
};

// A total, as a site writes it; nothing where that is no whole number.
std::optional<int> StatedTotal(std::string_view text);

// Why such a job cannot be counted on ("without title"); "" where it can.
std::string_view WhyNoJob(const ListedJob& job);

struct EntryTexts {
  std::string id, path, requisition, title, url;
  std::optional<std::string> company;
  std::vector<Piece> location, location_else, content, requirements;
  FactTexts facts{};
  bool left_out = false;  // by a condition of the definition

  // Empties it for another entry. Its room stays.
  void Clear();
};

// Makes jobs of entries, in whatever form a board has them.
class EntryTaker {
 public:
  // `holes`: what fills the templates, but for the entry's own.
  EntryTaker(const BoardDefinition& definition, Holes holes)
      : definition_(definition), holes_(std::move(holes)) {}

  // Adds the entry to the page: a job, or one that cannot be read. `place`: in the page, from 1.
  // `raw`: the entry as it is written.
  void Take(EntryTexts& texts, int place, std::string_view raw, ListingPage& page);

  // `job`: what could be read of it.
  static void AddUnread(std::string_view why, std::string_view raw, int place, ListedJob job,
                        std::string requisition, ListingPage& page);

 private:
  ListedJob JobOf(EntryTexts& texts);

  const BoardDefinition& definition_;
  Holes holes_;
};

}  // namespace rolecall
