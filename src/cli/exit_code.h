// What the program's exit code says.
#pragma once

#include "base/error.h"

namespace rolecall {

enum ExitCode : int {
  kExitDone = 0,
  kExitFailed = 1,
  kExitWarnings = 2,      // done, with warnings or withheld expiries
  kExitUsage = 64,        // EX_USAGE of sysexits.h: the request cannot be right
  kExitUnreachable = 69,  // EX_UNAVAILABLE: the database, its disk or the network
  kExitRunActive = 75,    // EX_TEMPFAIL: a run is active
  kExitInterrupted = 130,
};

inline int ExitCodeOf(Errc code) {
  switch (code) {
    case Errc::kInvalidInput:
      return kExitUsage;
    case Errc::kUnavailable:
      return kExitUnreachable;
    case Errc::kCancelled:
      return kExitInterrupted;
    case Errc::kNotFound:
    case Errc::kConflict:
    case Errc::kUpstream:
    case Errc::kStorage:
      return kExitFailed;
  }
  return kExitFailed;
}

}  // namespace rolecall
