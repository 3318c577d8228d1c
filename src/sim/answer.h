// What the pretended vendors answer: each in its own format, with its own paging and traps. No
// sockets here.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/world.h"

namespace rolecall {

struct SimRequest {
  std::string method, target, body;                          // target as in the request line
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
};

struct SimAnswer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  enum class Manner { kWhole, kNever, kTrickle } manner = Manner::kWhole;
};

// The kinds of board that can be pretended, by name.
std::vector<std::string> SimKinds(const BoardRegistry& registry);

// Gives each company of a kind that its definition describes wholly its site.
void OpenSites(SimWorld& world);

// Answers a vendor's address, /HOST/PATH, as a gateway sees it.
SimAnswer AnswerVendor(SimWorld& world, const SimRequest& request);

SimAnswer AnswerGreenhouse(SimWorld& world, const SimRequest& request, std::string_view path);
SimAnswer AnswerWorkday(SimWorld& world, const SimRequest& request, std::string_view host,
                        std::string_view path);

// Sites that are read from pages made for people.
SimAnswer AnswerIcims(SimWorld& world, const SimRequest& request, std::string_view host,
                      std::string_view path);
SimAnswer AnswerJazzHr(SimWorld& world, std::string_view host, std::string_view path);
SimAnswer AnswerTiles(const SimWorld& world, SimCompany& company, const SimRequest& request,
                      std::string_view path);
SimAnswer AnswerJsonLd(const SimWorld& world, SimCompany& company, std::string_view path);

// Whether a site whose pages are bound to a session gave the cookie that the request brings.
bool BringsSession(const SimCompany& company, const SimRequest& request);
void BeginSession(const SimCompany& company, SimAnswer& answer);

// The pages that people see: a job's, 404 once it has gone.
SimAnswer GreenhousePage(SimWorld& world, std::string_view path);
SimAnswer JobPage(const SimCompany& company, const SimWords& words, std::string_view url);
SimAnswer PageNotFound();

SimAnswer JsonError(int status, std::string_view text);

// A description of 40 MB is put into the body last, where this word stands for it: a tree of it
// would be copied many times.
inline constexpr std::string_view kHugeMark = "HUGE-DESCRIPTION";
void PutHugeText(std::string& body);

// Lays the company's fault over the answer that its listing would be.
SimAnswer WithFault(const SimCompany& company, SimAnswer answer);

}  // namespace rolecall
