// Lays the expiries in job_events beside the listings that the history gave.
#include "tests/replay/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "tests/replay/replay.h"

namespace rolecall {
namespace {

constexpr std::chrono::hours kSoon{48};

using ExpiriesByJob = std::unordered_map<std::string, std::vector<Timestamp>>;

Result<ExpiriesByJob> LoadExpiries(Database& database) {
  TRY(auto db, database.Reader());
  ExpiriesByJob expiries;
  CHECK_OK(
      db->Each("SELECT j.external_id, e.at FROM job_events e "
               "JOIN board_jobs j ON j.id = e.job_id WHERE e.kind = 'expired' ORDER BY e.at",
               {}, [&](const Row& row) { expiries[row.String(0)].push_back(row.Time(1)); }));
  return expiries;
}

class Measurement {
 public:
  explicit Measurement(const RealHistory& history)
      : history_(history), end_(BeginOf(history, kRounds - 1)) {}

  void Add(const HistoryBoard& board, const Opening& opening,
           const std::vector<Timestamp>& expiries) {
    figures_.expiries += static_cast<int>(expiries.size());
    for (const Timestamp at : expiries)
      if (IsShownAgain(board, opening, at)) ++figures_.undone;
    if (const auto lacked = FirstWithout(board, opening)) AddEnding(*lacked, expiries);
  }

  Figures Finish() {
    const auto middle = delays_.begin() + std::ssize(delays_) / 2;
    std::ranges::nth_element(delays_, middle);
    if (middle != delays_.end()) figures_.median_delay_h = *middle;
    return figures_;
  }

 private:
  static bool Answers(const HistoryBoard& board, int round) {
    return board.answers[static_cast<std::size_t>(round)];
  }

  bool IsShownAgain(const HistoryBoard& board, const Opening& opening, Timestamp expired) const {
    for (int round = 0; round < kRounds; ++round)
      if (BeginOf(history_, round) > expired && Answers(board, round))
        return IsListed(opening, round);
    return false;
  }

  // The first listing after the last that showed it. Nothing where it did not end, or none lacked
  // it yet, or none ever showed it.
  std::optional<Timestamp> FirstWithout(const HistoryBoard& board, const Opening& opening) const {
    if (opening.ended >= kRounds) return std::nullopt;
    std::optional<Timestamp> lacked;
    for (int round = kRounds - 1; round >= 0; --round) {
      if (!Answers(board, round)) continue;
      if (IsListed(opening, round)) return lacked;
      lacked = BeginOf(history_, round);
    }
    return std::nullopt;
  }

  void AddEnding(Timestamp lacked, const std::vector<Timestamp>& expiries) {
    const auto expired = std::ranges::lower_bound(expiries, lacked);
    if (expired != expiries.end())
      delays_.push_back(
          std::chrono::duration<double, std::ratio<3'600>>(*expired - lacked).count());
    if (end_ - lacked < kSoon) return;
    ++figures_.endings;
    if (expired == expiries.end() || *expired - lacked > kSoon) ++figures_.shown;
  }

  const RealHistory& history_;
  const Timestamp end_;
  Figures figures_;
  std::vector<double> delays_;
};

}  // namespace

Result<Figures> Measure(Database& database, const RealHistory& history) {
  TRY(const auto expiries, LoadExpiries(database));
  Measurement measurement(history);
  for (const HistoryBoard& board : history.boards)
    for (const Opening& opening : board.openings) {
      const auto found = expiries.find(std::to_string(opening.number));
      measurement.Add(board, opening,
                      found == expiries.end() ? std::vector<Timestamp>{} : found->second);
    }
  return measurement.Finish();
}

std::string Told(std::string_view kind, const Figures& figures) {
  return fmt::format(
      "{}: undone by the next listing {} of {} expiries ({:.2f}%), still shown 48 h after {} of {} "
      "endings ({:.2f}%), median delay {:.1f} h",
      kind, figures.undone, figures.expiries, 100 * figures.UndoneShare(), figures.shown,
      figures.endings, 100 * figures.ShownShare(), figures.median_delay_h);
}

}  // namespace rolecall
