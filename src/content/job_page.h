// What a job's page says of it to crawlers: schema.org's JobPosting in JSON-LD.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

// In words, or in numbers as they are written.
struct PostedSalary {
  std::string words;
  std::string least, most, currency, per;
  bool operator==(const PostedSalary&) const = default;
};

// As far as the page says it; texts are HTML, escaped no more.
struct JobPosting {
  std::string id;  // its identifier, where it is a text, a number or has a value
  std::string url;
  std::string title;
  std::string description;
  std::string requirements;         // its qualifications, skills and experience
  std::vector<std::string> places;  // "Locality, Region, Country"
  std::string posted_on;            // as it is written
  std::string location_type;        // "TELECOMMUTE" of a job that is remote
  PostedSalary salary;
  bool operator==(const JobPosting&) const = default;
};

struct JobPage {
  std::vector<JobPosting> postings;  // in the order in which they stand, each once
  // Addresses, as they are written, of what an ItemList names without saying a posting of it.
  std::vector<std::string> listed;
  std::optional<int> total;  // of the page's only ItemList, where it says how many it holds
  // Some of it cannot be read, though it names a JobPosting: it is no JSON, or too much.
  bool broken = false;
};

// Sites break their JSON-LD in every way: lists, graphs and items of lists are looked through,
// CDATA guards, comments and control characters are taken off, and what is escaped for HTML is
// unescaped. What is no JSON even so is no posting. Any page gives some answer, however broken it
// is.
JobPage ReadJobPage(std::string_view html);

// Its postings alone.
std::vector<JobPosting> ReadJobPostings(std::string_view html);

}  // namespace rolecall
