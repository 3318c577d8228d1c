// What a job's page says of it to crawlers: schema.org's JobPosting in JSON-LD.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

// As far as the page says it; texts are HTML, escaped no more.
struct JobPosting {
  std::string id;  // its identifier, where it is a text, a number or has a value
  std::string url;
  std::string title;
  std::string description;
  std::string requirements;         // its qualifications, skills and experience
  std::vector<std::string> places;  // "Locality, Region, Country"
  std::string posted_on;            // as it is written
};

// Every posting of a page, in the order in which they stand. Sites break their JSON-LD in every
// way: lists, graphs and items of lists are looked through, CDATA guards, comments and control
// characters are taken off, and what is escaped for HTML is unescaped. What is no JSON even so is
// no posting. Any page gives some answer, however broken it is.
std::vector<JobPosting> ReadJobPostings(std::string_view html);

}  // namespace rolecall
