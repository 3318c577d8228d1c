// The index of a database's jobs, kept up with the database by whoever uses it.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "db/db.h"
#include "search/index_folder.h"
#include "search/job_index.h"
#include "store/search/kept_texts.h"
#include "store/search/user_roll.h"

namespace rolecall {

// Safe to use from several threads. Whatever goes wrong with the index is no error of a search,
// which does without it.
class KeptIndex {
 public:
  // `folder` as IndexFolder has it. The database outlives this, and has its schema.
  static Result<std::unique_ptr<KeptIndex>> Open(Database& database, const std::string& folder);

  KeptIndex(Database& database, const std::string& folder, const std::string& of)
      : database_(database), folder_(folder, of), texts_(database, folder, of) {}

  // Takes what changed in the database since, and waits for others of this process that do.
  // kCancelled where `stop` is asked for before the end: what was taken by then stays.
  Result<void> BringUp(const std::stop_token& stop = {});

  // The index, where it holds all there is: what little changed is taken first, which waits a
  // moment for others that do. Otherwise null, and `why` a sentence: it is far behind, its disk is
  // full. `now` as LoadBoardsSum just gave it.
  std::shared_ptr<JobIndex> UpToDate(Connection& db, const BoardsSum& now, std::string& why);

  // After it turned out to be damaged: another is made.
  void GiveUp(const std::shared_ptr<JobIndex>& index) { folder_.GiveUp(index); }

  KeptRolls& rolls() { return rolls_; }
  // Of descriptions, in files of its own: titles never wait for it.
  KeptTexts& texts() { return texts_; }

 private:
  Result<void> Take(const std::shared_ptr<JobIndex>& index, Connection& db,
                    const BoardVersions& held, const BoardVersions& now,
                    const std::stop_token& stop);
  // The index with what little changed.
  Result<std::shared_ptr<JobIndex>> Follow(Connection& db, const BoardsSum& sum);
  Database& database_;
  IndexFolder<JobIndex> folder_;
  KeptTexts texts_;
  KeptRolls rolls_;
  std::timed_mutex taking_;  // held by whoever takes what changed
};

}  // namespace rolecall
