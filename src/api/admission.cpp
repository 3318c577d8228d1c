// Puts requests to their pools. Quick: all of a server's connections wait meanwhile.
#include "api/admission.h"

#include "api/caller.h"
#include "api/routes.h"
#include "auth/sign_in.h"

namespace rolecall {
namespace {

// Who waits behind sixteen hashes waits long enough.
constexpr PoolSettings kPasswords{.threads = 1, .queue = 16, .nice = 10};
// One more thread than dry runs may be under way says that they are.
constexpr PoolSettings kDryRuns{.threads = kMostDryRuns + 1, .queue = 4};
constexpr PoolSettings kChecks = kDryRuns;
constexpr PoolSettings kTrials{.threads = kMostTrials + 1, .queue = 8};
constexpr PoolSettings kUrgent{.threads = 1, .queue = 128};

}  // namespace

std::vector<PoolSettings> PoolsOfTurns() {
  return {kUrgent, kPasswords, kDryRuns, kTrials, kChecks};
}

Admission AdmitRequest(const ApiParts& parts, const Request& request) {
  const Turn turn = TurnOf(request);
  if (turn == Turn::kAtOnce) return {.is_at_once = true};
  Admission admission{.pool = static_cast<std::size_t>(turn)};
  if (turn == Turn::kPassword) {
    const auto refused = parts.sign_in.WhyNotFrom(request.peer, parts.tools.clock());
    if (refused) admission.refusal = RefusalReply(*refused, Given::kNothing);
  }
  return admission;
}

void NoteTurnedAway(const ApiParts& parts, const Request& request) {
  if (TurnOf(request) == Turn::kPassword)
    parts.sign_in.NoteAttemptFrom(request.peer, parts.tools.clock());
}

}  // namespace rolecall
