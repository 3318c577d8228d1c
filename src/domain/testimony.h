// What own addresses said in one reading, and whose are asked.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/expiry_policy.h"
#include "domain/known_board.h"
#include "domain/listing.h"

namespace rolecall {

struct Testimony {
  std::map<std::string, Witness> answers;  // external ids of absent jobs
  Control control = Control::kNotAsked;

  Witness Of(const std::string& external_id) const;
  int CountOf(Witness witness) const;
  int asked() const { return static_cast<int>(answers.size()); }
};

// External ids of the known jobs that a listing does not show, in the order in which their
// own addresses are to be asked: newly absent ones first, then the others in an order that turns
// from reading to reading. Empty for a listing that did not see every page, for an empty one that
// is not believed yet, and where the policy has no second witness. At most `policy.max_checks`.
std::vector<std::string> Absentees(const KnownBoard& known, const Listing& listing,
                                   const ExpiryPolicy& policy, Timestamp now);

// Jobs of the listing whose own addresses are the control: known and open ones first, in an order
// that turns from reading to reading. At most `policy.controls`; views into the listing.
std::vector<const ListedJob*> ControlsOf(const KnownBoard& known, const Listing& listing,
                                         const ExpiryPolicy& policy);

// Which of the known jobs are shown by the listing, or confirmed by an entry of it that cannot be
// read: the one whose id it bears; where it bears no known one, every posting of its requisition.
std::vector<bool> SeenIn(const Listing& listing, const KnownBoard& known);

}  // namespace rolecall
