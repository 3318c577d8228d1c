// Counts open streams by user, and looks whether their tokens are still good.
#include "api/user_streams.h"

#include <algorithm>
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

template <typename IsRefused>
bool UserStreams::Withdraw(IsRefused is_refused) {
  return streams_->With([&](const auto& all) {
    bool any = false;
    for (const auto& [id, open] : all)
      for (const OpenStream& one : open)
        if (is_refused(id, one)) {
          one.right->Withdraw();
          any = true;
        }
    return any;
  });
}

bool UserStreams::WithdrawExpired(Timestamp now) {
  return Withdraw([&](std::int64_t, const OpenStream& one) { return now >= one.until; });
}

Result<bool> UserStreams::WithdrawOutdated(Database& database) {
  const auto users = streams_->With([](const auto& all) {
    std::vector<std::int64_t> ids;
    for (const auto& [id, ignored] : all) ids.push_back(id);
    return ids;
  });
  if (users.empty()) return false;
  TRY(auto db, database.Reader());
  TRY(const auto epochs, LoadTokenEpochs(*db, users));
  return Withdraw([&](std::int64_t id, const OpenStream& one) {
    // Users and epochs that came after that was asked are left alone.
    if (!std::ranges::binary_search(users, id)) return false;
    const auto epoch = epochs.find(id);
    return epoch == epochs.end() || one.token_epoch < epoch->second;
  });
}

}  // namespace rolecall
