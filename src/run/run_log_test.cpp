// Batches whose commit got no answer: whether it was done is looked for before they are stored
// again.
#include "run/run_log.h"

#include <gmock/gmock.h>

#include <memory>
#include <optional>

#include "base/guarded.h"
#include "store/runs/runs.h"
#include "tests/store/board_rig.h"
#include "tests/support/databases.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::Pair;

constexpr std::chrono::seconds kDeadline{120};

// What becomes of a transaction to whose commit there is no answer.
using Loss = std::function<void(Transaction)>;

// A transaction of the real database, begun when it is asked to.
class LossyConnection : public Connection {
 public:
  LossyConnection(Database& real, Guarded<Loss>& loss) : real_(real), loss_(loss) {}

  Result<std::int64_t> Run(Sql sql, const Binds& binds) override { return Real().Run(sql, binds); }
  Result<std::int64_t> Each(Sql sql, const Binds& binds, const RowReader& read) override {
    return Real().Each(sql, binds, read);
  }
  Result<void> RunScript(Sql sql) override { return Real().RunScript(sql); }
  Result<void> InsertMany(Sql table, Sql columns, const Table& rows) override {
    return Real().InsertMany(table, columns, rows);
  }
  Result<std::int64_t> ReserveIds(Sql table, std::int64_t count) override {
    return Real().ReserveIds(table, count);
  }
  Result<void> Notify(Sql channel, std::string_view payload) override {
    return Real().Notify(channel, payload);
  }
  Result<Timestamp> DatabaseNow() override { return Real().DatabaseNow(); }

 protected:
  Result<void> Begin() override {
    TRY(auto tx, real_.Write());
    transaction_ = std::make_unique<Transaction>(std::move(tx));
    return {};
  }
  Result<void> Commit() override {
    const std::unique_ptr<Transaction> tx = std::move(transaction_);
    const Loss loss = loss_.With([](Loss& next) { return std::exchange(next, nullptr); });
    if (!loss) return tx->Commit();
    loss(std::move(*tx));
    return Fail(Errc::kUnavailable, "the database went away");
  }
  void Rollback() override { transaction_.reset(); }

 private:
  Connection& Real() { return transaction_->db(); }

  Database& real_;
  Guarded<Loss>& loss_;
  std::unique_ptr<Transaction> transaction_;
};

// The real database, which answers all but the commits that a test takes away.
class LossyDatabase : public Database {
 public:
  explicit LossyDatabase(Database& real) : real_(real) {}

  void LoseNext(Loss loss) {
    loss_.With([&](Loss& next) { next = std::move(loss); });
  }

  Dialect dialect() const override { return real_.dialect(); }
  Result<ConnectionHandle> Reader() override { return real_.Reader(); }
  Result<std::unique_ptr<Listener>> Listen(std::vector<Sql> channels) override {
    return real_.Listen(std::move(channels));
  }

 protected:
  Result<ConnectionHandle> Writer() override {
    return ConnectionHandle(new LossyConnection(real_, loss_), [](Connection* one) { delete one; });
  }

 private:
  Database& real_;
  Guarded<Loss> loss_;
};

class LostAnswers : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    lossy_ = std::make_unique<LossyDatabase>(database());
    auto tx = Needed(database().Write());
    run_ = Needed(AddRun(tx, {.run_key = "key", .user_id = kUser, .trigger = "cli"}, {}, kTestNow));
    Needed(tx.Commit());
    log_ = std::make_unique<RunLog>(
        *lossy_, [] { return kTestNow; }, run_,
        [this](const RunLine& line) {
          shown_.With([&](auto& shown) { shown.emplace_back(line.seq, line.message); });
        },
        [this](std::string_view trouble) {
          complaints_.With([&](auto& complaints) { complaints.emplace_back(trouble); });
        });
  }
  void TearDown() override { log_.reset(); }

  void Write(const std::function<Result<void>(Transaction&)>& change) {
    auto tx = Needed(database().Write());
    Needed(change(tx));
    Needed(tx.Commit());
  }
  std::vector<std::pair<std::int64_t, std::string>> Stored() {
    std::vector<std::pair<std::int64_t, std::string>> stored;
    for (const RunLine& line : Needed(LoadLines(*Needed(database().Reader()), run_, 0, 1'000)))
      stored.emplace_back(line.seq, line.message);
    return stored;
  }
  std::vector<std::pair<std::int64_t, std::string>> Shown() {
    return shown_.With([](const auto& shown) { return shown; });
  }
  std::vector<std::string> Complaints() {
    return complaints_.With([](const auto& complaints) { return complaints; });
  }

  std::int64_t run_ = 0;
  std::unique_ptr<LossyDatabase> lossy_;
  Guarded<std::vector<std::pair<std::int64_t, std::string>>> shown_;
  Guarded<std::vector<std::string>> complaints_;
  std::unique_ptr<RunLog> log_;
};

TEST_P(LostAnswers, StoreAndShowABatchOnceWhereItsCommitWasDone) {
  lossy_->LoseNext([](Transaction tx) { Needed(tx.Commit()); });

  log_->Info("acme", "broken \xff byte");

  EXPECT_TRUE(log_->Flush(kDeadline));
  EXPECT_EQ(Complaints().size(), 1);
  EXPECT_THAT(Stored(), ElementsAre(Pair(1, "broken \xEF\xBF\xBD byte")));
  EXPECT_THAT(Shown(), ElementsAre(Pair(1, "broken \xff byte")));
}

TEST_P(LostAnswers, KeepLinesThatCameMeanwhileApartFromTheBatch) {
  lossy_->LoseNext([this](Transaction tx) {
    Needed(tx.Commit());
    log_->Info("", "second");
  });

  log_->Info("", "first");

  EXPECT_TRUE(log_->Flush(kDeadline));
  EXPECT_THAT(Stored(), ElementsAre(Pair(1, "first"), Pair(2, "second")));
  EXPECT_EQ(Shown(), Stored());
}

TEST_P(LostAnswers, TellWhatWasDroppedMeanwhileAfterTheBatch) {
  lossy_->LoseNext([this](Transaction tx) {
    Needed(tx.Commit());
    log_->Info("", std::string(9 << 20, 'x'));
  });

  log_->Info("", "first");

  EXPECT_TRUE(log_->Flush(kDeadline));
  EXPECT_THAT(Stored(), ElementsAre(Pair(1, "first"), Pair(2, testing::HasSubstr("dropped"))));
  EXPECT_EQ(Shown(), Stored());
}

TEST_P(LostAnswers, StoreABatchAgainWhereAnotherLineHasItsNumber) {
  lossy_->LoseNext([this](Transaction tx) {
    {
      const Transaction rolled_back = std::move(tx);
    }
    Write([&](Transaction& other) {
      std::vector<RunLine> line{{.at_ms = kTestNow.time_since_epoch().count(),
                                 .level = "info",
                                 .company = {},
                                 .message = "of another"}};
      return AppendLines(other, run_, line);
    });
  });

  log_->Info("", "own");

  EXPECT_TRUE(log_->Flush(kDeadline));
  EXPECT_THAT(Stored(), ElementsAre(Pair(1, "of another"), Pair(2, "own")));
  EXPECT_THAT(Shown(), ElementsAre(Pair(2, "own")));
}

TEST_P(LostAnswers, WaitForACommitThatIsStillUnderWay) {
  if (GetParam() == Dialect::kSqlite) GTEST_SKIP() << "SQLite has one writer";
  Guarded<std::optional<Transaction>> under_way;
  lossy_->LoseNext(
      [&](Transaction tx) { under_way.With([&](auto& held) { held.emplace(std::move(tx)); }); });

  log_->Info("", "first");
  EXPECT_TRUE(test_database().SomebodyWaits());
  Needed(under_way.With([](auto& held) { return std::move(*held); }).Commit());

  EXPECT_TRUE(log_->Flush(kDeadline));
  EXPECT_THAT(Stored(), ElementsAre(Pair(1, "first")));
  EXPECT_EQ(Shown(), Stored());
}

TEST_P(LostAnswers, ShowABatchThatWasStoredBeforeTheLogWasClosed) {
  lossy_->LoseNext([this](Transaction tx) {
    Needed(tx.Commit());
    Write([&](Transaction& other) { return CloseLog(other, run_); });
  });

  log_->Info("", "in time");

  EXPECT_TRUE(log_->Flush(kDeadline));
  EXPECT_THAT(Shown(), ElementsAre(Pair(1, "in time")));
  EXPECT_THAT(Complaints(), ElementsAre(testing::HasSubstr("waits: the database went away")));
}

ROLECALL_ON_BOTH_DATABASES(LostAnswers);

}  // namespace
}  // namespace rolecall
