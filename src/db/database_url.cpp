// Reads a database's URL, and hides each password that may stand in one.
#include "db/database_url.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::string_view kSqlite = "sqlite:";

// As libpq decodes the names of parameters; what is no code stays what it is.
std::string PercentDecoded(std::string_view text) {
  std::string decoded;
  for (; !text.empty(); text.remove_prefix(1)) {
    std::uint8_t byte = 0;
    const char* code = text.data() + 1;
    if (text[0] == '%' && text.size() >= 3 &&
        std::from_chars(code, code + 2, byte, 16).ptr == code + 2) {
      decoded += static_cast<char>(byte);
      text.remove_prefix(2);
    } else {
      decoded += text[0];
    }
  }
  return decoded;
}

char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// Whether what follows the '=' after `before` is a password: of "password", "sslpassword" and the
// like. libpq knows names in lower case alone, but what it refuses is shown too.
bool NamesAPassword(std::string_view before) {
  std::string name = PercentDecoded(before);
  std::ranges::transform(name, name.begin(), LowerAscii);
  return Trim(name).ends_with("password");
}

// Behind the "://" that follows a word; npos where there is none.
std::size_t AfterScheme(std::string_view url) {
  const auto end = url.find("://");
  const auto is_of_a_word = [](char c) { return LowerAscii(c) >= 'a' && LowerAscii(c) <= 'z'; };
  if (end == std::string_view::npos || !std::ranges::all_of(url.substr(0, end), is_of_a_word))
    return std::string_view::npos;
  return end + 3;
}

}  // namespace

Result<DatabaseUrl> ReadDatabaseUrl(std::string_view url) {
  if (url.starts_with(kSqlite)) {
    std::string_view path = url.substr(kSqlite.size());
    if (path.starts_with("//") && !path.starts_with("///"))
      return Fail(
          Errc::kInvalidInput,
          fmt::format("DATABASE_URL \"{}\" is no form of a file: write sqlite:{} for one in "
                      "this folder, or sqlite:///FULL/PATH",
                      url.substr(0, 120), path.substr(2, 120)));
    if (path.starts_with("///")) path.remove_prefix(2);
    if (path.find('?') != std::string_view::npos)
      return Fail(Errc::kInvalidInput,
                  fmt::format("DATABASE_URL takes a file and no parameters: \"{}\" cannot be "
                              "followed. Write sqlite:{}",
                              path.substr(path.find('?'), 80), path.substr(0, path.find('?'))));
    if (path.empty() || path.find('\0') != std::string_view::npos)
      return Fail(Errc::kInvalidInput,
                  "DATABASE_URL names no file: write sqlite:PATH, such as sqlite:rolecall.db");
    return DatabaseUrl{.dialect = Dialect::kSqlite, .file = std::string(path)};
  }
  if (url.starts_with("postgresql://") || url.starts_with("postgres://"))
    return DatabaseUrl{.dialect = Dialect::kPostgres, .file = {}};
  return Fail(Errc::kInvalidInput,
              fmt::format("DATABASE_URL must begin with sqlite: or postgresql://, and is \"{}\"",
                          MaskedUrl(url).substr(0, 120)));
}

std::string SqliteUrl(std::string_view file) { return fmt::format("{}{}", kSqlite, file); }

std::string MaskedUrl(std::string_view url) {
  constexpr auto kNone = std::string_view::npos;
  if (url.starts_with(kSqlite)) return std::string(url);
  std::vector<bool> hidden(url.size());
  const auto hide = [&](std::size_t from, std::size_t to) {
    std::fill(hidden.begin() + from, hidden.begin() + std::min(to, url.size()), true);
  };
  const auto host = AfterScheme(url);
  // A password may hold any character, '@' too, so that the last one counts, wherever it stands:
  // better a host is hidden than half a password shown.
  const auto colon = url.find(':', host == kNone ? 0 : host);
  const auto at = url.rfind('@');
  if (colon != kNone && at != kNone && colon < at) hide(colon + 1, at);
  for (auto equals = url.find('='); equals != kNone; equals = url.find('=', equals + 1))
    if (NamesAPassword(url.substr(0, equals)))
      hide(equals + 1, host == kNone ? kNone : url.find('&', equals));

  std::string masked;
  for (std::size_t i = 0; i < url.size(); ++i) {
    if (!hidden[i])
      masked += url[i];
    else if (i == 0 || !hidden[i - 1])
      masked += "***";
  }
  return masked;
}

}  // namespace rolecall
