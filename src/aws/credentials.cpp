// Finds credentials as the SDKs do: in the environment, in the files of profiles, at a container's
// endpoint. No sentence has a secret in it.
#include "aws/credentials.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "aws/container_credentials.h"
#include "aws/profile_file.h"
#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::chrono::minutes kRenewedBefore{5};

// They become parts of headers.
Result<AwsCredentials> CheckCredentials(AwsCredentials found) {
  for (const std::string* text : {&found.access_key, &found.secret_key, &found.session_token})
    if (std::ranges::any_of(*text, [](unsigned char c) { return c <= ' ' || c >= 0x7F; }))
      return Fail(Errc::kInvalidInput, fmt::format("the credentials of {} have a blank or another "
                                                   "character within them that no key has",
                                                   found.from));
  return found;
}

Result<AwsCredentials> OfEnvironment(const CredentialSources& sources) {
  if (sources.access_key.empty() || sources.secret_key.empty())
    return Fail(
        Errc::kInvalidInput,
        fmt::format("{} is set and {} is not",
                    sources.secret_key.empty() ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY",
                    sources.secret_key.empty() ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID"));
  return AwsCredentials{.access_key = sources.access_key,
                        .secret_key = sources.secret_key,
                        .session_token = sources.session_token,
                        .expires = {},
                        .from = "the environment"};
}

// How a profile signs in that has no keys of its own; "" for one that this program knows.
std::string_view OtherWayIn(const ProfileKeys& keys) {
  if (!KeyOf(keys, "role_arn").empty()) return "takes on a role (role_arn)";
  if (!KeyOf(keys, "aws_access_key_id").empty()) return "";
  if (!KeyOf(keys, "sso_session").empty() || !KeyOf(keys, "sso_start_url").empty())
    return "signs in by SSO";
  if (!KeyOf(keys, "credential_process").empty()) return "runs a credential_process";
  if (!KeyOf(keys, "login_session").empty()) return "signs in by `aws login`";
  return "";
}

// Nothing where the default profile has none.
Result<std::optional<AwsCredentials>> OfProfile(const CredentialSources& sources) {
  const std::string profile = sources.profile.empty() ? "default" : sources.profile;
  TRY(const auto of_config, ReadConfigProfile(sources.config_file, profile));
  TRY(const auto of_credentials, ReadSection(sources.credentials_file, profile));
  ProfileKeys keys = of_credentials.value_or(ProfileKeys());
  const bool has_keys = !KeyOf(keys, "aws_access_key_id").empty();
  const std::string from = fmt::format("the profile {} of {}", profile,
                                       has_keys ? sources.credentials_file : sources.config_file);
  // Of two files with keys those of the first count, all of them.
  if (of_config) {
    for (const auto& [name, value] : *of_config)
      if (!has_keys || !name.starts_with("aws_s")) keys.emplace(name, value);
  }
  if (const std::string_view way = OtherWayIn(keys); !way.empty())
    return Fail(Errc::kInvalidInput,
                fmt::format("{} {}, which this program cannot: have the AWS command line do it, "
                            "eval \"$(aws configure export-credentials --profile {} --format "
                            "env)\", and start this program again",
                            from, way, profile));
  const std::string_view access_key = KeyOf(keys, "aws_access_key_id");
  const std::string_view secret_key = KeyOf(keys, "aws_secret_access_key");
  if (access_key.empty() != secret_key.empty())
    return Fail(Errc::kInvalidInput,
                fmt::format("{} has {}", from,
                            secret_key.empty() ? "an aws_access_key_id, and no "
                                                 "aws_secret_access_key"
                                               : "an aws_secret_access_key, and no "
                                                 "aws_access_key_id"));
  if (!access_key.empty())
    return AwsCredentials{.access_key = std::string(access_key),
                          .secret_key = std::string(secret_key),
                          .session_token = std::string(KeyOf(keys, "aws_session_token")),
                          .expires = {},
                          .from = from};
  if (sources.profile.empty()) return std::nullopt;
  if (of_config || of_credentials)
    return Fail(Errc::kInvalidInput,
                fmt::format("the profile {} (AWS_PROFILE) has no aws_access_key_id", profile));
  return Fail(Errc::kInvalidInput,
              fmt::format("there is no profile {} (AWS_PROFILE), neither in {} nor in {}", profile,
                          sources.credentials_file, sources.config_file));
}

// What differs once the file was written.
std::string StateOf(const std::string& file) {
  struct stat state{};
  if (file.empty() || stat(file.c_str(), &state) != 0) return "-";
  return fmt::format("{}:{}:{}:{}", state.st_ino, state.st_size, state.st_mtim.tv_sec,
                     state.st_mtim.tv_nsec);
}

}  // namespace

CredentialProvider::CredentialProvider(CredentialSources sources, Clock clock)
    : sources_(std::move(sources)), clock_(std::move(clock)) {}

Result<AwsCredentials> CredentialProvider::Current(const std::stop_token& stop) {
  const std::string files = FilesAsTheyAre();
  auto known = known_.With(
      [&](const Known& last) { return last.files == files ? last.credentials : std::nullopt; });
  const Timestamp now = clock_();
  if (known && (!known->expires || now + kRenewedBefore < *known->expires)) return *known;
  auto read = Read(stop);
  // Those of before serve for a few minutes more.
  if (!read && known && now < *known->expires) return *known;
  TRY(AwsCredentials fresh, std::move(read));
  known_.With([&](Known& last) { last = {.credentials = fresh, .files = files}; });
  return fresh;
}

void CredentialProvider::Forget(const AwsCredentials& refused) {
  known_.With([&](Known& last) {
    if (last.credentials == refused) last.credentials.reset();
  });
}

Result<AwsCredentials> CredentialProvider::Read(const std::stop_token& stop) {
  if (!sources_.access_key.empty() || !sources_.secret_key.empty()) {
    TRY(AwsCredentials found, OfEnvironment(sources_));
    return CheckCredentials(std::move(found));
  }
  TRY(std::optional<AwsCredentials> found, OfProfile(sources_));
  if (found) return CheckCredentials(*std::move(found));
  if (sources_.container_path.empty() && sources_.container_url.empty())
    return Fail(Errc::kInvalidInput,
                fmt::format("no credentials of AWS: set AWS_ACCESS_KEY_ID and "
                            "AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile of {}",
                            sources_.credentials_file.empty() ? "~/.aws/credentials"
                                                              : sources_.credentials_file));
  TRY(AwsCredentials given, AskContainer(sources_, stop));
  return CheckCredentials(std::move(given));
}

std::string CredentialProvider::FilesAsTheyAre() const {
  return StateOf(sources_.credentials_file) + " " + StateOf(sources_.config_file);
}

}  // namespace rolecall
