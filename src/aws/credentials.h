// The credentials with which AWS is asked, and where they are found.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"

namespace rolecall {

struct AwsCredentials {
  std::string access_key, secret_key;
  std::string session_token;           // empty: none
  std::optional<Timestamp> expires{};  // nothing: not known
  std::string from;                    // "the environment", for sentences

  bool operator==(const AwsCredentials&) const = default;
};

// What the environment says of them, in the order in which it counts.
struct CredentialSources {
  std::string access_key;     // AWS_ACCESS_KEY_ID
  std::string secret_key;     // AWS_SECRET_ACCESS_KEY
  std::string session_token;  // AWS_SESSION_TOKEN

  std::string profile;           // AWS_PROFILE; empty: "default", which need not be there
  std::string credentials_file;  // AWS_SHARED_CREDENTIALS_FILE, or ~/.aws/credentials
  std::string config_file;       // AWS_CONFIG_FILE, or ~/.aws/config

  std::string container_path;        // AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
  std::string container_url;         // AWS_CONTAINER_CREDENTIALS_FULL_URI
  std::string container_token;       // AWS_CONTAINER_AUTHORIZATION_TOKEN
  std::string container_token_file;  // AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, which counts first
};

// Those that serve now: of files that have changed anew, a container's five minutes before they
// expire. Any thread.
class CredentialProvider {
 public:
  explicit CredentialProvider(CredentialSources sources, Clock clock = SystemNow);

  // kInvalidInput where there are none, or none that can be used, with what to do about it;
  // kUnavailable where a container's endpoint does not give them. Waits for it up to six seconds.
  Result<AwsCredentials> Current(const std::stop_token& stop);

  // AWS takes these no longer: Current gives others, where there are any.
  void Forget(const AwsCredentials& refused);

 private:
  Result<AwsCredentials> Read(const std::stop_token& stop);
  std::string FilesAsTheyAre() const;

  struct Known {
    std::optional<AwsCredentials> credentials;
    std::string files;  // as they were when it was read
  };

  const CredentialSources sources_;
  const Clock clock_;
  Guarded<Known> known_;
};

}  // namespace rolecall
