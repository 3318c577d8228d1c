// Boards of every kind that is built in, in turn, whose listings are those of the kinds' folders
// repeated; answered by this process.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "boards/board.h"
#include "db/db.h"
#include "sim/sim_server.h"

namespace rolecall {

class MixedBoards {
 public:
  // So many boards, of which a kind of one company alone has one. Of `jobs` each, or of fewer where
  // a page holds fewer: each listing is one answer, which comes after `delay`.
  MixedBoards(int boards, int jobs, std::chrono::milliseconds delay);

  std::string address() const;

  // Has the local user follow all of them in a database that holds no board yet.
  void FollowAll(Database& database) const;

 private:
  struct Listing {
    std::string token;  // that it is the answer for
    std::string body;
    bool names_company = false;  // by its token
  };
  void AddKind(const std::string& kind, int jobs);
  void AddBoard(const std::string& kind, int number);
  SimAnswer Answer(std::string_view target) const;

  std::map<std::string, Listing> listings_;  // by kind
  std::vector<BoardAddress> boards_;
  std::map<std::string, BoardAddress, std::less<>> by_address_;  // of their listing, to the '?'
  std::unique_ptr<SimServer> server_;
};

}  // namespace rolecall
