// The claims of tokens whose signatures were found right lately.
#pragma once

#include <boost/json.hpp>
#include <memory>
#include <string_view>

namespace rolecall {

// To find a signature right takes longer than a short request, and nothing changes it any more.
// Whether the claims still hold is asked each time all the same. Of more than 1,024 tokens the
// oldest go. Safe to use from several threads.
class OpenedTokens {
 public:
  using Claims = std::shared_ptr<const boost::json::object>;

  OpenedTokens();
  OpenedTokens(const OpenedTokens&) = delete;
  OpenedTokens& operator=(const OpenedTokens&) = delete;
  ~OpenedTokens();

  // Null where the token, to its last letter, was not kept. The time that it takes says nothing of
  // those that were.
  Claims Find(std::string_view token) const;

  // A token whose signature is right.
  void Keep(std::string_view token, Claims claims);

 private:
  class Kept;
  std::unique_ptr<Kept> kept_;
};

}  // namespace rolecall
