// The controls of the simulator, by call and at /_sim/.
#include "sim/board_sim.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"

namespace rolecall {
namespace json = boost::json;
namespace {

Result<SimCompany*> NeededCompany(SimWorld& world, std::string_view name) {
  SimCompany* company = FindCompany(world, name);
  if (company != nullptr) return company;
  std::vector<std::string> names;
  for (const SimCompany& one : world.companies) names.push_back(one.name);
  return Fail(Errc::kInvalidInput, fmt::format("there is no company \"{}\".{}",
                                               OneLine(Mend(std::string(name.substr(0, 80))).text),
                                               DidYouMean(name, names)));
}

Result<void> GiveFault(SimWorld& world, std::string_view company_name, std::string_view fault_name,
                       std::optional<int> rounds) {
  TRY(SimCompany * company, NeededCompany(world, company_name));
  const auto fault = SimFaultOf(fault_name);
  const auto names = SimFaultNames();
  if (!fault)
    return Fail(Errc::kInvalidInput,
                fmt::format("there is no fault \"{}\"; there are {}.{}",
                            OneLine(Mend(std::string(fault_name.substr(0, 80))).text),
                            fmt::join(names, ", "), DidYouMean(fault_name, names)));
  if (rounds && *rounds < 1) return Fail(Errc::kInvalidInput, "rounds must be 1 or more");
  company->fault = *fault;
  company->fault_rounds = rounds;
  return {};
}

Result<void> GiveKeep(SimWorld& world, std::string_view company_name, std::optional<int> keep,
                      UnlistedPages pages) {
  TRY(SimCompany * company, NeededCompany(world, company_name));
  if (keep && *keep < 0) return Fail(Errc::kInvalidInput, "keep must be 0 or more");
  company->keep = keep;
  company->unlisted = pages;
  return {};
}

SimAnswer Detail(const Error& error) {
  return {.status = 400,
          .body = json::serialize(json::object{{"detail", error.message}}),
          .headers = {}};
}

// Nothing where the key is not there, or null.
Result<std::optional<int>> NumberAt(const json::object& body, const char* key) {
  const json::value* found = body.if_contains(key);
  if (found == nullptr || found->is_null()) return std::nullopt;
  if (!found->is_int64() || found->get_int64() < 0 || found->get_int64() > 1'000'000)
    return Fail(Errc::kInvalidInput, fmt::format("{} must be a whole number", key));
  return static_cast<int>(found->get_int64());
}

Result<std::string> TextAt(const json::object& body, const char* key) {
  const json::value* found = body.if_contains(key);
  if (found == nullptr || !found->is_string())
    return Fail(Errc::kInvalidInput, fmt::format("{} must be given, as a text", key));
  return std::string(found->get_string());
}

Result<void> FaultByBody(SimWorld& world, const json::object& body) {
  TRY(const std::string company, TextAt(body, "company"));
  TRY(const std::string fault, TextAt(body, "fault"));
  TRY(const auto rounds, NumberAt(body, "rounds"));
  return GiveFault(world, company, fault, rounds);
}

Result<void> KeepByBody(SimWorld& world, const json::object& body) {
  TRY(const std::string company, TextAt(body, "company"));
  TRY(const auto keep, NumberAt(body, "keep"));
  const std::string pages = body.contains("pages") ? TextAt(body, "pages").value_or("") : "stand";
  if (pages != "stand" && pages != "gone")
    return Fail(Errc::kInvalidInput, "pages must be \"stand\" or \"gone\"");
  return GiveKeep(world, company, keep,
                  pages == "gone" ? UnlistedPages::kGone : UnlistedPages::kStand);
}

SimAnswer Change(SimWorld& world, const SimRequest& request,
                 Result<void> (*change)(SimWorld&, const json::object&)) {
  boost::system::error_code failure;
  const json::value value = json::parse(request.body, failure);
  const json::object* body = failure ? nullptr : value.if_object();
  if (body == nullptr) return Detail({Errc::kInvalidInput, "the body is no JSON object"});
  const auto done = change(world, *body);
  return done ? SimAnswer{.body = "{}", .headers = {}} : Detail(done.error());
}

json::array CompaniesJson(const SimWorld& world) {
  json::array companies;
  for (const SimCompany& one : world.companies)
    companies.push_back(json::object{
        {"name", one.name}, {"board", one.board}, {"token", one.token}, {"jobs", one.jobs.size()}});
  return companies;
}

json::object RequestsJson(const SimWorld& world) {
  json::object requests;
  for (const SimCompany& one : world.companies)
    requests[one.name] = json::object{{"list", one.list_requests}, {"detail", one.detail_requests}};
  return requests;
}

SimAnswer AnswerControl(SimWorld& world, const SimRequest& request) {
  const bool post = request.method == "POST";
  const std::string_view target =
      std::string_view(request.target).substr(0, request.target.find('?'));
  if (target == "/_sim/companies" && !post)
    return {.body = json::serialize(CompaniesJson(world)), .headers = {}};
  if (target == "/_sim/requests" && !post)
    return {.body = json::serialize(RequestsJson(world)), .headers = {}};
  if (target == "/_sim/next" && post) {
    NextRound(world);
    return {.body = fmt::format(R"({{"round":{}}})", world.round), .headers = {}};
  }
  if (target == "/_sim/fault" && post) return Change(world, request, FaultByBody);
  if (target == "/_sim/company" && post) return Change(world, request, KeepByBody);
  return JsonError(404, "Not found");
}

Result<void> CheckKinds(const BoardRegistry& registry, const std::vector<std::string>& kinds) {
  const std::vector<std::string> known = SimKinds(registry);
  for (const std::string& kind : kinds)
    if (std::ranges::find(known, kind) == known.end())
      return Fail(Errc::kInvalidInput,
                  fmt::format("no board \"{}\" is simulated; there are {}.{}",
                              OneLine(Mend(kind.substr(0, 80)).text), fmt::join(known, ", "),
                              DidYouMean(kind, known)));
  return {};
}

}  // namespace

Result<std::unique_ptr<BoardSim>> BoardSim::Start(const SimSettings& settings,
                                                  std::shared_ptr<const BoardRegistry> registry) {
  if (settings.port < 0 || settings.port > 65'535)
    return Fail(Errc::kInvalidInput, fmt::format("{} is no port", settings.port));
  if (settings.companies < 1 || settings.companies > 10'000)
    return Fail(Errc::kInvalidInput, "companies must be from 1 to 10000");
  if (settings.jobs < 0 || settings.jobs > 100'000)
    return Fail(Errc::kInvalidInput, "jobs must be from 0 to 100000 a company");
  if (!(settings.churn >= 0 && settings.churn <= 0.5))
    return Fail(Errc::kInvalidInput, "churn must be from 0 to 0.5");
  if (!(settings.spread >= 0 && settings.spread <= 1))
    return Fail(Errc::kInvalidInput, "spread must be from 0 to 1");
  const std::vector<std::string> kinds =
      settings.kinds.empty() ? std::vector<std::string>{"greenhouse", "workday"} : settings.kinds;
  if (!registry) registry = std::make_shared<const BoardRegistry>();
  CHECK_OK(CheckKinds(*registry, kinds));
  SimWorld world = MakeWorld(registry, settings.seed, settings.companies, settings.jobs,
                             settings.churn, kinds, settings.spread);
  if (const auto made = static_cast<int>(world.companies.size()); made < settings.companies)
    return Fail(Errc::kInvalidInput,
                fmt::format("{} companies cannot be made of {}, only {}: a kind of one company is "
                            "given once",
                            settings.companies, fmt::join(kinds, ", "), made));
  OpenSites(world);
  std::unique_ptr<BoardSim> sim(new BoardSim(std::move(world)));
  TRY(sim->server_, SimServer::Listen(settings.port, settings.delay,
                                      [raw = sim.get()](const SimRequest& request) {
                                        return raw->world_.With([&](SimWorld& world) {
                                          return request.target.starts_with("/_sim/")
                                                     ? AnswerControl(world, request)
                                                     : AnswerVendor(world, request);
                                        });
                                      }));
  return sim;
}

BoardSim::~BoardSim() = default;

std::vector<BoardSim::Company> BoardSim::Companies() {
  return world_.With([](const SimWorld& world) {
    std::vector<Company> companies;
    for (const SimCompany& one : world.companies)
      companies.push_back({one.name, one.board, one.token, static_cast<int>(one.jobs.size())});
    return companies;
  });
}

int BoardSim::Next() {
  return world_.With([](SimWorld& world) {
    NextRound(world);
    return world.round;
  });
}

void BoardSim::SetDays(std::vector<std::chrono::sys_days> days) {
  world_.With([&](SimWorld& world) { world.days = std::move(days); });
}

Result<void> BoardSim::SetFault(std::string_view company, std::string_view fault,
                                std::optional<int> rounds) {
  return world_.With([&](SimWorld& world) { return GiveFault(world, company, fault, rounds); });
}

Result<void> BoardSim::Keep(std::string_view company, std::optional<int> keep,
                            UnlistedPages pages) {
  return world_.With([&](SimWorld& world) { return GiveKeep(world, company, keep, pages); });
}

BoardSim::Requests BoardSim::CountRequests(std::string_view company) {
  return world_.With([&](SimWorld& world) {
    const SimCompany* found = FindCompany(world, company);
    return found == nullptr ? Requests{} : Requests{found->list_requests, found->detail_requests};
  });
}

}  // namespace rolecall
