// Databases that are opened at once by several, that are newer, read-only, or no databases.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "store/migrate.h"
#include "store/users/users.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

class Opening : public BothDatabases {};

TEST_P(Opening, MigratesOnceThoughSeveralBeginAtOnce) {
  TestDatabase empty(GetParam(), TestDatabase::Begins::kEmpty);
  std::atomic<int> applied = 0;
  {
    std::vector<std::jthread> programs;
    for (int i = 0; i < 6; ++i)
      programs.emplace_back([&] {
        const auto own = Needed(OpenDatabase(empty.url()));
        applied += Needed(Migrate(*own, kTestNow));
        EXPECT_TRUE(PrepareSchema(*own, kTestNow));
      });
  }

  const auto recorded =
      Needed(QueryOne(*Needed(empty.database().Reader()), "SELECT count(*) FROM schema_migrations",
                      {}, [](const Row& row) { return row.Int(0); }));
  EXPECT_EQ(applied, recorded);
  EXPECT_EQ(Needed(CheckSchema(empty.database())), SchemaState::kCurrent);
}

TEST_P(Opening, RefusesToMigrateANewerDatabase) {
  {
    auto tx = Needed(database().Write());
    Needed(tx->Run("UPDATE schema_migrations SET oldest_program = 98"));
    Needed(tx.Commit());
  }

  EXPECT_EQ(Migrate(database(), kTestNow).error().code, Errc::kStorage);
  EXPECT_EQ(CheckSchema(database()).error().code, Errc::kStorage);
}

TEST_P(Opening, ADatabaseThatANewerButKindProgramMigratedIsUsed) {
  auto tx = Needed(database().Write());
  Needed(tx->Run("INSERT INTO schema_migrations VALUES (99, 'later', :at, 1)", {{"at", kTestNow}}));
  Needed(tx.Commit());

  EXPECT_TRUE(PrepareSchema(database(), kTestNow));
}

TEST_P(Opening, CarriesWhatTheLocalUserAddedOverToTheInstallation) {
  {
    auto tx = Needed(database().Write());
    const auto board = Needed(FindOrAddBoard(tx, "greenhouse", "acme"));
    const auto other = Needed(AddUser(tx, {.email = "a@b.test"}, kTestNow));
    const auto has = [&](std::string_view name, std::optional<std::int64_t> owner) {
      Needed(tx->Run(R"(
          INSERT INTO companies (name, display_name, board_id, owner_id)
          VALUES (:name, :name, :board, :owner))",
                     {{"name", name}, {"board", board}, {"owner", owner}}));
    };
    has("acme", 1);
    has("bolt", 1);
    has("bolt", std::nullopt);
    has("zinc", other);
    // As a program of before left it.
    Needed(tx->Run("DROP TABLE run_refusals"));
    Needed(tx->Run("ALTER TABLE ingestion_runs DROP COLUMN only_named"));
    Needed(tx->Run("ALTER TABLE users DROP COLUMN token_epoch"));
    Needed(tx->Run("ALTER TABLE ingestion_runs DROP COLUMN launched_at"));
    Needed(tx->Run("ALTER TABLE ingestion_runs DROP COLUMN launches"));
    Needed(tx->Run("ALTER TABLE pacing DROP COLUMN told_until"));
    Needed(tx->Run("ALTER TABLE pacing DROP COLUMN told_why"));
    Needed(tx->Run("DROP TABLE former_texts"));
    Needed(tx->Run("DROP VIEW jobs"));
    Needed(tx->Run("DROP TABLE run_fates"));
    Needed(tx->Run("ALTER TABLE ingestion_runs DROP COLUMN keeps_fates"));
    Needed(tx->Run("DROP TABLE job_marks"));
    Needed(tx->Run("DROP TABLE company_marks"));
    Needed(tx->Run("DROP TABLE views"));
    Needed(tx->Run("DROP TABLE user_filters"));
    Needed(tx->Run("ALTER TABLE user_company_settings DROP COLUMN place_filters"));
    Needed(tx->Run("ALTER TABLE user_company_settings DROP COLUMN projected_version"));
    Needed(tx->Run("DROP TABLE user_rolls"));
    Needed(tx->Run("DROP INDEX user_jobs_versions"));
    Needed(tx->Run("ALTER TABLE user_jobs DROP COLUMN version"));
    Needed(tx->Run("DROP INDEX board_jobs_versions"));
    Needed(tx->Run("ALTER TABLE boards DROP COLUMN version"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN version"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN times_posted"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN back_after_days"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN detail_posted_at"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN detail_workplace"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN detail_department"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN detail_salary"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN posted_at"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN workplace"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN department"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN salary"));
    Needed(tx->Run("ALTER TABLE board_jobs DROP COLUMN facts_digest"));
    Needed(tx->Run("DELETE FROM schema_migrations WHERE number > 15"));
    Needed(tx.Commit());
  }

  EXPECT_GE(Needed(Migrate(database(), kTestNow)), 1);

  const auto owned = Needed(QueryAll(
      *Needed(database().Reader()),
      "SELECT name, coalesce(owner_id, 0) FROM companies ORDER BY name, coalesce(owner_id, 0)", {},
      [](const Row& row) { return fmt::format("{} {}", row.Text(0), row.Int(1)); }));
  EXPECT_THAT(owned, testing::ElementsAre("acme 0", "bolt 0", "bolt 1", "zinc 2"));
}

// What a child process says of opening the file as a user who may not write it.
std::string OpenAsNobody(const std::string& url) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    std::string said = "opened";
    if (setgid(kNobody) != 0 || setuid(kNobody) != 0) {
      said = "still root";
    } else if (const auto opened = OpenDatabase(url); !opened) {
      said = opened.error().message;
    } else if (const auto ready = PrepareSchema(**opened, kTestNow); !ready) {
      said = ready.error().message;
    }
    const auto written = write(ends[1], said.data(), said.size());
    _exit(written > 0 ? 0 : 1);
  }
  close(ends[1]);
  std::string said(4096, '\0');
  const auto got = read(ends[0], said.data(), said.size());
  close(ends[0]);
  waitpid(child, nullptr, 0);
  said.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return said;
}

TEST(OpenSqliteFile, SaysThatAFileIsReadOnly) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  TestDatabase kept(Dialect::kSqlite);
  BoardRig rig(kept.database());
  chmod(kept.folder().c_str(), 0755);
  for (const auto& file : std::filesystem::directory_iterator(kept.folder()))
    chmod(file.path().c_str(), 0644);

  const std::string said = OpenAsNobody(kept.url());

  EXPECT_NE(said.find("read-only"), std::string::npos) << said;
  EXPECT_EQ(rig.Number("SELECT count(*) FROM boards"), 1);
}

TEST(OpenSqliteFile, SaysThatAFileIsNoDatabase) {
  TestDatabase kept(Dialect::kSqlite);
  std::ofstream(kept.folder() / "letter.txt") << "Dear reader, " << std::string(2000, 'x');

  const auto opened = OpenDatabase("sqlite:" + (kept.folder() / "letter.txt").string());
  const auto nowhere = OpenDatabase("sqlite:" + (kept.folder() / "none" / "a.db").string());

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kStorage);
  EXPECT_NE(opened.error().message.find("not a SQLite database"), std::string::npos)
      << opened.error().message;
  ASSERT_FALSE(nowhere);
  EXPECT_NE(nowhere.error().message.find("cannot be opened"), std::string::npos);
}

// Lets this process open so many more files, and no more, until the object ends.
class OpenableFiles {
 public:
  explicit OpenableFiles(rlim_t more) {
    getrlimit(RLIMIT_NOFILE, &usual_);
    // The lowest number that is free is the next that is given.
    const int next = dup(STDIN_FILENO);
    close(next);
    const rlimit few{.rlim_cur = static_cast<rlim_t>(next) + more, .rlim_max = usual_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &few);
  }
  OpenableFiles(const OpenableFiles&) = delete;
  OpenableFiles& operator=(const OpenableFiles&) = delete;
  ~OpenableFiles() { setrlimit(RLIMIT_NOFILE, &usual_); }

 private:
  rlimit usual_{};
};

// What is said of opening the file, looking into it and writing to it.
Result<void> UseAnew(const std::string& url) {
  TRY(const auto database, OpenDatabase(url));
  TRY(auto db, database->Reader());
  CHECK_OK(db->Run("SELECT count(*) FROM boards"));
  TRY(auto tx, database->Write());
  CHECK_OK(tx->Run("UPDATE boards SET etag = 'x'"));
  return tx.Commit();
}

TEST(OpenSqliteFile, MayPassWhereTooManyFilesAreOpen) {
  TestDatabase kept(Dialect::kSqlite);
  BoardRig(kept.database());
  rlim_t openable = 0;
  const auto use = [&] {
    const OpenableFiles limit(openable);
    return UseAnew(kept.url());
  };

  for (auto used = use(); !used && openable < 20; ++openable, used = use()) {
    EXPECT_EQ(used.error().code, Errc::kUnavailable) << openable << ": " << used.error().message;
    EXPECT_NE(used.error().message.find("too many files are open"), std::string::npos)
        << openable << ": " << used.error().message;
  }

  EXPECT_GE(openable, 3) << "the file, its log and its index";
  EXPECT_LT(openable, 20);
  EXPECT_TRUE(UseAnew(kept.url()));
}

TEST(OpenSqliteFile, ReadersSeeWhatIsCommittedWhileAWriterIsAtWork) {
  TestDatabase kept(Dialect::kSqlite);
  BoardRig rig(kept.database());
  auto tx = Needed(kept.database().Write());
  Needed(FindOrAddBoard(tx, "greenhouse", "other"));

  EXPECT_EQ(rig.Number("SELECT count(*) FROM boards"), 1);
  Needed(tx.Commit());
  EXPECT_EQ(rig.Number("SELECT count(*) FROM boards"), 2);
}

ROLECALL_ON_BOTH_DATABASES(Opening);

}  // namespace
}  // namespace rolecall
