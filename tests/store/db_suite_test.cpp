// What every database must do alike: values, tables as parameters, transactions, bulk inserts, ids.
#include <thread>

#include "db/db.h"
#include "store/migrate.h"
#include "tests/support/databases.h"

namespace rolecall {
namespace {

class DatabaseSuite : public BothDatabases {};

Result<void> Write(Database& database, Sql sql, const Binds& binds = {}) {
  TRY(auto tx, database.Write());
  CHECK_OK(tx->Run(sql, binds));
  return tx.Commit();
}

std::int64_t Number(Database& database, Sql sql) {
  auto db = database.Reader();
  auto found = QueryOne(**db, sql, {}, [](const Row& row) { return row.Int(0); });
  return found && *found ? **found : -1;
}

TEST_P(DatabaseSuite, KeepsEveryKindOfValue) {
  ASSERT_TRUE(Write(database(),
                    "CREATE TABLE things (n bigint, r double precision, b boolean, t text, bytes "
                    "bytea, at timestamptz)"));
  ASSERT_TRUE(Write(database(), "INSERT INTO things VALUES (:n, :r, :b, :t, :bytes, :at)",
                    {{"n", std::int64_t{1} << 40},
                     {"r", 0.25},
                     {"b", true},
                     {"t", "Ärzte: 'quoted' \\ {braces}"},
                     {"bytes", Blob{std::string("\0\xff\x01", 3)}},
                     {"at", kTestNow}}));

  auto db = database().Reader();
  const auto found =
      QueryOne(**db, "SELECT n, r, b, t, bytes, at, NULL FROM things WHERE b AND at = :at",
               {{"at", kTestNow}}, [](const Row& row) {
                 EXPECT_EQ(row.Int(0), std::int64_t{1} << 40);
                 EXPECT_EQ(row.Real(1), 0.25);
                 EXPECT_TRUE(row.Bool(2));
                 EXPECT_EQ(row.Text(3), "Ärzte: 'quoted' \\ {braces}");
                 EXPECT_EQ(row.Bytes(4), std::string("\0\xff\x01", 3));
                 EXPECT_EQ(row.Time(5), kTestNow);
                 EXPECT_TRUE(row.IsNull(6));
                 EXPECT_EQ(row.MaybeTime(6), std::nullopt);
                 return true;
               });

  ASSERT_TRUE(found) << found.error().message;
  EXPECT_TRUE(found->has_value());
}

TEST_P(DatabaseSuite, TakesATableAsAParameter) {
  ASSERT_TRUE(Write(database(), "CREATE TABLE things (id bigint, t text)"));
  Table rows(2);
  rows.Int(7).Text("a \"quote\", a \\ and a {brace}").Int(8).Null().Int(9).Text("tab\tline\nend");

  ASSERT_TRUE(Write(database(),
                    "INSERT INTO things SELECT r.id, r.t FROM {rows_of r: id bigint, t text}",
                    {{"r", rows}}));

  auto db = database().Reader();
  std::vector<std::string> seen;
  ASSERT_TRUE((*db)->Each("SELECT t FROM things ORDER BY id", {}, [&](const Row& row) {
    seen.push_back(row.IsNull(0) ? "NULL" : row.String(0));
  }));
  EXPECT_EQ(seen, (std::vector<std::string>{"a \"quote\", a \\ and a {brace}", "NULL",
                                            "tab\tline\nend"}));
}

TEST_P(DatabaseSuite, RollsBackUnlessCommitRan) {
  ASSERT_TRUE(Write(database(), "CREATE TABLE things (id bigint)"));
  {
    auto tx = database().Write();
    ASSERT_TRUE((*tx)->Run("INSERT INTO things VALUES (1)"));
  }

  EXPECT_EQ(Number(database(), "SELECT count(*) FROM things"), 0);
}

TEST_P(DatabaseSuite, TellsAConflictFromOtherTrouble) {
  ASSERT_TRUE(Write(database(), "CREATE TABLE things (id bigint UNIQUE)"));
  ASSERT_TRUE(Write(database(), "INSERT INTO things VALUES (1)"));

  const auto twice = Write(database(), "INSERT INTO things VALUES (1)");
  const auto nonsense = Write(database(), "INSERT INTO nowhere VALUES (1)");

  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, Errc::kConflict);
  ASSERT_FALSE(nonsense);
  EXPECT_EQ(nonsense.error().code, Errc::kStorage);
  EXPECT_TRUE(Write(database(), "INSERT INTO things VALUES (2)"));
}

TEST_P(DatabaseSuite, InsertsManyRowsAndReservesTheirIds) {
  Table rows(4);
  {
    auto tx = database().Write();
    const auto first = (*tx)->ReserveIds("boards", 3);
    ASSERT_TRUE(first) << first.error().message;
    for (std::int64_t id = *first; id < *first + 3; ++id)
      rows.Int(id).Text("kind\\\t").Text(fmt::format("token\n{}", id)).Null();
    const auto written = (*tx)->InsertMany("boards", "id, kind, token, digest", rows);
    ASSERT_TRUE(written) << written.error().message;
    ASSERT_TRUE(tx->Commit());
  }
  ASSERT_TRUE(Write(database(), "INSERT INTO boards (kind, token) VALUES ('k', 't')"));

  EXPECT_EQ(Number(database(), "SELECT count(*) FROM boards"), 4);
  EXPECT_EQ(Number(database(), "SELECT count(*) FROM boards WHERE digest IS NULL"), 4);
  auto db = database().Reader();
  const auto text = QueryOne(**db, "SELECT kind FROM boards ORDER BY id LIMIT 1", {},
                             [](const Row& row) { return row.String(0); });
  EXPECT_EQ(text->value(), "kind\\\t");
}

TEST_P(DatabaseSuite, WritersSideBySideLoseNothing) {
  ASSERT_TRUE(Write(database(), "CREATE TABLE counters (n bigint)"));
  ASSERT_TRUE(Write(database(), "INSERT INTO counters VALUES (0)"));
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i)
      writers.emplace_back([&] {
        for (int j = 0; j < 25; ++j)
          EXPECT_TRUE(Write(database(), "UPDATE counters SET n = n + 1"));
      });
  }

  EXPECT_EQ(Number(database(), "SELECT n FROM counters"), 100);
}

TEST_P(DatabaseSuite, MigratesOnceAndRefusesANewerDatabase) {
  EXPECT_EQ(*Migrate(database(), kTestNow), 0);
  EXPECT_EQ(*CheckSchema(database()), SchemaState::kCurrent);
  EXPECT_EQ(Number(database(), "SELECT count(*) FROM users WHERE email = 'local@localhost'"), 1);
  ASSERT_TRUE(Write(database(), "INSERT INTO schema_migrations VALUES (99, 'later', :at, 98)",
                    {{"at", kTestNow}}));

  const auto refused = PrepareSchema(database(), kTestNow);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kStorage);
  EXPECT_NE(refused.error().message.find("newer rolecall"), std::string::npos)
      << refused.error().message;
}

TEST(AFullDisk, MayPassOnSqlite) {
  TestDatabase kept(Dialect::kSqlite);
  auto tx = kept.database().Write();
  // No more pages than there are.
  ASSERT_TRUE((*tx)->Run("PRAGMA max_page_count = 1"));

  const auto refused = (*tx)->Run("INSERT INTO boards (kind, token) VALUES ('k', :token)",
                                  {{"token", std::string(1 << 20, 'x')}});

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kUnavailable);
  EXPECT_NE(refused.error().message.find("the disk is full"), std::string::npos);
}

TEST(AFullDisk, MayPassOnPostgres) {
  if (TestDatabase::LeftOut(Dialect::kPostgres)) GTEST_SKIP() << "PostgreSQL is left out";
  TestDatabase kept(Dialect::kPostgres);
  auto tx = kept.database().Write();

  const auto refused = (*tx)->RunScript(
      "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$");

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kUnavailable);
  EXPECT_NE(refused.error().message.find("the disk is full: "), std::string::npos);
}

TEST(OpenDatabase, RefusesAMalformedUrlWithoutRepeatingItsPassword) {
  for (const char* url : {"", "rolecall.db", "mysql://root:secret@host/db",
                          "sqlite:", "postgresql://root:secret@host:port/db"}) {
    const auto opened = OpenDatabase(url);

    ASSERT_FALSE(opened) << url;
    EXPECT_EQ(opened.error().code, Errc::kInvalidInput) << opened.error().message;
    EXPECT_EQ(opened.error().message.find("secret"), std::string::npos) << opened.error().message;
  }
}

TEST(OpenDatabase, SaysThatNobodyAnswers) {
  const auto opened = OpenDatabase("postgresql://nobody@/none?host=/nonexistent");

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kUnavailable);
}

ROLECALL_ON_BOTH_DATABASES(DatabaseSuite);

}  // namespace
}  // namespace rolecall
