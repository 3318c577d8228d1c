// Waits for nothing: no pause between requests, a clock that stands.
#include "tests/work/rig.h"

#include <algorithm>
#include <mutex>

#include "store/runs/run_jobs.h"
#include "store/runs/told_companies.h"

namespace rolecall {
namespace {

FetchSettings Within(std::chrono::milliseconds deadline, const std::string& gateway) {
  return {
      .gateway = gateway,
      .deadline = deadline,
      .pacing = {.at_once = 4, .pause = std::chrono::milliseconds(0), .failures_to_open = 100'000},
      .allowed_hosts = {},
      .contact = {},
      .tries = 1,
      .backoff = std::chrono::milliseconds(1)};
}

// Has little patience with addresses that hold `name`, and the other's with all others.
class HastyFetcher : public Fetcher {
 public:
  HastyFetcher(std::unique_ptr<Fetcher> patient, std::unique_ptr<Fetcher> hasty, std::string name)
      : patient_(std::move(patient)), hasty_(std::move(hasty)), name_(std::move(name)) {}
  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override {
    Fetcher& fetcher = request.url.find(name_) == std::string::npos ? *patient_ : *hasty_;
    return fetcher.Fetch(request, std::move(stop));
  }
  bool IsFree(const std::string& pacing_key) override { return patient_->IsFree(pacing_key); }

 private:
  const std::unique_ptr<Fetcher> patient_, hasty_;
  const std::string name_;
};

}  // namespace

Rig::Rig(Database& the_database, const SimSettings& sim, Fetcher* fetcher)
    : database(the_database), sim_(Must(BoardSim::Start(sim))), fetcher_(fetcher) {
  settings.mock_wait = std::chrono::milliseconds(0);
  settings.retry_pause = std::chrono::milliseconds(0);
  settings.log_patience = std::chrono::minutes(2);
  if (fetcher_ == nullptr) {
    own_fetcher_ = Must(MakeHttpFetcher(Within(std::chrono::seconds(60), sim_->address())));
    fetcher_ = own_fetcher_.get();
  }
  user = Must(FindUser(*Must(database.Reader()), kLocalUser)).id;
}

void Rig::Hurry(const std::string& company) {
  for (const BoardSim::Company& one : companies())
    if (one.name == company)
      own_fetcher_ = std::make_unique<HastyFetcher>(
          std::move(own_fetcher_),
          Must(MakeHttpFetcher(Within(std::chrono::seconds(1), sim_->address()))),
          one.token.substr(0, one.token.find('.')));
  fetcher_ = own_fetcher_.get();
}

void Rig::AskAnew(std::chrono::milliseconds deadline) {
  own_fetcher_ = Must(MakeHttpFetcher(Within(deadline, sim_->address())));
  fetcher_ = own_fetcher_.get();
}

std::string Rig::FirstOn(std::string_view board) {
  for (const BoardSim::Company& one : companies())
    if (one.board == board) return one.name;
  ADD_FAILURE() << "no company on " << board;
  std::abort();
}

void Rig::Write(const std::function<Result<void>(Transaction&)>& change) {
  auto tx = Must(database.Write());
  Must(change(tx));
  Must(tx.Commit());
}

void Rig::Follow(const std::string& company) {
  for (const BoardSim::Company& one : companies())
    if (one.name == company)
      Write([&](Transaction& tx) -> Result<void> {
        TRY(const auto board, FindOrAddBoard(tx, one.board, one.token));
        return rolecall::Follow(tx, {user, company}, board, clock.Now());
      });
}

void Rig::FollowAll() {
  for (const BoardSim::Company& one : companies()) Follow(one.name);
}

void Rig::Filter(const std::string& company, const TitleTerms& terms) {
  Write([&](Transaction& tx) {
    return SetFilters(tx, {user, company}, {.titles = terms}, clock.Now());
  });
}

void Rig::FilterPlaces(const std::string& company, const PlaceTerms& terms) {
  Write([&](Transaction& tx) {
    return SetFilters(tx, {user, company}, {.places = terms}, clock.Now());
  });
}

std::int64_t Rig::Start(const RunOptions& options) {
  return Must(StartRun(database,
                       {.user_id = user,
                        .trigger = "cli",
                        .ingestion = options.ingestion,
                        .companies = options.companies},
                       clock.Now()));
}

WorkTools Rig::Tools(std::function<void()> progress) {
  return {.database = database,
          .kinds = *kinds,
          .fetcher = *fetcher_,
          .clock = clock.AsClock(),
          .leases = {.worker = worker, .beat = beat},
          .settings = settings,
          .progress = std::move(progress),
          .each_beat = {}};
}

Result<RunStatus> Rig::Work(std::int64_t run_id, const RunOptions& options) {
  // Every lane tells progress: what a test does of it is done by one at a time.
  std::mutex telling;
  const WorkTools tools = Tools([&] {
    const std::scoped_lock lock(telling);
    if (options.progress) options.progress();
  });
  std::mutex mutex;
  complaints.clear();
  shown.clear();
  RunLog log(
      database, clock.AsClock(), run_id,
      [&](const RunLine& line) {
        const std::scoped_lock lock(mutex);
        shown.push_back(line);
      },
      [&](std::string_view complaint) {
        const std::scoped_lock lock(mutex);
        complaints.emplace_back(complaint);
      });
  return WorkRun(tools, {user, run_id}, log, options.stop);
}

RunRecord Rig::Run(const RunOptions& options) {
  const std::int64_t id = Start(options);
  const auto status = Work(id, options);
  EXPECT_TRUE(status) << status.error().message;
  RunRecord run = Load(id);
  if (status) {
    EXPECT_EQ(run.status, *status);
  }
  ExpectTrueRun(*this, run);
  return run;
}

RunRecord Rig::Load(std::int64_t run_id) {
  return Must(LoadRun(*Must(database.Reader()), user, run_id));
}

std::vector<RunLine> Rig::Lines(std::int64_t run_id) {
  return Must(LoadLines(*Must(database.Reader()), run_id, 0, 100'000));
}

std::vector<JobRow> Rig::Jobs(const std::string& company, const std::string& status) {
  return Must(LoadJobs(*Must(database.Reader()), user, {.companies = {company}, .status = status}));
}

std::int64_t Rig::Number(Sql sql, const Binds& binds) {
  return Must(QueryOne(*Must(database.Reader()), sql, binds,
                       [](const Row& row) { return row.Int(0); }))
      .value_or(-1);
}

std::vector<std::string> Rig::Texts(Sql sql, const Binds& binds) {
  return Must(
      QueryAll(*Must(database.Reader()), sql, binds, [](const Row& row) { return row.String(0); }));
}

const CompanyOfRun& Of(const RunRecord& run, const std::string& company) {
  const auto found = std::ranges::find(run.companies, company, &CompanyOfRun::company);
  if (found == run.companies.end()) {
    ADD_FAILURE() << company << " is not in run " << run.id;
    std::abort();
  }
  return *found;
}

std::string WarningsOf(const RunRecord& run, const std::string& company) {
  std::string all;
  for (const RunWarning& one : run.warnings)
    if (one.company == company) all += one.message + "\n";
  return all;
}

std::set<std::int64_t> IdsOf(const std::vector<JobRow>& jobs) {
  std::set<std::int64_t> ids;
  for (const JobRow& job : jobs) ids.insert(job.id);
  return ids;
}

namespace {

// The jobs that are told of a run are those that it counted.
void ExpectJobsAsCounted(Rig& rig, const RunRecord& run, Contents contents) {
  const auto jobs =
      Must(LoadJobsOfRun(*Must(rig.database.Reader()), run.id, ChooseToldCompanies(run.companies)));
  std::map<std::string, std::int64_t> by_status;
  for (const JobOfRun& job : jobs) ++by_status[job.status];
  const CompanyCounts& totals = run.totals;
  // The clock may stand, so that what runs before expired was expired then.
  EXPECT_GE(by_status["expired"], totals.expired);
  EXPECT_EQ(std::ssize(jobs) - by_status["expired"], totals.included);
  if (contents == Contents::kOutstanding) return;
  EXPECT_EQ(by_status["ready"], totals.ready);
  EXPECT_EQ(by_status["skipped"], totals.skipped);
  EXPECT_EQ(by_status["error"], totals.failed);
}

}  // namespace

void ExpectTrueRun(Rig& rig, const RunRecord& run) {
  ASSERT_TRUE(IsFinal(run.status)) << Name(run.status);
  EXPECT_TRUE(run.finished_at.has_value());
  const bool went_through =
      run.status == RunStatus::kFinished || run.error_message == "every company failed";
  const Contents contents = went_through ? Contents::kEnded : Contents::kOutstanding;
  CompanyCounts sums;
  for (const CompanyOfRun& one : run.companies) {
    const auto wrong = WhyNotAddingUp(one.counts, contents);
    EXPECT_FALSE(wrong) << "run " << run.id << ", " << one.company << ": " << *wrong;
    EXPECT_TRUE(IsFinal(one.stage)) << one.company << ": " << Name(one.stage);
    EXPECT_TRUE(one.finished_at.has_value()) << one.company;
    if (one.stage == Stage::kError || one.stage == Stage::kNotReconciled) {
      EXPECT_NE(WarningsOf(run, one.company), "") << one.company << " has no warning";
    }
    sums += one.counts;
  }
  const CompanyCounts& totals = run.totals;
  sums.listed = sums.excluded = sums.active_before = sums.not_reconciled = 0;
  EXPECT_EQ(sums, totals) << "the run's numbers are not the sums of its companies'";
  const auto lines = rig.Lines(run.id);
  for (std::size_t i = 0; i < lines.size(); ++i)
    ASSERT_EQ(lines[i].seq, static_cast<std::int64_t>(i) + 1);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM run_contents"), 0);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM run_seen"), 0);
  ExpectJobsAsCounted(rig, run, contents);
}

}  // namespace rolecall
