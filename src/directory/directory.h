// Which companies are known before anybody follows one: those that are well known, by their names,
// and many others by what a board calls itself in its address.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace rolecall {

struct KnownCompany {
  std::string name;          // by which it would be followed: "scale-ai"
  std::string display_name;  // "Scale AI"
  std::string kind, token;   // of its board
  // Somebody looked whose board that is. Else the name is made of the token, and the company behind
  // it a guess.
  bool well_known = false;
};

// Immutable: safe to use from several threads.
class Directory {
 public:
  // Lines "KIND TOKEN NAME" of well-known companies, and "KIND TOKEN" of boards, theirs among them;
  // lines that begin with '#' and empty ones say nothing. kInvalidInput, with the line, on any
  // other; on two well-known companies of one name or board, naming both.
  static Result<Directory> Read(std::string_view well_known, std::string_view boards);

  // A company, and a form of its name to seek it by (KeyOf). A well-known one has two where its
  // token is another form.
  struct Sought {
    std::string key;
    std::size_t company;
  };
  std::span<const Sought> sought() const { return sought_; }
  std::size_t size() const { return companies_.size(); }
  // The well-known ones first, then each in the order of its text.
  KnownCompany At(std::size_t company) const;
  bool IsWellKnown(std::size_t company) const { return company < well_known_; }

  // By name.
  std::vector<KnownCompany> WellKnown() const;
  // The well-known one of exactly that name.
  std::optional<KnownCompany> FindWellKnown(std::string_view name) const;
  // Whoever is known on that board.
  std::optional<KnownCompany> FindOnBoard(std::string_view kind, std::string_view token) const;

 private:
  struct Company {
    std::string kind, token;
    std::string display_name;  // empty: made of the token
  };

  Result<void> AddWellKnown(std::string_view text);
  Result<void> AddBoards(std::string_view text);

  std::size_t well_known_ = 0;
  std::vector<Company> companies_;
  std::vector<Sought> sought_;
};

// What two forms of one name have in common: its letters and digits alone, folded. "Jerry.AI" and
// "jerry ai" are one.
std::string KeyOf(std::string_view name);

}  // namespace rolecall
