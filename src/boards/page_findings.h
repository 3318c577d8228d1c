// What the pages of a site said in one reading, and what it proves.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "boards/posting_jobs.h"
#include "domain/listing.h"

namespace rolecall {

// A page of the site as it answered. What it leads to, if not to itself, is on the site too.
struct SitePage {
  std::string path;       // that was asked for
  std::string came_from;  // the same, or where it leads to
  std::string body;
};

class PageFindings {
 public:
  // `site_url`: "https://HOST". Where each page is a job's, one without a posting is doubtful,
  // whatever it is like.
  enum class Each { kMayBeAJob, kIsAJob };
  PageFindings(const BoardAddress& board, std::string site_url, Each each)
      : board_(board), site_url_(std::move(site_url)), each_(each) {}

  // A page that lists jobs, for which every other is one then.
  void AddListPage(const std::string& path, JobPage page);
  // A page that may be a job's.
  void AddPage(const SitePage& page);
  void AddGone() { ++gone_; }
  void AddFailed(const std::string& path, const std::string& why);
  void AddElsewhere(const std::string& host);
  // Why the listing cannot be complete.
  void Doubt(std::string why) { doubts_.push_back(std::move(why)); }

  // `of_none`: what a reading proves that found no page at all which could be a job's.
  enum class OfNone { kNothing, kNoJobs };
  Listing Judge(ListingBuilder builder, OfNone of_none) &&;

 private:
  void AddUnreadPage(std::string_view what, const std::string& path);
  void AddSilentPages();
  void TellDoubts();

  struct SilentPage {
    std::string path;
    std::string leads_to;  // empty: nowhere else
  };

  const BoardAddress& board_;
  std::string site_url_;
  Each each_;
  bool is_listed_ = false;  // by a page, whose total counts what is gone
  std::vector<SaidPosting> said_;
  std::vector<SilentPage> silent_;              // that say no posting
  std::set<std::string, std::less<>> folders_;  // of those that say one
  int gone_ = 0, failed_ = 0, elsewhere_ = 0;
  std::string first_failed_, first_elsewhere_;
  std::vector<std::string> doubts_;
  ListingPage listing_;
};

}  // namespace rolecall
