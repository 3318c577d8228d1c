// Random histories of one board and its followers, carried out in memory: churn, faults, glitches,
// filters that move.
#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "domain/projection.h"
#include "domain/reconcile.h"

namespace rolecall {

// What one reading meant for one follower.
struct UserStep {
  std::size_t follower = 0;
  FilterTerms terms;
  UserView before, after;
  UserPlan preview;  // made before anything was written
  UserPlan plan;     // made once each new job had its id
};

// One reading, from what was known to what is known after it.
struct Step {
  std::string where;  // "history 17, step 4", to be found again
  Timestamp now{std::chrono::milliseconds(1'790'000'000'000)};
  std::int64_t reading_id = 0;
  ExpiryPolicy policy;
  KnownBoard before, after;
  Listing listing = FailedListing{};
  Testimony testimony;
  std::set<std::string> kept;  // by a person, before the reading
  BoardPlan preview, plan;
  std::vector<UserStep> users;

  const std::vector<ListedJob>& listed() const;
  const std::string& IdOf(const PlannedJob& job) const;  // the external id
};

// Does to what is known what the store does to its rows.
void GiveIds(BoardPlan& plan, std::int64_t& next_id);
void CarryOut(const Listing& listing, const Testimony& testimony, const BoardPlan& plan,
              std::int64_t reading_id, Timestamp now, KnownBoard& board);
void CarryOut(const BoardState& board, const UserPlan& plan, std::int64_t reading_id,
              UserView& view);

// The same seed, the same history.
class History {
 public:
  enum class Pace : std::uint8_t { kAny, kDaily };
  explicit History(std::uint32_t seed, Pace pace = Pace::kAny);

  // Good until the next call.
  const Step& Next();

 private:
  enum class Fault : std::uint8_t {
    kNone,
    kPartial,
    kFailed,
    kHalf,
    kEmpty,
    kBare,
    kShort,
    kAgain
  };

  struct TrueJob {
    int number = 0;
    int version = 0;
    bool listed = true;
    bool page = true;  // its own address stands
  };
  struct Follower {
    FilterTerms terms;
    UserView view;
  };

  int Below(int end) { return static_cast<int>(random_() % static_cast<std::uint32_t>(end)); }
  bool Chance(int percent) { return Below(100) < percent; }

  void MoveWorld();
  void MoveFault();
  Listing Read();
  Listing ReadPages(std::vector<ListedJob> jobs);
  Testimony Ask();
  void AskAPerson();
  void Follow();

  std::mt19937 random_;
  std::uint32_t seed_;
  int number_ = 0;
  Pace pace_;
  Fault usual_ = Fault::kNone;  // of a board that is never quite whole
  bool inline_content_ = false;
  bool addresses_lie_ = false;  // those of listed jobs are gone too
  std::vector<TrueJob> world_;
  int next_job_ = 1;
  std::int64_t next_id_ = 1;
  Fault fault_ = Fault::kNone;
  int fault_lasts_ = 0;
  std::vector<bool> hidden_;   // by the fault kHalf
  std::string last_complete_;  // digest of the last complete listing
  Step step_;
  std::vector<Follower> followers_;
};

}  // namespace rolecall
