// Sentences for logs, warnings and runs, which users read.
#include "run/told_error.h"

namespace rolecall {

std::string ToldToUsers(const Error& error) {
  switch (error.code) {
    case Errc::kStorage:
      return "the database refuses: whoever runs this program finds more on its standard error";
    case Errc::kUnavailable:
      return "the database cannot be used at the moment";
    case Errc::kInvalidInput:
    case Errc::kNotFound:
    case Errc::kConflict:
    case Errc::kUpstream:
    case Errc::kCancelled:
      return error.message;
  }
  return error.message;
}

}  // namespace rolecall
