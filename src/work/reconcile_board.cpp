// Reconciles a board with a reading. Loads what is known outside the writing transaction;
// AddReading finds out where that grew stale.
#include "work/reconcile_board.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "store/boards/board_jobs.h"
#include "store/boards/carry_over.h"
#include "store/boards/known_boards.h"
#include "store/boards/readings.h"
#include "work/boilerplate_texts.h"
#include "work/inline_texts.h"
#include "work/mended_jobs.h"
#include "work/witness_missing.h"

namespace rolecall {
namespace json = boost::json;
namespace {

// As the ledger has it, where one that is whole but for a few is partial and says for how many.
std::string_view NameInLedger(Completeness completeness) {
  switch (completeness) {
    case Completeness::kComplete:
      return "complete";
    case Completeness::kConfirmed:
      return "confirmed";
    case Completeness::kButFor:
    case Completeness::kPartial:
      return "partial";
    case Completeness::kFailed:
      return "failed";
  }
  std::unreachable();
}

std::string UnreadJson(const ListingButFor& listing) {
  json::array unread;
  for (const UnreadEntry& entry : listing.unread())
    unread.push_back(json::object{{"page", entry.page},
                                  {"place", entry.place},
                                  {"what", entry.what},
                                  {"digest", entry.digest}});
  return json::serialize(unread);
}

NewReading LedgerLine(const BoardToRead& board, const TimedReading& read,
                      const ReadingOrder& order) {
  const Listing& listing = read.reading.listing;
  const Completeness completeness = CompletenessOf(listing);
  NewReading line{.started_at = read.started_at,
                  .finished_at = read.finished_at,
                  .completeness = std::string(NameInLedger(completeness)),
                  .listed = completeness == Completeness::kConfirmed
                                ? board.row.listed
                                : static_cast<int>(JobsIn(listing).size()),
                  .trouble = TroubleOf(listing),
                  .etag = read.reading.validators.etag,
                  .last_modified = read.reading.validators.last_modified,
                  .definition_version = Traits(*board.address.definition).version,
                  .run_id = order.run_id};
  if (const auto* complete = std::get_if<CompleteListing>(&listing)) {
    line.digest = complete->digest();
  } else if (const auto* but_for = std::get_if<ListingButFor>(&listing)) {
    line.but_for = but_for->but_for();
    line.unread = UnreadJson(*but_for);
    line.told_digest = but_for->ToldDigest();
    line.digest = but_for->unread_digest();
  }
  return line;
}

Result<ReconciledBoard> WriteConfirmed(const WorkTools& tools, const BoardToRead& board,
                                       const TimedReading& read, const ReadingOrder& order) {
  ReconciledBoard reconciled{.board_version = board.row.version,
                             .confirmed = true,
                             .known = {},
                             .plan = {},
                             .warnings = {}};
  TRY(auto tx, tools.database.Write());
  TRY(reconciled.reading_id, AddReading(tx, board.row, LedgerLine(board, read, order)));
  CHECK_OK(order.commit(tx, reconciled));
  return reconciled;
}

}  // namespace

ExpiryPolicy PolicyFor(const WorkTools& tools, const BoardAddress& address) {
  ExpiryPolicy policy = tools.settings.expiry;
  policy.has_second_witness = Traits(*address.definition).has_second_witness;
  return policy;
}

std::vector<CarriedJob> CarryOver(const BoardAddress& address, const Listing& listing,
                                  KnownBoard& known) {
  if (Traits(*address.definition).ids_of_pages)
    return CompletenessOf(listing) == Completeness::kComplete
               ? CarryOverPages(known, JobsIn(listing))
               : std::vector<CarriedJob>{};
  if (!Traits(*address.definition).ids_in_paths) return {};
  return CarryOver(known,
                   [&](std::string_view path) { return IdInPath(*address.definition, path); });
}

Result<ReconciledBoard> ReconcileBoard(const WorkTools& tools, const BoardToRead& board,
                                       const TimedReading& read, const ReadingOrder& order) {
  const Listing& listing = read.reading.listing;
  if (CompletenessOf(listing) == Completeness::kConfirmed)
    return WriteConfirmed(tools, board, read, order);

  const BoardDefinition& definition = *board.address.definition;
  ReconciledBoard reconciled{.known = {}, .plan = {}, .warnings = {}};
  {
    TRY(auto db, tools.database.Reader());
    TRY(reconciled.known, LoadKnownBoard(*db, board.row.id));
  }
  for (KnownJob& job : reconciled.known.jobs) job.approved = order.approved.contains(job.id);
  const std::vector<CarriedJob> carried = CarryOver(board.address, listing, reconciled.known);
  const ExpiryPolicy policy = PolicyFor(tools, board.address);
  TRY(auto witnesses, WitnessMissing(tools,
                                     {.board = board.address,
                                      .known = reconciled.known,
                                      .listing = listing,
                                      .policy = policy,
                                      .now = read.finished_at},
                                     order.stop));
  reconciled.plan =
      Reconcile(reconciled.known, listing, witnesses.testimony, policy, read.finished_at);
  if (read.reading.mended)
    if (const std::string mended = TellMendedJobs(listing, reconciled.plan); !mended.empty())
      reconciled.warnings.Add(mended);
  if (!witnesses.control_trouble.empty()) reconciled.warnings.Add(witnesses.control_trouble);

  TRY(InlineTexts texts, TextsOf(definition, listing, reconciled.plan, order.stop));
  {
    TRY(auto db, tools.database.Reader());
    TRY(reconciled.boilerplate, MarkBoilerplate(*db, listing, texts, reconciled.plan));
  }
  for (const auto& [job, content] : texts)
    for (const std::string& warning : content.warnings)
      reconciled.warnings.Add(
          fmt::format("job {} ({}): {}", job->external_id, job->title, warning));

  NewReading line = LedgerLine(board, read, order);
  line.withheld = reconciled.plan.doubtful;
  line.control = witnesses.testimony.control;
  line.asked = witnesses.testimony.asked();
  line.stood = witnesses.testimony.CountOf(Witness::kStands);
  line.changed_jobs = !reconciled.plan.ChangesNothing() || !carried.empty();
  const std::string& doubt = reconciled.plan.trouble;
  if (line.trouble.empty())
    line.trouble = doubt;
  else if (line.but_for && !doubt.empty())
    line.trouble += "; " + doubt;
  TRY(auto tx, tools.database.Write());
  TRY(reconciled.reading_id, AddReading(tx, board.row, line));
  TRY(reconciled.board_version, LoadBoardVersion(tx.db(), board.row.id));
  CHECK_OK(WriteCarryOver(tx, board.row.id, reconciled.reading_id, carried, read.finished_at));
  const PlanToWrite write{.board = board.row,
                          .known = reconciled.known,
                          .listing = listing,
                          .reading_id = reconciled.reading_id,
                          .board_version = reconciled.board_version,
                          .now = read.finished_at,
                          .content_by_request = Traits(definition).content_by_request,
                          .control = witnesses.testimony.control,
                          .witness_details = std::move(witnesses.details),
                          .text_of = [&texts](const ListedJob& job) {
                            JobContent& content = texts.at(&job);
                            return ContentText{std::move(content.description),
                                               std::move(content.requirements)};
                          }};
  CHECK_OK(WriteBoardPlan(tx, write, reconciled.plan));
  CHECK_OK(order.commit(tx, reconciled));
  return reconciled;
}

Result<void> LoadConfirmed(const WorkTools& tools, const BoardToRead& board,
                           ReconciledBoard& reconciled) {
  const BoardRow& row = board.row;
  TRY(auto db, tools.database.Reader());
  TRY(reconciled.known, LoadKnownBoard(*db, row.id));
  TRY(const BoardRow now, LoadBoard(*db, row.id));
  if (now.latest_reading != reconciled.reading_id || now.withheld != row.withheld)
    return Fail(Errc::kConflict,
                fmt::format("{} {} was read, or jobs of it kept, meanwhile", row.kind, row.token));
  reconciled.plan = Reconcile(reconciled.known, ConfirmedListing{}, {},
                              PolicyFor(tools, board.address), tools.clock());
  return {};
}

}  // namespace rolecall
