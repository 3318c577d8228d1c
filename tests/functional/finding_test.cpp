// Companies that are followed by what a person has: addresses, names, lists.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/support/program.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class Finding : public Rolecall {
 protected:
  void SetUp() override {
    Rolecall::SetUp();
    if (IsSkipped()) return;
    Simulate(4, 20);
    folder_ = std::filesystem::temp_directory_path() /
              fmt::format("rolecall_finding_{}_{}", getpid(), static_cast<const void*>(this));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override {
    std::filesystem::remove_all(folder_);
    Rolecall::TearDown();
  }

  std::string File(const std::string& name, const std::string& text) const {
    const std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  // Of the company's board, as a person may paste it.
  std::string AddressOf(const BoardSim::Company& company) {
    if (company.board == "greenhouse")
      return "boards.greenhouse.io/" + company.token + "?utm_source=mail";
    const auto slash = company.token.find('/');
    return fmt::format("https://{}.myworkdayjobs.com/en-US/{}/job/1",
                       company.token.substr(0, slash), company.token.substr(slash + 1));
  }

 private:
  std::filesystem::path folder_;
};

TEST_P(Finding, ByAnAddressReadsTheBoardAndFollowsIt) {
  const BoardSim::Company board = sim().Companies()[0];

  const json::value shown = Json({"companies", "add", AddressOf(board), "--dry-run"});
  const Finished none = Do({"companies", "list"});
  const Finished added = Do({"companies", "add", AddressOf(board), "--name", "Acme Foods"});
  const Finished again = Do({"companies", "add", AddressOf(board)});

  EXPECT_EQ(shown.at("board").as_string(), board.board);
  EXPECT_EQ(shown.at("token").as_string(), board.token);
  EXPECT_EQ(shown.at("checked").as_bool(), true);
  EXPECT_EQ(shown.at("sample").as_array().size(), 5);
  EXPECT_EQ(shown.at("total_count").as_int64(), 20);
  EXPECT_THAT(none.err, HasSubstr("No company is followed"));
  EXPECT_EQ(added.code, 0);
  EXPECT_THAT(added.out, StartsWith("20 openings, such as\n"));
  EXPECT_THAT(added.err, HasSubstr("Acme Foods (acme-foods) is followed on " + board.board));
  EXPECT_THAT(again.err, HasSubstr("is followed as acme-foods already"));
  EXPECT_EQ(again.code, 1);
}

TEST_P(Finding, ByAnAddressTellsWhatItCannotFollow) {
  const Finished dead = Do({"companies", "add", "https://boards.greenhouse.io/nobody"});
  const json::value told =
      Json({"companies", "add", "https://boards.greenhouse.io/nobody", "--dry-run"});
  const Finished elsewhere = Do({"companies", "add", "https://www.nowhere.example/careers"});
  const Finished name = Do({"companies", "add", "qqqzzzqqq"});
  const Finished guess = Do({"companies", "add", "strpie"});

  EXPECT_EQ(dead.code, 1);
  EXPECT_THAT(dead.err, HasSubstr("greenhouse nobody cannot be read: HTTP 404"));
  EXPECT_EQ(told.at("checked").as_bool(), false);
  EXPECT_EQ(told.at("token").as_string(), "nobody");
  EXPECT_EQ(elsewhere.code, 64);
  EXPECT_THAT(elsewhere.err, HasSubstr("https://www.nowhere.example/careers answers HTTP 404"));
  EXPECT_EQ(name.code, 64);
  EXPECT_THAT(name.err, HasSubstr("no board of the name \"qqqzzzqqq\" is known"));
  EXPECT_EQ(guess.code, 64);
  EXPECT_THAT(guess.err, AllOf(HasSubstr("which is a guess"), HasSubstr("stripe"),
                               HasSubstr("unconfirmed"), HasSubstr("nothing was chosen")));
}

TEST_P(Finding, ByAListFollowsEachLineByItselfAndGivesItOutAgain) {
  std::string list = "# mine\n";
  for (const BoardSim::Company& one : sim().Companies()) list += AddressOf(one) + "\n";
  const std::string file = File("list.txt", list + "https://boards.greenhouse.io/nobody\n");

  const Finished dry = Do({"companies", "import", file, "--dry-run"});
  const Finished imported = Do({"companies", "import", file});
  const Finished again = Do({"companies", "import", file});
  const Finished exported = Do({"companies", "export"});
  const Finished back = Do({"companies", "import", File("export.csv", exported.out)});

  EXPECT_EQ(dry.code, 2);
  EXPECT_THAT(dry.err, HasSubstr("4 found, 0 already, 1 refused. Nothing was changed."));
  EXPECT_EQ(imported.code, 2);
  EXPECT_THAT(imported.err, HasSubstr("4 followed, 0 already, 1 refused."));
  EXPECT_THAT(imported.out, HasSubstr("it cannot be read: HTTP 404"));
  EXPECT_THAT(again.err, HasSubstr("0 followed, 4 already, 1 refused."));
  EXPECT_EQ(back.code, 0);
  EXPECT_THAT(back.err, HasSubstr("0 followed, 4 already, 0 refused."));
  EXPECT_EQ(Do({"run"}).code, 0);
  EXPECT_EQ(Json({"jobs"}).at("total").as_int64(), 80);
}

TEST_P(Finding, ADefinitionIsTriedBeforeAnybodyFollowsByIt) {
  const std::string board = sim().Companies()[0].token;
  const std::string right = R"(
kind = "mine"
version = 1
pacing_key = "boards-api.greenhouse.io"
token = '[A-Za-z0-9_-]+'
token_shape = "a name"
[list]
url = "https://boards-api.greenhouse.io/v1/boards/{token}/jobs?content=true"
jobs = "/jobs"
total = "/meta/total"
[fields]
id = "/id"
title = "/title"
url = "/absolute_url"
location = "/PLACE/name"
content = "/content"
[content]
escaping = "ESCAPING"
)";
  const auto with = [&](std::string text, const std::string& place, const std::string& escaping) {
    text.replace(text.find("PLACE"), 5, place);
    text.replace(text.find("ESCAPING"), 8, escaping);
    return File("mine.toml", text);
  };

  const Finished well =
      Do({"boards", "check", with(right, "location", "escaped_html"), "--token", board});
  const Finished amiss = Do({"boards", "check", with(right, "loc", "text"), "--token", board});
  const Finished broken = Do({"boards", "check", File("b.toml", "kind = 7"), "--token", board});
  const Finished nobody =
      Do({"boards", "check", with(right, "location", "escaped_html"), "--token", "nobody"});

  EXPECT_EQ(well.code, 0) << well.out << well.err;
  EXPECT_THAT(well.out, AllOf(HasSubstr("20 jobs, by 1 request"), HasSubstr("Nothing is amiss.")));
  EXPECT_EQ(amiss.code, 2);
  EXPECT_THAT(amiss.out, AllOf(HasSubstr("! 20 of 20 jobs have no place"),
                               HasSubstr("the description holds markup")));
  EXPECT_EQ(broken.code, 64);
  EXPECT_THAT(broken.err, HasSubstr("b.toml: kind"));
  EXPECT_EQ(nobody.code, 1);
  EXPECT_THAT(nobody.out, HasSubstr("! [list]: HTTP 404"));
}

TEST_P(Finding, TheDoctorSaysWhatIsThere) {
  const Finished all = Do({"doctor"});
  const Finished boards = Do({"doctor", "--boards"});

  EXPECT_EQ(all.code, 0);
  EXPECT_THAT(all.out, AllOf(HasSubstr("0 companies are followed"), HasSubstr(" kinds\n")));
  EXPECT_EQ(boards.code, 2) << "none of the well-known stands in this web";
  EXPECT_THAT(boards.out, HasSubstr("Anthropic"));
  EXPECT_THAT(boards.err, HasSubstr("0 of "));
}

ROLECALL_ON_BOTH_DATABASES(Finding);

}  // namespace
}  // namespace rolecall
