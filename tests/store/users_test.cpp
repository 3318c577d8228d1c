// The tables users, companies, user_company_settings, user_jobs, and the view jobs.
#include "store/users/users.h"

#include "domain/title_filter.h"
#include "store/users/companies.h"
#include "store/users/jobs_view.h"
#include "store/users/user_jobs.h"
#include "store/users/user_view.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

class UserTables : public BothDatabases {
 protected:
  std::int64_t User() { return Needed(FindUser(*Needed(database().Reader()), kLocalUser)).id; }
  std::vector<Following> Followed() {
    return Needed(LoadFollowings(*Needed(database().Reader()), User()));
  }
  void Write(const std::function<Result<void>(Transaction&)>& change) {
    auto tx = Needed(database().Write());
    Needed(change(tx));
    Needed(tx.Commit());
  }
  Result<void> TryToFollow(std::string_view company, std::int64_t board) {
    auto tx = Needed(database().Write());
    CHECK_OK(Follow(tx, {User(), company}, board, kTestNow));
    return tx.Commit();
  }
  std::vector<JobRow> Jobs(const JobQuery& query = {
                               .companies = {}, .status = "all", .since = {}}) {
    return Needed(LoadJobs(*Needed(database().Reader()), User(), query));
  }
  // Projects the board as it was last read, as a run does.
  CompanyCounts Project(BoardRig& rig, const Listing& listing, const KnownBoard& before,
                        std::int64_t run_id) {
    const Following following = Followed().front();
    const auto filter = Needed(CompileFilter(following));
    const UserView view = Needed(LoadUserView(*Needed(database().Reader()), User(), following));
    const BoardState state = StateAfter(before, listing, rig.plan);
    const UserPlan plan = rolecall::Project(view, state, filter);
    Write([&](Transaction& tx) -> Result<void> {
      CHECK_OK(WriteUserPlan(tx,
                             {.run_id = run_id,
                              .user_id = User(),
                              .following = following,
                              .board = state,
                              .plan = plan},
                             rig.now));
      if (!state.whole) return {};
      return NoteProjected(tx, User(), following.company,
                           {.run_id = run_id,
                            .reading_id = rig.Row().complete_reading,
                            .filters = FiltersToProject(following)});
    });
    return plan.counts;
  }
  CompanyCounts ReadAndProject(BoardRig& rig, const Listing& listing, std::int64_t run_id,
                               Witness witness = Witness::kStands) {
    const KnownBoard before = rig.Known();
    Needed(rig.Read(listing, witness));
    return Project(rig, listing, before, run_id);
  }
};

TEST_P(UserTables, FindsUsersByTheirAddress) {
  auto db = Needed(database().Reader());

  EXPECT_EQ(Needed(FindUser(*db, kLocalUser)).email, kLocalUser);
  EXPECT_EQ(FindUser(*db, "o'brien@nowhere").error().code, Errc::kNotFound);
}

TEST_P(UserTables, FindsAnAddressHoweverItIsWritten) {
  Write([](Transaction& tx) -> Result<void> {
    CHECK_OK(AddUser(tx, {.email = " Ann.O'Brien@Example.ORG ", .name = "Ann"}, kTestNow));
    return {};
  });
  auto db = Needed(database().Reader());

  EXPECT_EQ(Needed(FindUser(*db, "ANN.O'brien@example.org")).email, "ann.o'brien@example.org");
  const UserProfile ann = Needed(LoadProfileOf(*db, "ann.o'brien@EXAMPLE.org"));
  EXPECT_EQ(ann.name, "Ann");
  EXPECT_EQ(ann.picture_url, "");
  EXPECT_EQ(ann.last_login, std::nullopt);
  EXPECT_EQ(Needed(LoadProfile(*db, ann.id)).email, ann.email);
  EXPECT_EQ(LoadProfile(*db, ann.id + 1).error().code, Errc::kNotFound);
  EXPECT_EQ(LoadProfileOf(*db, "nobody@example.org").error().code, Errc::kNotFound);
}

TEST_P(UserTables, FindsForAFoldedAddressWhatItFindsForTheOneThatWasFolded) {
  Write([](Transaction& tx) -> Result<void> {
    CHECK_OK(AddUser(tx, {.email = "ann@example.org"}, kTestNow));
    return {};
  });
  auto db = Needed(database().Reader());

  for (const char* written : {"\uFEFFann@example.org", " \uFEFF Ann@example.org "}) {
    EXPECT_EQ(FoldEmail(written), "ann@example.org");
    EXPECT_EQ(Needed(FindUser(*db, written)).email, "ann@example.org");
  }
  EXPECT_EQ(FoldEmail(std::string("a\0@b", 4)), "a\uFFFD@b");
}

TEST_P(UserTables, AddsAnAddressOnceAndNothingThatIsNone) {
  auto tx = Needed(database().Write());
  Needed(AddUser(tx, {.email = "ann@example.org"}, kTestNow));

  EXPECT_EQ(AddUser(tx, {.email = "Ann@example.org"}, kTestNow).error().code, Errc::kConflict);
  EXPECT_EQ(AddUser(tx, {.email = std::string(kLocalUser)}, kTestNow).error().code,
            Errc::kConflict);
  for (const char* none : {"", "ann", "@example.org", "ann@", "a@b@c", "a b@c", "a@\nb",
                           "\xff@example.org", "a\x01@b"})
    EXPECT_EQ(AddUser(tx, {.email = none}, kTestNow).error().code, Errc::kInvalidInput) << none;
  EXPECT_EQ(AddUser(tx, {.email = std::string(320, 'a') + "@b"}, kTestNow).error().code,
            Errc::kInvalidInput);
  EXPECT_EQ(AddUser(tx, {.email = std::string("a\0@b", 4)}, kTestNow).error().code,
            Errc::kInvalidInput);
  // A conflict leaves the transaction as it was.
  Needed(tx.Commit());
  EXPECT_TRUE(FindUser(*Needed(database().Reader()), "ann@example.org"));
}

TEST_P(UserTables, NotesALoginAndKeepsWhatIsNotTold) {
  std::int64_t ann = 0;
  Write([&](Transaction& tx) -> Result<void> {
    TRY(ann,
        AddUser(tx, {.email = "ann@b", .name = "Ann", .picture_url = "https://p/1"}, kTestNow));
    return NoteLogin(tx, ann, {}, kTestNow);
  });
  const UserProfile first = Needed(LoadProfile(*Needed(database().Reader()), ann));
  Write([&](Transaction& tx) {
    return NoteLogin(tx, ann, {.name = "Ann O'Brien", .picture_url = "https://p/2"},
                     kTestNow + std::chrono::hours(1));
  });

  const UserProfile second = Needed(LoadProfile(*Needed(database().Reader()), ann));

  EXPECT_EQ(first.name, "Ann");
  EXPECT_EQ(first.picture_url, "https://p/1");
  EXPECT_EQ(first.last_login, kTestNow);
  EXPECT_EQ(second.name, "Ann O'Brien");
  EXPECT_EQ(second.picture_url, "https://p/2");
  EXPECT_EQ(second.last_login, kTestNow + std::chrono::hours(1));
  auto tx = Needed(database().Write());
  EXPECT_EQ(NoteLogin(tx, ann + 1, {}, kTestNow).error().code, Errc::kNotFound);
}

TEST_P(UserTables, TellsAUserWithoutAPasswordFromNobody) {
  EXPECT_EQ(Needed(LoadPasswordHash(*Needed(database().Reader()), kLocalUser)), "");
  EXPECT_EQ(Needed(LoadPasswordHash(*Needed(database().Reader()), "nobody@b")), std::nullopt);

  Write([&](Transaction& tx) { return SetPassword(tx, User(), "$argon2id$x"); });

  EXPECT_EQ(Needed(LoadPasswordHash(*Needed(database().Reader()), "LOCAL@localhost")),
            "$argon2id$x");
}

TEST_P(UserTables, KeepsWhatIsFollowed) {
  BoardRig acme(database(), "acme"), other(database(), "other");
  ASSERT_TRUE(TryToFollow("acme", acme.id));
  const TitleTerms terms{.include = {"C++", "K\"ö\\chin\n"}, .exclude = {"/^intern/"}};
  Write([&](Transaction& tx) {
    return SetFilters(tx, {User(), "acme"}, {.titles = terms}, kTestNow);
  });
  Write([&](Transaction& tx) { return DisableCompany(tx, {User(), "acme"}, kTestNow); });

  const auto followed = Followed();
  ASSERT_EQ(followed.size(), 1);
  EXPECT_EQ(followed[0].terms.titles.include, terms.include);
  EXPECT_EQ(followed[0].terms.titles.exclude, terms.exclude);
  EXPECT_FALSE(followed[0].enabled);
  EXPECT_EQ(followed[0].token, "acme");

  const auto twice = TryToFollow("again", acme.id);
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, Errc::kConflict);
  EXPECT_EQ(TryToFollow("no such NAME", other.id).error().code, Errc::kInvalidInput);
  auto tx = Needed(database().Write());
  const auto misspelt = EnableCompany(tx, {User(), "acne"}, kTestNow);
  ASSERT_FALSE(misspelt);
  EXPECT_EQ(misspelt.error().code, Errc::kNotFound);
}

TEST_P(UserTables, ExpiresTheJobsOfTheBoardThatACompanyLeft) {
  BoardRig old(database(), "old"), now(database(), "now");
  ASSERT_TRUE(TryToFollow("acme", old.id));
  ReadAndProject(old, WholeListing(MakeJobs(1, 3)), 1);
  ASSERT_TRUE(TryToFollow("acme", now.id));

  std::vector<Departed> departed;
  Write([&](Transaction& tx) -> Result<void> {
    TRY(departed, ExpireDeparted(tx, {User(), 1}, kTestNow));
    return {};
  });

  ASSERT_EQ(departed.size(), 1);
  EXPECT_EQ(departed[0].company, "acme");
  EXPECT_EQ(departed[0].board_id, old.id);
  EXPECT_EQ(departed[0].expired.size(), 3);
  for (const JobRow& job : Jobs()) EXPECT_EQ(job.expired_reason, "company_removed");
  EXPECT_EQ(old.Number("SELECT count(*) FROM departures"), 0);
}

TEST_P(UserTables, ForgetsADepartureThatWasTakenBack) {
  BoardRig board(database());
  ASSERT_TRUE(TryToFollow("acme", board.id));
  ReadAndProject(board, WholeListing(MakeJobs(1, 3)), 1);
  Write([&](Transaction& tx) { return Unfollow(tx, User(), "acme"); });
  EXPECT_EQ(board.Number("SELECT count(*) FROM departures"), 1);
  ASSERT_TRUE(TryToFollow("acme", board.id));

  EXPECT_EQ(board.Number("SELECT count(*) FROM departures"), 0);
  EXPECT_EQ(Jobs({.companies = {}, .status = "open", .since = {}}).size(), 3);
}

TEST_P(UserTables, TheViewCarriesTheRunThatSawAJobLast) {
  BoardRig board(database());
  ASSERT_TRUE(TryToFollow("acme", board.id));
  ReadAndProject(board, WholeListing(MakeJobs(1, 2)), 1);
  board.now += std::chrono::hours(1);
  ReadAndProject(board, WholeListing(MakeJobs(1, 2)), 2);
  for (const JobRow& job : Jobs()) EXPECT_EQ(job.run_id, 2);
  const Timestamp seen = board.now;
  board.now += std::chrono::hours(1);
  ReadAndProject(board, WholeListing(MakeJobs(1, 1)), 3);
  const auto missing = Jobs();
  EXPECT_EQ(missing[0].run_id, 3);
  EXPECT_EQ(missing[1].run_id, 2);
  EXPECT_EQ(missing[1].missing_since, board.now);
  EXPECT_EQ(missing[1].last_seen_at, seen);
  EXPECT_EQ(missing[1].status, "ready");
  board.now += std::chrono::hours(1);

  ReadAndProject(board, WholeListing(MakeJobs(1, 1)), 4, Witness::kGone);

  const auto gone = Jobs();
  EXPECT_EQ(gone[1].status, "expired");
  EXPECT_EQ(gone[1].run_id, 2);
  EXPECT_EQ(gone[1].expired_at, board.now);
  EXPECT_EQ(gone[1].expired_reason, "gone");
  EXPECT_EQ(gone[1].missing_since, std::nullopt);
  EXPECT_EQ(gone[0].last_seen_at, board.now);
}

TEST_P(UserTables, TheViewSaysThatAPartialListingSawANewJob) {
  BoardRig board(database());
  ASSERT_TRUE(TryToFollow("acme", board.id));
  ReadAndProject(board, WholeListing(MakeJobs(1, 1)), 1);
  board.now += std::chrono::hours(1);

  ReadAndProject(board, PartialListing{MakeJobs(2, 2), "HTTP 502"}, 2);

  const auto jobs = Jobs();
  ASSERT_EQ(jobs.size(), 2);
  EXPECT_EQ(jobs[0].run_id, 1);
  EXPECT_EQ(jobs[0].last_seen_at, kTestNow);
  EXPECT_EQ(jobs[1].run_id, 2);
  EXPECT_GE(jobs[1].last_seen_at, jobs[1].first_seen_at);
}

TEST_P(UserTables, TheViewIsAskedByCompanyStatusAgeAndRun) {
  BoardRig board(database());
  ASSERT_TRUE(TryToFollow("acme", board.id));
  board.content_by_request = true;
  ReadAndProject(board, WholeListing(MakeJobs(1, 2)), 1);
  board.now += std::chrono::hours(1);
  ReadAndProject(board, WholeListing(MakeJobs(2, 3)), 2, Witness::kGone);

  EXPECT_EQ(Jobs({.companies = {"acme"}, .since = {}}).size(), 2);
  EXPECT_EQ(Jobs({.companies = {"o'brien"}, .since = {}}).size(), 0);
  EXPECT_EQ(Jobs({.companies = {}, .status = "pending", .since = {}}).size(), 2);
  EXPECT_EQ(Jobs({.companies = {}, .status = "ready", .since = {}}).size(), 0);
  EXPECT_EQ(Jobs({.companies = {}, .status = "expired", .since = {}}).size(), 1);
  EXPECT_EQ(Jobs({.companies = {}, .new_in_run = 2, .since = {}}).size(), 1);
  EXPECT_EQ(Jobs({.companies = {}, .since = board.now}).size(), 1);
}

TEST_P(UserTables, WritesMoreRowsThanOneStatementTakes) {
  BoardRig board(database());
  ASSERT_TRUE(TryToFollow("acme", board.id));
  ReadAndProject(board, WholeListing(MakeJobs(1, 11'000)), 1);
  Write([&](Transaction& tx) {
    return SetFilters(tx, {User(), "acme"}, {.titles = TitleTerms{{"nobody"}, {}}}, kTestNow);
  });
  EXPECT_EQ(ReadAndProject(board, WholeListing(MakeJobs(1, 11'000)), 2).expired, 11'000);
  EXPECT_EQ(board.Number("SELECT count(*) FROM user_jobs WHERE expired_reason = 'filtered'"),
            11'000);
  Write([&](Transaction& tx) {
    return SetFilters(tx, {User(), "acme"}, {.titles = TitleTerms{}}, kTestNow);
  });

  EXPECT_EQ(ReadAndProject(board, WholeListing(MakeJobs(1, 11'000)), 3).reopened, 11'000);
  EXPECT_EQ(board.Number("SELECT count(*) FROM user_jobs WHERE expired_at IS NULL AND "
                         "wrote_run_id = 3"),
            11'000);
}

ROLECALL_ON_BOTH_DATABASES(UserTables);

}  // namespace
}  // namespace rolecall
