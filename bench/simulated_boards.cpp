// The world is made here as well: it is the same for the same seed.
#include "bench/simulated_boards.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <chrono>

#include "bench/must.h"
#include "store/users/companies.h"
#include "store/users/filter_texts.h"
#include "store/users/users.h"

namespace rolecall {
namespace {

constexpr int kSeed = 29;

}  // namespace

SimulatedBoards::SimulatedBoards(const BoardsSettings& settings,
                                 const std::filesystem::path& folder)
    : world_(MakeWorld(std::make_shared<const BoardRegistry>(), kSeed, settings.companies,
                       settings.jobs, settings.churn)) {
  static int count = 0;
  const std::filesystem::path port = folder / fmt::format("port_{}", ++count);
  simulator_ = std::make_unique<Program>(
      std::vector<std::string>{
          "simulate", "--port", "0", "--port-file", port.string(), "--seed", fmt::to_string(kSeed),
          "--companies", fmt::to_string(settings.companies), "--jobs",
          fmt::to_string(settings.jobs), "--churn", fmt::to_string(settings.churn), "--delay",
          fmt::format("{}ms", settings.delay.count())},
      std::map<std::string, std::string>{}, folder);
  address_ = fmt::format("http://127.0.0.1:{}", AwaitPort(port));
}

void SimulatedBoards::Next() {
  const std::unique_ptr<CURL, void (*)(CURL*)> request(curl_easy_init(), curl_easy_cleanup);
  const std::string url = address_ + "/_sim/next";
  const auto drop = +[](char*, std::size_t size, std::size_t count, void*) { return size * count; };
  curl_easy_setopt(request.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(request.get(), CURLOPT_POSTFIELDS, "");
  curl_easy_setopt(request.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(request.get(), CURLOPT_WRITEFUNCTION, drop);
  if (const CURLcode code = curl_easy_perform(request.get()); code != CURLE_OK)
    throw std::runtime_error(fmt::format("{}: {}", url, curl_easy_strerror(code)));
}

void SimulatedBoards::FollowAll(Database& database) const {
  auto tx = Must(database.Write());
  const std::int64_t user = Must(FindUser(tx.db(), kLocalUser)).id;
  Table boards(3), companies(5), settings(5);
  std::int64_t id = 0;
  for (const SimCompany& one : world_.companies) {
    boards.Int(++id).Text(one.board).Text(one.token);
    companies.Int(id).Text(one.name).Text(one.name).Int(id).Int(user);
    settings.Int(user).Text(one.name).Text(TitleFiltersText({})).Text("t").Time(SystemNow());
  }
  Must(tx->InsertMany("boards", "id, kind, token", boards));
  Must(tx->InsertMany("companies", "id, name, display_name, board_id, owner_id", companies));
  Must(tx->InsertMany("user_company_settings",
                      "user_id, company_name, title_filters, is_enabled, updated_at", settings));
  Must(tx.Commit());
}

}  // namespace rolecall
