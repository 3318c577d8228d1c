// The cookies of one reading, for sites that page a list by session: dropped with it, and kept
// nowhere else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

// Used by one thread at a time.
class CookieJar {
 public:
  // What a Set-Cookie of that origin ("https://careers.example.com") says. Its Domain is not heard:
  // no cookie goes to a host that did not set it, nor from https to http. One without a name, with
  // what no header may hold, too long, or one too many is not taken.
  void Take(std::string_view origin, std::string_view set_cookie);

  // The Cookie header of a request to that path of the origin; empty where there is none to send.
  std::string HeaderFor(std::string_view origin, std::string_view path) const;

 private:
  struct Cookie {
    std::string origin, path, name, value;
  };
  std::vector<Cookie> cookies_;
};

}  // namespace rolecall
