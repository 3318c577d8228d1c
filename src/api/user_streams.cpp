// Counts open streams by user, and looks whether their tokens are still good.
#include "api/user_streams.h"

#include <vector>

#include "store/users/users.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostStreams = 20;

}  // namespace

std::shared_ptr<const StreamRight> UserStreams::Open(const SignedIn& user) {
  return streams_->With([&](auto& users) -> std::shared_ptr<const StreamRight> {
    auto& open = users[user.id];
    if (open.size() >= kMostStreams) return nullptr;
    const auto place =
        open.insert(open.end(), {.token_epoch = user.token_epoch, .until = user.until});
    auto right = std::make_shared<StreamRight>(Permit([streams = streams_, id = user.id, place] {
      streams->With([&](auto& all) {
        all[id].erase(place);
        if (all[id].empty()) all.erase(id);
      });
    }));
    place->right = right.get();
    return right;
  });
}

Result<bool> UserStreams::WithdrawRefused(Database& database, Timestamp now) {
  const auto users = streams_->With([](const auto& all) {
    std::vector<std::int64_t> ids;
    for (const auto& [id, ignored] : all) ids.push_back(id);
    return ids;
  });
  if (users.empty()) return false;
  TRY(auto db, database.Reader());
  TRY(const auto epochs, LoadTokenEpochs(*db, users));
  return streams_->With([&](const auto& all) {
    bool any = false;
    for (const std::int64_t id : users) {
      const auto found = all.find(id);
      if (found == all.end()) continue;
      const auto epoch = epochs.find(id);
      for (const OpenStream& one : found->second)
        // Of an epoch to come: it was opened after that was asked.
        if (now >= one.until || epoch == epochs.end() || one.token_epoch < epoch->second) {
          one.right->Withdraw();
          any = true;
        }
    }
    return any;
  });
}

}  // namespace rolecall
