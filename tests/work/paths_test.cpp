// Openings whose paths move, on a board that tells them by a part of their paths, and one that was
// known by whole paths before.
#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "boards/definition.h"
#include "store/users/job_life.h"
#include "tests/support/canned_fetcher.h"
#include "tests/support/registry.h"
#include "tests/work/rig.h"
#include "work/preview.h"
#include "work/reconcile_board.h"

namespace rolecall {
namespace {

using std::chrono::hours;

std::string DefinitionOfWorkday() {
  std::ifstream file(ROLECALL_SOURCE_DIR "/src/boards/definitions/workday/definition.toml");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string Replaced(std::string text, std::string_view what, std::string_view with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

// Reads whole paths as ids, until the object ends.
class WholePaths {
 public:
  explicit WholePaths(Rig& rig) : rig_(rig), usual_(rig.kinds) {
    const std::string now = DefinitionOfWorkday();
    const auto begin = now.find("id_in_path");
    const std::string rule = now.substr(begin, now.find('\n', begin) - begin);
    rig_.kinds = RegistryWith(
        Replaced(Replaced(now, "version = 2", "version = 1"), rule, "id = \"/externalPath\""));
  }
  WholePaths(const WholePaths&) = delete;
  ~WholePaths() { rig_.kinds = usual_; }

 private:
  Rig& rig_;
  const std::shared_ptr<const BoardRegistry> usual_;
};

struct Entry {
  std::string path, title, place = "Berlin";
  std::string places = R"("location":"Berlin")";  // of its own answer
};

// A Workday site in one page of at most 20; what is not listed is gone at its own address.
class Site {
 public:
  Result<Response> operator()(const FetchRequest& request) {
    if (request.method == "POST") return List();
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    for (const Entry& entry : entries)
      if (request.url.ends_with(entry.path))
        return Ok(fmt::format(
            R"({{"jobPostingInfo":{{"title":"{0}","jobDescription":"<p>As {0}</p>",{1}}}}})",
            entry.title, entry.places));
    return Response{.status = 404};
  }

  std::vector<Entry> entries;
  int more = 0;  // entries that it states, and does not list
  bool down = false;
  std::function<void()> meanwhile;  // done once, before the first answer about one job

 private:
  Result<Response> List() const {
    if (down) return Response{.status = 500};
    std::vector<std::string> postings;
    for (const auto& [path, title, place, places] : entries)
      postings.push_back(fmt::format(R"({{"title":"{}","externalPath":"{}","locationsText":"{}"}})",
                                     title, path, place));
    return Ok(fmt::format(R"({{"total":{},"jobPostings":[{}]}})", entries.size() + more,
                          fmt::join(postings, ",")));
  }
};

class Paths : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    rig_ = std::make_unique<Rig>(database(), SimSettings{.companies = 1, .jobs = 1}, &fetcher_);
    Follow();
  }
  void TearDown() override { rig_.reset(); }
  Rig& rig() { return *rig_; }

  void Follow() {
    rig().Write([&](Transaction& tx) -> Result<void> {
      TRY(const auto board, FindOrAddBoard(tx, "workday", "acme.wd5/careers"));
      return rolecall::Follow(tx, {rig().user, "acme"}, board, rig().clock.Now());
    });
  }
  void AddUser(std::string_view email) {
    rig().Write([&](Transaction& tx) -> Result<void> {
      CHECK_OK(tx->Run("INSERT INTO users (email, name, created_at) VALUES (:email, 'Other', :now)",
                       {{"email", email}, {"now", kTestNow}}));
      return {};
    });
    Become(email);
    Follow();
  }
  void Become(std::string_view email) {
    rig().user = Must(FindUser(*Must(database().Reader()), email)).id;
  }
  CompanyOfRun Run() {
    rig().clock.Advance(hours(1));
    return Of(rig().Run(), "acme");
  }
  // What a preview says of the next run, which is at the same time.
  PreviewedCompany Previewed() {
    rig().clock.Advance(hours(1));
    const auto followings = Must(LoadFollowings(*Must(database().Reader()), rig().user));
    auto preview =
        Must(PreviewCompanies(rig().Tools(), {rig().user, followings, PreviewSource::kBoard}, {}));
    rig().clock.Advance(-hours(1));
    return preview.companies.at(0);
  }
  // What happened to a job, by name: several events may be of one time.
  std::string LifeOf(std::int64_t id) {
    std::multiset<std::string> life;
    for (const JobEvent& event :
         Must(LoadJobLife(*Must(database().Reader()), rig().user, id)).events)
      life.insert(event.kind);
    return fmt::format("{}", fmt::join(life, " "));
  }
  std::vector<std::string> LinesOf(const char* begin) {
    std::vector<std::string> lines;
    for (const RunLine& line : rig().shown)
      if (line.message.starts_with(begin)) lines.push_back(line.message);
    return lines;
  }

  Site site_;
  CannedFetcher fetcher_{[this](const FetchRequest& request) { return site_(request); }};

 private:
  std::unique_ptr<Rig> rig_;
};

TEST_P(Paths, AnEditedTitleIsOneChangedJob) {
  site_.entries = {{"/job/Berlin/Data-Engineer_R-1042", "Data Engineer"},
                   {"/job/Berlin/Cook_R-1043", "Cook"}};
  Run();
  const auto before = rig().Jobs("acme");
  site_.entries[0] = {"/job/Berlin/Senior-Data-Engineer_R-1042", "Senior Data Engineer"};

  Run();

  EXPECT_EQ(LinesOf("UPSERT"),
            std::vector<std::string>{"UPSERT 2 jobs for acme (0 new, 1 changed, 1 unchanged, 0 "
                                     "reopened; 0 excluded)"});
  EXPECT_TRUE(LinesOf("MISSING").empty());
  const auto after = rig().Jobs("acme");
  EXPECT_EQ(IdsOf(after), IdsOf(before));
  ASSERT_EQ(after.size(), 2);
  EXPECT_EQ(after[1].external_id, "R-1042");
  EXPECT_EQ(after[1].title, "Senior Data Engineer");
  EXPECT_EQ(LifeOf(after[1].id), "changed content new");
  EXPECT_EQ(Must(LoadJobLife(*Must(database().Reader()), rig().user, after[1].id)).description,
            "As Senior Data Engineer");
}

TEST_P(Paths, TwoPathsOfOneIdAreOneJobAndAnotherOrderChangesNothing) {
  site_.entries = {{"/job/Rome/Cook_R-7", "Cook", "Rome"}, {"/job/Berlin/Cook_R-7", "Cook"}};
  Run();
  std::ranges::reverse(site_.entries);

  const CompanyOfRun second = Run();

  EXPECT_EQ(second.stage, Stage::kDone);
  EXPECT_EQ(second.counts.unchanged, 1);
  ASSERT_EQ(rig().Jobs("acme").size(), 1);
  EXPECT_EQ(rig().Jobs("acme")[0].location, "Berlin; Rome");
}

TEST_P(Paths, ThePlacesOfADetailAreShownAndThoseOfTheListingCompared) {
  site_.entries = {{"/job/Berlin/Cook_R-7", "Cook", "3 Locations",
                    R"("location":"Berlin","additionalLocations":["Rome","Oslo"])"}};
  Run();
  EXPECT_EQ(rig().Jobs("acme")[0].location, "Berlin; Rome; Oslo");

  EXPECT_EQ(Run().counts.unchanged, 1);
  EXPECT_EQ(rig().Texts("SELECT location FROM board_jobs"),
            std::vector<std::string>{"3 Locations"});
  site_.entries[0] = {"/job/Berlin/Cook_R-7", "Cook", "2 Locations",
                      R"("location":"Berlin","additionalLocations":["Ulm"])"};
  EXPECT_EQ(Run().counts.changed, 1);

  EXPECT_EQ(rig().Jobs("acme")[0].location, "Berlin; Ulm");
}

TEST_P(Paths, AJobThatIsNotListedIsLookedForAtItsPath) {
  site_.entries = {{"/job/Berlin/Cook_R-7", "Cook"}, {"/job/Berlin/Chef_R-8", "Chef"}};
  Run();
  site_.entries.pop_back();

  EXPECT_EQ(Run().counts.expired, 1);

  const auto& asked = fetcher_.asked();  // its own address, and that of a listed one
  EXPECT_TRUE(asked[asked.size() - 2].url.ends_with("/job/Berlin/Chef_R-8"));
  EXPECT_TRUE(asked.back().url.ends_with("/job/Berlin/Cook_R-7"));
}

// A board of three openings, two of which had their titles edited once: known as five rows, of
// which two are gone.
class KnownByWholePaths : public Paths {
 protected:
  void Know() {
    const WholePaths before(rig());
    site_.entries = {{"/job/Berlin/Data-Engineer_R-1", "Data Engineer"},
                     {"/job/Berlin/Cook_R-2", "Cook"},
                     {"/job/Berlin/Writer_R-3", "Writer"}};
    Run();
    for (const JobRow& job : rig().Jobs("acme")) old_.insert(job.id);
    site_.entries[0] = {"/job/Berlin/Senior-Data-Engineer_R-1", "Senior Data Engineer"};
    site_.entries[1] = {"/job/Berlin/Chef_R-2", "Chef"};
    const CompanyOfRun edited = Run();
    ASSERT_EQ(edited.counts.new_jobs, 2) << "as whole paths have it";
    ASSERT_EQ(edited.counts.expired, 2);
    ASSERT_EQ(rig().Number("SELECT count(*) FROM board_jobs"), 5);
  }

  std::set<std::int64_t> old_;
};

// Reads the board and writes what follows, as a run of somebody else would.
void ReadOnTheSide(Rig& rig) {
  const WorkTools tools = rig.Tools();
  const BoardToRead board{
      .address = Must(FindBoard("workday", "acme.wd5/careers")),
      .row = Must(LoadBoard(*Must(rig.database.Reader()),
                            rig.Number("SELECT id FROM boards WHERE kind = 'workday'")))};
  const TimedReading read = Must(ReadBoardConditionally(tools, board, OpenEnds::kSome, {}));
  const ReadingOrder order{
      .commit = [](Transaction& tx, const ReconciledBoard&) { return tx.Commit(); }};
  Must(ReconcileBoard(tools, board, read, order));
}

void ExpectAsPreviewed(const PreviewedCompany& preview, const CompanyOfRun& run) {
  CompanyCounts counts = run.counts;
  counts.ready = counts.skipped = counts.failed = 0;
  EXPECT_EQ(preview.counts, counts);
}

TEST_P(KnownByWholePaths, IsCarriedOverAsItStands) {
  Know();
  const PreviewedCompany preview = Previewed();

  const CompanyOfRun run = Run();

  ExpectAsPreviewed(preview, run);
  EXPECT_EQ(run.counts.unchanged, 3);
  EXPECT_EQ(run.counts.new_jobs + run.counts.reopened + run.counts.missing + run.counts.expired, 0);
  EXPECT_EQ(run.counts.active_before, 3);
  const auto jobs = rig().Jobs("acme", "all");
  EXPECT_EQ(IdsOf(jobs), old_);
  ASSERT_EQ(jobs.size(), 3);
  EXPECT_EQ(jobs[0].title, "Chef");
  EXPECT_EQ(jobs[0].external_id, "R-2");
  EXPECT_EQ(LifeOf(jobs[0].id), "expired joined new new");
  EXPECT_EQ(Run().counts.unchanged, 3);
}

TEST_P(KnownByWholePaths, ATitleEditedMeanwhileIsChanged) {
  Know();
  site_.entries[2] = {"/job/Berlin/Editor_R-3", "Editor"};
  const PreviewedCompany preview = Previewed();

  const CompanyOfRun run = Run();

  ExpectAsPreviewed(preview, run);
  EXPECT_EQ(run.counts.changed, 1);
  EXPECT_EQ(run.counts.unchanged, 2);
  EXPECT_EQ(run.counts.new_jobs + run.counts.missing, 0);
  EXPECT_EQ(IdsOf(rig().Jobs("acme", "all")), old_);
}

TEST_P(KnownByWholePaths, IsCarriedOverByAPartialReading) {
  Know();
  site_.more = 30;
  const PreviewedCompany partial = Previewed();
  const CompanyOfRun first = Run();
  ExpectAsPreviewed(partial, first);
  EXPECT_EQ(first.stage, Stage::kNotReconciled);
  EXPECT_EQ(first.counts.unchanged, 3);
  EXPECT_EQ(first.counts.new_jobs, 0);
  EXPECT_EQ(IdsOf(rig().Jobs("acme", "all")), old_);
  EXPECT_EQ(rig().Number("SELECT count(*) FROM board_jobs"), 3);
}

TEST_P(KnownByWholePaths, IsCarriedOverByAFailedReading) {
  Know();
  site_.down = true;
  const PreviewedCompany failed = Previewed();

  const auto id = rig().Start();
  rig().clock.Advance(hours(1));
  Must(rig().Work(id));

  ExpectAsPreviewed(failed, Of(rig().Load(id), "acme"));
  EXPECT_EQ(rig().Number("SELECT count(*) FROM board_jobs"), 3);
  EXPECT_EQ(IdsOf(rig().Jobs("acme", "open")), old_);
  site_.down = false;
  EXPECT_EQ(Run().counts.unchanged, 3);
}

TEST_P(KnownByWholePaths, IsCarriedOverOnceWhereTwoReadItAtATime) {
  Know();
  site_.entries.pop_back();
  site_.meanwhile = [&] { ReadOnTheSide(rig()); };

  const CompanyOfRun run = Run();

  EXPECT_EQ(site_.meanwhile, nullptr);
  EXPECT_EQ(run.counts.unchanged, 2);
  EXPECT_EQ(run.counts.expired, 1);
  EXPECT_EQ(run.counts.new_jobs + run.counts.missing, 0);
  EXPECT_EQ(rig().Number("SELECT count(*) FROM job_events WHERE kind = 'joined'"), 2);
  EXPECT_EQ(IdsOf(rig().Jobs("acme", "all")), old_);
}

TEST_P(KnownByWholePaths, AnotherFollowerSeesOneChangeOfEachEditedTitle) {
  AddUser("other@o");
  {
    const WholePaths before(rig());
    site_.entries = {{"/job/Berlin/Data-Engineer_R-1", "Data Engineer"},
                     {"/job/Berlin/Cook_R-2", "Cook"},
                     {"/job/Berlin/Writer_R-3", "Writer"}};
    Run();
  }
  Become(kLocalUser);
  Know();
  Run();
  Become("other@o");
  const PreviewedCompany preview = Previewed();

  const CompanyOfRun run = Run();

  ExpectAsPreviewed(preview, run);
  EXPECT_EQ(run.counts.changed, 2);
  EXPECT_EQ(run.counts.unchanged, 1);
  EXPECT_EQ(run.counts.new_jobs + run.counts.missing + run.counts.expired, 0);
}

ROLECALL_ON_BOTH_DATABASES(Paths);
ROLECALL_ON_BOTH_DATABASES(KnownByWholePaths);

}  // namespace
}  // namespace rolecall
