// Names of the reasons for which a job leaves.
#include "domain/expiry_policy.h"

#include <utility>

namespace rolecall {

std::string_view Name(ExpiredReason reason) {
  switch (reason) {
    case ExpiredReason::kGone:
      return "gone";
    case ExpiredReason::kDelisted:
      return "delisted";
    case ExpiredReason::kConfirmed:
      return "confirmed";
    case ExpiredReason::kUnreachable:
      return "unreachable";
    case ExpiredReason::kFiltered:
      return "filtered";
    case ExpiredReason::kCompanyRemoved:
      return "company_removed";
  }
  std::unreachable();
}

}  // namespace rolecall
