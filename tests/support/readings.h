// Reads a board in one line of a test, and takes the listing apart.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "boards/board.h"
#include "tests/support/canned_fetcher.h"
#include "tests/support/registry.h"

namespace rolecall {

inline BoardAddress Acme(std::string_view kind) {
  return *FindBoard(kind, kind == "workday" ? "acme.wd5/acme_careers" : "acme");
}

inline BoardReading ReadWith(const BoardAddress& board, CannedFetcher::Answer answer,
                             const ReadingLimits& limits = {}, const KnownBefore& known = {}) {
  CannedFetcher fetcher(std::move(answer));
  return *ReadBoard(board, limits, known, fetcher, {});
}

inline BoardReading ReadBody(const BoardAddress& board, const std::string& body) {
  return ReadWith(board, [&](const FetchRequest&) { return Ok(body); });
}

inline ListedRef RefOf(const ListedJob& job) { return {job.external_id, job.path, job.url}; }

// Why the listing is not complete: "failed: …" where nothing was read, "partial: …", "whole but for
// …", or "complete".
inline std::string OutcomeOf(const BoardReading& reading) {
  if (const auto* failed = std::get_if<FailedListing>(&reading.listing))
    return "failed: " + failed->trouble;
  if (const auto* partial = std::get_if<PartialListing>(&reading.listing))
    return "partial: " + partial->trouble;
  if (const auto* but_for = std::get_if<ListingButFor>(&reading.listing)) return but_for->Trouble();
  return std::holds_alternative<ConfirmedListing>(reading.listing) ? "confirmed" : "complete";
}

inline std::vector<ListedJob> JobsOf(const BoardReading& reading) {
  return JobsIn(reading.listing);
}

}  // namespace rolecall
