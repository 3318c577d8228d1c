// A job's page as people see it, with the schema.org words that crawlers read.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "sim/answer.h"

namespace rolecall {
namespace json = boost::json;
namespace {

std::string InHtml(std::string_view text) {
  std::string escaped;
  for (const char c : text)
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else
      escaped += c;
  return escaped;
}

// No text may end the script that it stands in.
std::string InScript(const json::object& object) {
  std::string text = json::serialize(object);
  for (std::size_t at = text.find("</"); at != std::string::npos; at = text.find("</", at + 3))
    text.replace(at, 2, "<\\/");
  return text;
}

}  // namespace

SimAnswer JobPage(const SimCompany& company, const SimWords& words, std::string_view url) {
  const json::object posting{
      {"@context", "https://schema.org"},
      {"@type", "JobPosting"},
      {"title", words.title},
      {"description", words.description},
      {"url", url},
      {"hiringOrganization", json::object{{"@type", "Organization"}, {"name", company.name}}},
      {"jobLocation", json::object{{"@type", "Place"}, {"address", words.place}}}};
  return {.content_type = "text/html",
          .body = fmt::format(
              "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0} at {1}"
              "</title><script type=\"application/ld+json\">{2}</script></head><body><h1>{0}</h1>"
              "<p>{3}</p>{4}</body></html>",
              InHtml(words.title), company.name, InScript(posting), InHtml(words.place),
              words.description),
          .headers = {}};
}

SimAnswer PageNotFound() {
  return {.status = 404,
          .content_type = "text/html",
          .body = "<!doctype html><html><body><h1>Page not found</h1></body></html>",
          .headers = {}};
}

}  // namespace rolecall
