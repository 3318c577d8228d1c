// Makes jobs of what pages say of themselves in JSON-LD.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "boards/entry.h"
#include "content/job_page.h"

namespace rolecall {

// A posting, and the page that is its own.
struct SaidPosting {
  std::string path;  // on the site, with its query; never empty
  JobPosting posting;
};

// The postings of a page that lists, each with the path of its own page, or that of the list where
// it has an identifier alone. What has neither, or a page on another site, is added as an entry
// that cannot be read. `site_url`: "https://HOST".
std::vector<SaidPosting> PostingsOfList(const std::string& site_url, const std::string& path,
                                        std::vector<JobPosting> postings, ListingPage& listing);

// The same of a job's page: the only posting is the page's own, whatever address it names; of
// several it is that which names the page, or else the page is a list.
std::vector<SaidPosting> PostingsOfPage(const std::string& site_url, const std::string& path,
                                        std::vector<JobPosting> postings, ListingPage& listing);

// A job is known by its posting's identifier, or by its page's path: where there is no identifier,
// and where postings of other titles have the same, which then names something else, such as the
// company. Postings of several titles that an address alone could tell apart, and does not, are
// entries that cannot be read. So no job hides another.
void AddPostings(const BoardAddress& board, const std::string& site_url,
                 std::vector<SaidPosting> said, ListingPage& listing);

}  // namespace rolecall
