// Programs that are killed while they bring the search's index up: the next one answers right.
#include <csignal>
#include <filesystem>
#include <map>
#include <string>

#include "search/job_index.h"
#include "search/text_index.h"
#include "store/search/indexed_jobs.h"
#include "tests/store/board_rig.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace rolecall {
namespace {

constexpr int kKills = 30;
constexpr int kBoards = 500;
constexpr int kJobs = 2'500;

class KilledWhileIndexing : public Rolecall {
 protected:
  void SetUp() override {
    Rolecall::SetUp();
    if (IsSkipped()) return;
    environment()["ROLECALL_SEARCH_FOLDER"] = folder_.path();
    auto tx = Needed(database().Write());
    Table boards(3), jobs(9), contents(6), mine(5);
    for (std::int64_t id = 1; id <= kBoards; ++id)
      boards.Int(id).Text("greenhouse").Text(fmt::format("board{}", id));
    for (std::int64_t id = 1; id <= kJobs; ++id) {
      const std::int64_t board = id % kBoards + 1;
      jobs.Int(id).Int(board).Text(fmt::format("J{}", id)).Text("https://board.test");
      jobs.Text("Cook").Text("Bern").Text("d").Time(kTestNow).Int(1);
      contents.Int(id).Int(board).Text("ready").Int(1).Text("Bread").Text("d0");
      mine.Int(kUser).Int(id).Text(fmt::format("company-{}", board)).Int(1).Int(1);
    }
    Needed(tx->InsertMany("boards", "id, kind, token", boards));
    Needed(tx->InsertMany("board_jobs",
                          "id, board_id, external_id, url, title, location, digest, first_seen_at, "
                          "changed_reading",
                          jobs));
    Needed(tx->InsertMany(
        "job_contents", "job_id, board_id, state, changed_reading, description, digest", contents));
    Needed(
        tx->InsertMany("user_jobs", "user_id, job_id, company, came_run_id, wrote_run_id", mine));
    Needed(tx.Commit());
  }

  // As readings of all boards would: titles, and texts.
  void RenameAll(const std::string& title) {
    auto tx = Needed(database().Write());
    Needed(tx->Run("UPDATE job_contents SET description = :text, digest = :text",
                   {{"text", "About " + title + "text"}}));
    Needed(tx->Run("UPDATE boards SET version = version + 1"));
    Needed(tx->Run(R"(
        UPDATE board_jobs
        SET title = :title,
          version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id))",
                   {{"title", title}}));
    Needed(tx.Commit());
  }

  // How many boards the index holds as they are now.
  template <typename Index>
  int Held() {
    const auto db = Needed(database().Reader());
    const BoardVersions now = Needed(LoadBoardVersions(*db));
    // Made anew, as that of texts is where most of it is outdated, it has a greater number.
    const std::string begins = fmt::format("{}-", Index::kName);
    std::map<int, std::string> files;
    for (const auto& one : std::filesystem::recursive_directory_iterator(folder_.path())) {
      const std::string name = one.path().filename();
      if (name.starts_with(begins) && name.ends_with(".db"))
        files[std::stoi(name.substr(begins.size()))] = one.path();
    }
    if (files.empty()) return 0;
    const std::string file = files.rbegin()->second;
    const auto index = Index::Open(file, Needed(LoadDatabaseName(*db)));
    if (!index) return 0;
    const BoardVersions held = Needed((*index)->file().HeldBoards());
    return static_cast<int>(std::ranges::count_if(now, [&](const auto& board) {
      const auto found = held.find(board.first);
      return found != held.end() && found->second == board.second;
    }));
  }

  // Asked again where the answer says that texts are still taken, as it does on a slow machine.
  std::int64_t Found(const std::string& words) {
    for (int asked = 1;; ++asked) {
      const auto found = Json({"jobs", "--search", words, "--exact", "--json"});
      if (!found.as_object().contains("search") || asked == 20) return found.at("total").as_int64();
    }
  }

 private:
  TemporaryFolder folder_;
};

TEST_P(KilledWhileIndexing, LeavesTheNextOneToAnswerRight) {
  int in_the_midst = 0, before_texts = 0;
  for (int kill = 1; kill <= kKills && !HasFailure(); ++kill) {
    RenameAll(fmt::format("Round{}", kill));
    const auto child = Start({"jobs", "--search", "nothing"});
    // Somewhere between its first look and its end.
    child->ReadFor(std::chrono::milliseconds(20 + kill * 37 % 700));
    child->Signal(SIGKILL);
    child->Wait();
    const int held = Held<JobIndex>(), held_texts = Held<TextIndex>();
    if (held < kBoards) ++in_the_midst;
    if (held == kBoards && held_texts < kBoards) ++before_texts;

    EXPECT_EQ(Found(fmt::format("round{0} round{0}text", kill)), kJobs)
        << "held " << held << ", texts of " << held_texts;
    EXPECT_EQ(Found(fmt::format("round{}", kill - 1)), 0);
    EXPECT_EQ(Found(fmt::format("round{}text", kill - 1)), 0);
    EXPECT_EQ(Held<JobIndex>(), kBoards);
    EXPECT_EQ(Held<TextIndex>(), kBoards);
  }
  EXPECT_GT(in_the_midst, 0);
  EXPECT_GT(before_texts, 0);
}

ROLECALL_ON_BOTH_DATABASES(KilledWhileIndexing);

}  // namespace
}  // namespace rolecall
