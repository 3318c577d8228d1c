// Three companies that anybody may follow, acme, bolt and broken, over an interface that can be
// asked; their boards list three jobs, but for the last, which refuses.
#pragma once

#include <fmt/format.h>

#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "store/boards/boards.h"
#include "tests/store/board_rig.h"
#include "tests/support/api_rig.h"
#include "tests/support/board_answers.h"

namespace rolecall {

inline Result<Response> Boards(const FetchRequest& request) {
  if (request.url.contains("/broken/")) return Response{.status = 403, .body = "no"};
  return Ok(GreenhouseList(
      {{.id = "1"}, {.id = "2", .title = R"("Intern")"}, {.id = "3", .title = R"("Baker")"}}));
}

class CompaniesRig : public testing::Test {
 protected:
  CompaniesRig() {
    auto tx = Needed(rig_.database().Write());
    for (const std::string& name : std::vector<std::string>{"acme", "bolt", "broken"}) {
      const auto board = Needed(FindOrAddBoard(tx, "greenhouse", name));
      Needed(tx->Run(R"(
          INSERT INTO companies (name, display_name, board_id, careers_url)
          VALUES (:name, :shown, :board, 'https://careers.test'))",
                     {{"name", name}, {"shown", "The " + name}, {"board", board}}));
    }
    Needed(tx.Commit());
  }

  Reply Ask(Handle handle, std::string body = "", std::int64_t user_id = 1,
            std::string query = "") {
    const Request request{.method = "POST",
                          .query = std::move(query),
                          .headers = {{"host", "127.0.0.1"},
                                      {"x-forwarded-host", "jobs.test, inner"},
                                      {"x-forwarded-proto", "https"}},
                          .body = std::move(body)};
    UserProfile user;
    user.id = user_id;
    return Needed(handle(rig_.parts(), {.request = request, .captured = {}, .user = {user}}));
  }
  boost::json::value Told(Handle handle, std::string body = "", std::int64_t user_id = 1) {
    const Reply reply = Ask(handle, std::move(body), user_id);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return boost::json::parse(reply.body);
  }
  // Boards are answered once this many were asked at the same time.
  Result<Response> Together(const FetchRequest& request) {
    ++asked_;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (asked_ < at_once_ && std::chrono::steady_clock::now() < deadline)
      std::this_thread::yield();
    if (asked_ < at_once_) ADD_FAILURE() << "only " << asked_ << " were asked at the same time";
    return Boards(request);
  }

  int at_once_ = 0;
  std::atomic<int> asked_ = 0;
  ApiRig rig_{[this](const FetchRequest& request) { return Together(request); }};
};

}  // namespace rolecall
