// Reads files of profiles line by line. A section that comes twice is one, whose later keys count.
#include "aws/profile_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostOfFile = 1 << 20;  // bytes

// Nothing where there is no such file.
Result<std::optional<std::string>> ReadProfileFile(const std::string& path) {
  if (path.empty()) return std::nullopt;
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (!file)
    return Fail(Errc::kInvalidInput,
                fmt::format("{} cannot be read: {}", path, std::generic_category().message(errno)));
  std::string text(kMostOfFile + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (file.bad() || (file.fail() && !file.eof()))
    return Fail(Errc::kInvalidInput, fmt::format("{} cannot be read", path));
  if (text.size() > kMostOfFile)
    return Fail(Errc::kInvalidInput, fmt::format("{} is larger than 1 MiB", path));
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

std::string_view WithoutRemark(std::string_view line) {
  for (std::size_t at = 0; at < line.size(); ++at)
    if ((line[at] == '#' || line[at] == ';') &&
        (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t'))
      return line.substr(0, at);
  return line;
}

// "profile x" of "[ profile  "x" ]"; nothing where the bracket is never closed.
std::optional<std::string> SectionNamed(std::string_view line) {
  const auto end = line.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  std::string name = OneLine(line.substr(1, end - 1));
  std::erase(name, '"');
  return name;
}

class SectionReader {
 public:
  explicit SectionReader(std::string_view wanted) : wanted_(wanted) {}

  // Whether it can be read.
  bool Take(std::string_view line) {
    const bool is_indented = line.starts_with(' ') || line.starts_with('\t');
    line = Trim(WithoutRemark(line));
    if (line.empty()) return true;
    // What is indented below a key belongs to it.
    if (is_indented && below_key_) return true;
    below_key_ = false;
    if (line.front() == '[') {
      const auto name = SectionNamed(line);
      in_section_ = name.has_value();
      is_wanted_ = name == wanted_;
      if (is_wanted_ && !found_) found_.emplace();
      return in_section_;
    }
    const auto equals = line.find('=');
    if (equals == std::string_view::npos || equals == 0 || !in_section_) return false;
    below_key_ = true;
    if (is_wanted_)
      (*found_)[Fold(Trim(line.substr(0, equals)))] = std::string(Trim(line.substr(equals + 1)));
    return true;
  }

  std::optional<ProfileKeys> Found() { return std::move(found_); }

 private:
  const std::string_view wanted_;
  std::optional<ProfileKeys> found_;
  bool in_section_ = false, is_wanted_ = false, below_key_ = false;
};

}  // namespace

Result<std::optional<ProfileKeys>> ReadSection(const std::string& file, std::string_view section) {
  TRY(const std::optional<std::string> text, ReadProfileFile(file));
  SectionReader reader(section);
  std::string_view rest = text ? std::string_view(*text) : std::string_view();
  for (int number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (!reader.Take(line))
      return Fail(
          Errc::kInvalidInput,
          fmt::format("{}:{}: neither a [section] nor a key = value below one", file, number));
  }
  return reader.Found();
}

Result<std::optional<ProfileKeys>> ReadConfigProfile(const std::string& file,
                                                     std::string_view profile) {
  TRY(auto keys, ReadSection(file, fmt::format("profile {}", profile)));
  if (keys || profile != "default") return keys;
  return ReadSection(file, "default");
}

std::string_view KeyOf(const ProfileKeys& keys, std::string_view name) {
  const auto found = keys.find(name);
  return found == keys.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace rolecall
