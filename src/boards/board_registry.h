// The kinds of board that a program knows, handed to whatever asks for one by its name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "boards/board.h"

namespace rolecall {

struct BoardKind {  // as a person is shown it
  std::string kind;
  std::string title;       // its vendor's name: "Greenhouse"
  std::string token_hint;  // what a token looks like: "the name in boards.greenhouse.io/NAME"
};

// Immutable once whoever made it has added the last kind: then safe to use from several threads.
class BoardRegistry {
 public:
  // Knows the kinds that are built in. Ends the program where one of them cannot be read.
  BoardRegistry();

  // One kind more, or another definition of one that it knows. kInvalidInput as ReadDefinition.
  Result<void> Add(std::string_view toml, std::string_view origin);

  // By name.
  std::vector<std::string> Kinds() const;
  std::vector<BoardKind> DescribeKinds() const;

  // Null where there is no such kind.
  std::shared_ptr<const BoardDefinition> DefinitionOf(std::string_view kind) const;

  // As BoardTraits has it; false where there is no such kind.
  bool ZeroProvesNothing(std::string_view kind) const;

  // The key by which boards of the kind are paced; empty where there is no such kind.
  std::string PacingKeyOf(std::string_view kind) const;

  // Fails with kInvalidInput on an unknown kind (naming the nearest), and on a token that cannot be
  // one of that kind.
  Result<BoardAddress> FindBoard(std::string_view kind, std::string_view token) const;

  // The board whose careers address of any kind that is; nothing where it is none.
  std::optional<BoardAddress> BoardInAddress(std::string_view address) const;

 private:
  std::optional<std::string> WhyNoToken(const BoardDefinition& definition,
                                        std::string_view token) const;

  std::map<std::string, std::shared_ptr<const BoardDefinition>, std::less<>> kinds_;
};

// The names of the kinds that are built in.
std::vector<std::string> BuiltInKinds();

}  // namespace rolecall
