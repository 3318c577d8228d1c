// A user's jobs as they are counted and marked company by company.
#include "store/users/user_jobs.h"

#include <gmock/gmock.h>

#include "store/boards/contents.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class UserJobs : public BothDatabases {
 protected:
  void Write(const std::function<Result<void>(Transaction&)>& change) {
    auto tx = Needed(database().Write());
    Needed(change(tx));
    Needed(tx.Commit());
  }
  static Result<void> Have(Transaction& tx, std::int64_t user, const BoardRig& board, int first,
                           int last, std::string_view company) {
    CHECK_OK(
        tx->Run("INSERT INTO user_jobs (user_id, job_id, company, came_run_id, wrote_run_id) "
                "SELECT :user, j.id, :company, 1, 1 FROM board_jobs j WHERE j.board_id = :board "
                "AND CAST(substr(j.external_id, 2) AS integer) BETWEEN :first AND :last",
                {{"user", user},
                 {"company", company},
                 {"board", board.id},
                 {"first", first},
                 {"last", last}}));
    return {};
  }
  static Result<void> Depart(Transaction& tx, std::int64_t user, std::string_view company,
                             const BoardRig& board) {
    CHECK_OK(tx->Run(
        "INSERT INTO departures (user_id, company, board_id) VALUES (:user, :company, :board)",
        {{"user", user}, {"company", company}, {"board", board.id}}));
    return {};
  }
  std::vector<std::pair<std::string, int>> DepartingOf(std::int64_t user) {
    std::vector<std::pair<std::string, int>> departing;
    for (const Departing& one : Needed(LoadDeparting(*Needed(database().Reader()), user)))
      departing.emplace_back(one.company, one.active);
    return departing;
  }
};

TEST_P(UserJobs, DepartWithTheBoardsThatTheirCompanyLeftUnlessTheyExpired) {
  BoardRig acme(database(), "acme");
  BoardRig bolt(database(), "bolt");
  Needed(acme.Read(WholeListing(MakeJobs(1, 9))));
  Needed(bolt.Read(WholeListing(MakeJobs(1, 3))));
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(
        tx->Run("INSERT INTO users (user_id, email, name, created_at) VALUES "
                "(2, 'b@c.test', 'B', :now)",
                {{"now", kTestNow}}));
    CHECK_OK(Have(tx, kUser, acme, 1, 6, "acme"));
    CHECK_OK(Have(tx, kUser, acme, 7, 7, "of another name"));
    CHECK_OK(Have(tx, kUser, bolt, 1, 2, "acme"));
    CHECK_OK(Have(tx, kOther, acme, 1, 9, "acme"));
    CHECK_OK(
        tx->Run("UPDATE user_jobs SET expired_at = :now WHERE user_id = 1 AND job_id IN "
                "(SELECT id FROM board_jobs WHERE board_id = :board AND external_id = 'J1')",
                {{"now", kTestNow}, {"board", acme.id}}));
    CHECK_OK(Depart(tx, kUser, "acme", acme));
    return Depart(tx, kUser, "none", bolt);
  });

  EXPECT_THAT(DepartingOf(kUser), ElementsAre(Pair("acme", 5), Pair("none", 0)));
  EXPECT_THAT(DepartingOf(kOther), IsEmpty());

  Write([&](Transaction& tx) { return Depart(tx, kUser, "acme", bolt); });

  EXPECT_THAT(DepartingOf(kUser), ElementsAre(Pair("acme", 7), Pair("none", 0)))
      << "a company that left two boards is told of once";
}

TEST_P(UserJobs, AreMarkedWhereTheUserHasThemUnderTheCompanyAndTheirTextIsOutstanding) {
  BoardRig board(database());
  board.content_by_request = true;
  Needed(board.Read(WholeListing(MakeJobs(1, 7))));
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(Have(tx, kUser, board, 1, 5, "acme"));
    CHECK_OK(Have(tx, kUser, board, 6, 6, "of another name"));
    CHECK_OK(Have(tx, kOther, board, 1, 7, "acme"));
    CHECK_OK(tx->Run("UPDATE job_contents SET state = 'ready' WHERE job_id = :job",
                     {{"job", board.Job(1).id}}));
    CHECK_OK(tx->Run("UPDATE job_contents SET state = 'error' WHERE job_id = :job",
                     {{"job", board.Job(2).id}}));
    CHECK_OK(tx->Run("UPDATE user_jobs SET expired_at = :now WHERE user_id = 1 AND job_id = :job",
                     {{"now", kTestNow}, {"job", board.Job(3).id}}));
    CHECK_OK(tx->Run("UPDATE user_jobs SET left_run_id = 1 WHERE user_id = 1 AND job_id = :job",
                     {{"job", board.Job(4).id}}));
    return MarkMocked(tx, kUser, "acme", board.id);
  });

  const auto marked = Needed(
      QueryAll(*Needed(database().Reader()),
               "SELECT j.external_id FROM job_contents c JOIN board_jobs j ON j.id = c.job_id "
               "WHERE c.state = 'mocked' ORDER BY j.external_id",
               {}, [](const Row& row) { return row.String(0); }));
  EXPECT_THAT(marked, ElementsAre("J2", "J5"));
}

ROLECALL_ON_BOTH_DATABASES(UserJobs);

}  // namespace
}  // namespace rolecall
