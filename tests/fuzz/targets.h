// The fuzz targets: each takes any bytes for the input of one part of the program, and aborts,
// saying what does not hold, where the part does not do what it promises.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/error.h"

namespace rolecall {

void FuzzAddress(std::string_view bytes);     // a pasted address, the page behind it, a list
void FuzzApi(std::string_view bytes);         // what a request says: JSON, query, cursor, token
void FuzzBoard(std::string_view bytes);       // the answers of a board, of every kind
void FuzzDefinition(std::string_view bytes);  // a definition, and answers of a board of it
void FuzzJsonld(std::string_view bytes);      // the pages of a site, and what they say in JSON-LD
void FuzzMarkup(std::string_view bytes);      // the markup of a description
void FuzzPage(std::string_view bytes);        // the answers of boards that are read off pages
void FuzzRequest(std::string_view bytes);     // the bytes of a connection
void FuzzRows(std::string_view bytes);        // the answers of a board, as both databases keep them
void FuzzSettings(std::string_view bytes);    // the changes that a user makes of its filters
void FuzzTitle(std::string_view bytes);       // the terms of a filter, and titles
void FuzzXml(std::string_view bytes);         // the answers of boards that list in XML

inline void Demand(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

// The value of what has to succeed.
template <typename T>
T Demanded(Result<T> result) {
  Demand(result.has_value(), result ? "" : result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace rolecall
