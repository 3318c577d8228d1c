// What the program is measured against: the same rows of the same tables, written (a) by a full
// upsert, (b) as fast as the database takes them.
#pragma once

#include <array>

#include "bench/made_board.h"
#include "bench/raw_session.h"

namespace rolecall {

// Every row that a phase is about: readings, board_jobs, job_contents, user_jobs, and of job_events
// those that are new. Texts are the board's.
using PhaseRows = std::array<Rows, 5>;
PhaseRows RowsOf(const MadeBoard& board, Phase phase, int reading);

// The board and its user's rows refer to; needed once before either of the two.
void AddBoard(RawSession& session);

// Each in one transaction; milliseconds.
double UpsertAll(RawSession& session, const PhaseRows& rows);
double LoadAll(RawSession& session, const PhaseRows& rows);

// Throws where the tables do not hold what they must after that phase.
void CheckTables(RawSession& session, const MadeBoard& board, Phase phase, int readings);

}  // namespace rolecall
