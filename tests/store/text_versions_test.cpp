// A job whose text is written counts as written: who keeps words of texts takes them again.
#include "store/boards/contents.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

class TextVersions : public BothDatabases {
 protected:
  // Written when its board was last.
  static std::int64_t Latest(const BoardRig& board) {
    return board.Number(
        "SELECT count(*) FROM board_jobs j JOIN boards b ON b.id = j.board_id AND b.version = "
        "j.version");
  }
};

TEST_P(TextVersions, MoveWithATextThatComesAfterItsListing) {
  BoardRig board(database());
  board.content_by_request = true;
  Needed(board.Read(WholeListing(MakeJobs(1, 3))));

  auto tx = Needed(database().Write());
  const std::vector<ContentOutcome> outcomes{{.job_id = board.Job(2).id, .description = "Bread"}};
  Needed(WriteContents(
      tx, {.run_id = 1, .user_id = kUser, .reading_id = 1, .outcomes = outcomes, .now = kTestNow}));
  Needed(tx.Commit());

  EXPECT_EQ(Latest(board), 1);
}

TEST_P(TextVersions, MoveWithATextThatAListingRewords) {
  BoardRig board(database());
  std::vector<ListedJob> jobs = MakeJobs(1, 3);
  Needed(board.Read(WholeListing(jobs)));

  jobs[1].content = "<p>Bread</p>";
  Needed(board.Read(WholeListing(jobs)));

  EXPECT_EQ(Latest(board), 1);
}

ROLECALL_ON_BOTH_DATABASES(TextVersions);

}  // namespace
}  // namespace rolecall
