// The secret that tokens are signed with. The file appears whole or not at all: it is written under
// another name, and linked to its own, which fails where another process was faster.
#include "app/secret.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>

#include "auth/tokens.h"
#include "base/text.h"

namespace rolecall {
namespace {

constexpr mode_t kOwnerAlone = 0600;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

std::unexpected<Error> Trouble(const std::string& path, std::string_view what) {
  return Fail(Errc::kStorage, fmt::format("the secret in {} cannot be {}: {}", path, what,
                                          std::generic_category().message(errno)));
}

// Nothing where there is no such file.
Result<std::optional<std::string>> ReadSecret(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0 && errno == ENOENT) return std::nullopt;
  struct stat about{};
  if (file.number() < 0 || fstat(file.number(), &about) != 0) return Trouble(path, "read");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return Fail(Errc::kInvalidInput,
                fmt::format("others may read {}, and sign in as anybody with it: chmod 600 it, or "
                            "remove it so that another is made",
                            path));
  std::array<char, 4096> text;
  const ssize_t size = read(file.number(), text.data(), text.size());
  if (size < 0) return Trouble(path, "read");
  const std::string_view secret = Trim({text.data(), static_cast<std::size_t>(size)});
  if (secret.size() < kLeastSecret)
    return Fail(
        Errc::kInvalidInput,
        fmt::format("{} must hold at least {} characters: remove it so that another is made", path,
                    kLeastSecret));
  return std::string(secret);
}

bool WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(file) == 0;
}

// Makes the file, unless there is one by now.
Result<void> MakeSecret(const std::string& path) {
  const std::string draft = fmt::format("{}.{}", path, RandomSecret());
  const Descriptor file(open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerAlone));
  if (file.number() < 0) return Trouble(path, "made");
  const bool made = fchmod(file.number(), kOwnerAlone) == 0 &&
                    WriteAll(file.number(), RandomSecret() + "\n") &&
                    (link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST);
  const int failure = errno;
  unlink(draft.c_str());
  errno = failure;
  if (!made) return Trouble(path, "made");
  return {};
}

}  // namespace

Result<std::string> SecretOf(const Config& config) {
  if (!config.secret_key.empty()) return config.secret_key;
  if (config.data_folder.empty())
    return Fail(Errc::kInvalidInput,
                "SECRET_KEY is not set, and there is no home to keep a secret in: set one of them");
  const std::string path = config.data_folder + "/secret.key";
  TRY(auto secret, ReadSecret(path));
  if (!secret) {
    std::error_code failure;
    std::filesystem::create_directories(config.data_folder, failure);
    if (failure)
      return Fail(Errc::kStorage, fmt::format("the folder {} for the secret cannot be made: {}",
                                              config.data_folder, failure.message()));
    CHECK_OK(MakeSecret(path));
    TRY(secret, ReadSecret(path));
  }
  if (!secret) return Fail(Errc::kStorage, fmt::format("{} went away while it was read", path));
  return *std::move(secret);
}

}  // namespace rolecall
