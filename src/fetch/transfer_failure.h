// Why a transfer gave no answer, told to a person, and whether another try may mend that.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fetch/tried.h"

using CURL = void;

namespace rolecall {

struct RawRequest;

struct BrokenTransfer {
  CURL* curl;
  int result;             // a CURLcode, of what libcurl itself found
  std::string_view said;  // by libcurl
  const RawRequest& exchange;
  long verdict;                     // as TlsSeen has it
  std::optional<std::size_t> body;  // bytes of it that came, where the head was whole
};

// kUpstream or kUnavailable, as Transfer::Run has them.
FailedTry WhyBroken(const BrokenTransfer& broken);

inline constexpr long kProxyAsksWho = 407;

// Of a proxy that answers with that status instead of asking.
FailedTry WhyRefusedByProxy(const std::string& proxy, long status);

// Of an answer whose connection broke off after so many bytes, which libcurl takes for its end.
FailedTry WhyCutUnseen(std::size_t body);

}  // namespace rolecall
