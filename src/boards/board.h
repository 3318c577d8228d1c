// What a kind of board is, and the three things that can be asked of one: its listing, a job's
// content, a job's fate.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "domain/expiry_policy.h"
#include "domain/listing.h"
#include "fetch/fetcher.h"

namespace rolecall {

// A kind of board, compiled from boards/definitions/KIND/definition.toml. Immutable.
struct BoardDefinition;

struct BoardAddress {
  std::shared_ptr<const BoardDefinition> definition;
  std::string token;
};

// Reads one definition; `origin` names it in errors. Fails with kInvalidInput, naming the key, on a
// missing or unknown key, a wrong pointer, an unknown quirk, a URL that is none.
Result<std::shared_ptr<const BoardDefinition>> ReadDefinition(std::string_view toml,
                                                              std::string_view origin);

struct BoardTraits {
  std::string kind;
  std::string title;  // the vendor's name
  std::string pacing_key;
  int version;  // another one makes the plan run in full
  bool has_second_witness;
  bool content_by_request;   // else the listing holds it
  bool ids_in_paths;         // by IdInPath; else the board gives its ids
  bool ids_of_pages;         // what a page says of its job, or the page's path
  bool zero_proves_nothing;  // the vendor answers zero for any name
  bool listed_by_locale;     // a job's path ends with the language that it is listed in
};
// What of a token often is a name, its group "company" or else its first: "acme" of
// acme.wd5/careers.
std::string FirstPartOfToken(const BoardAddress& board);

const BoardTraits& Traits(const BoardDefinition& definition);

// The id of a job by its path: what the definition finds in it, else the whole path.
std::string IdInPath(const BoardDefinition& definition, std::string_view path);

struct ReadingLimits {
  int max_jobs = 50'000;
  int max_pages = 2'600;
};

// What an earlier complete reading of one answer left, to ask conditionally; both empty to ask
// afresh.
struct Validators {
  std::string etag;
  std::string last_modified;
};

// What is known of a board before it is read.
struct KnownBefore {
  Validators validators;
  std::vector<std::string> locales;  // that open jobs are listed in
};

struct BoardReading {
  Listing listing;
  Validators validators;  // empty unless the listing is complete and was one answer
  bool mended = false;    // some bytes were no text: U+FFFD stands in their place
  int requests = 0;
  std::optional<int> stated_total{};  // as the site states it; nothing where that is no measure
};

// Reads the whole listing. A board that cannot be read is a listing too (failed or partial, with
// its trouble); the one error is kCancelled.
Result<BoardReading> ReadBoard(const BoardAddress& board, const ReadingLimits& limits,
                               const KnownBefore& known, Fetcher& fetcher, std::stop_token stop);

struct ListedRef {  // what a question about one job needs
  std::string external_id;
  std::string path;  // where the id is not enough; else empty
  std::string url;
};

struct JobContent {
  std::string description;   // plain text
  std::string requirements;  // plain text, empty where the board keeps none apart
  std::string location;      // as ListedJob has it; empty where a job's own answer names none
  // What that answer states beside the words; nothing where it has no place for such.
  std::optional<JobFacts> facts{};
  std::vector<std::string> warnings;
};

// Turns inline content, as ListedJob::content holds it, into plain text. Text over 1 MiB is cut,
// with a warning.
JobContent InlineContent(const BoardDefinition& definition, std::string_view raw);

// Asks for a job's content. Fails with kNotFound where the job is gone, kUpstream, kUnavailable,
// kCancelled.
Result<JobContent> ReadContent(const BoardAddress& board, const ListedRef& job, Fetcher& fetcher,
                               std::stop_token stop);

struct WitnessAnswer {
  Witness witness;
  std::string detail;  // "HTTP 404", "HTTP 403 with S22", "timed out"
};

// Asks a job's own address. The one error is kCancelled.
Result<WitnessAnswer> AskWitness(const BoardAddress& board, const ListedRef& job, Fetcher& fetcher,
                                 std::stop_token stop);

}  // namespace rolecall
