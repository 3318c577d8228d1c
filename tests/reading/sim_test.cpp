// The simulator as the program meets it: conditional listings, witnesses, contents, controls.
#include <gtest/gtest.h>

#include "tests/support/registry.h"
#include "tests/support/sim_boards.h"

namespace rolecall {
namespace {

class Simulated : public SimBoards {
 protected:
  Simulated() : SimBoards(60) {}

  std::map<std::string, Witness> WitnessesOf(std::string_view board,
                                             const std::vector<ListedJob>& jobs) {
    const auto fetcher = MakeFetcher(Settings());
    std::map<std::string, Witness> witnesses;
    for (const ListedJob& job : jobs)
      witnesses[job.external_id] = AskWitness(AddressOf(board), RefOf(job), *fetcher, {})->witness;
    return witnesses;
  }
  static long Count(const std::map<std::string, Witness>& witnesses, Witness which) {
    return std::ranges::count_if(witnesses, [&](const auto& one) { return one.second == which; });
  }
};

TEST_F(Simulated, AnUnchangedListingIsConfirmed) {
  const auto first = Read("greenhouse");
  EXPECT_FALSE(first.validators.etag.empty());

  EXPECT_EQ(OutcomeOf(Read("greenhouse", first.validators)), "confirmed");
  sim_->Next();
  EXPECT_EQ(OutcomeOf(Read("greenhouse", first.validators)), "complete");
}

TEST_F(Simulated, JobsThatLeftAreGoneAtTheirOwnAddress) {
  for (const char* board : {"greenhouse", "workday"}) {
    auto jobs = JobsOf(Read(board));
    jobs.resize(10);
    EXPECT_EQ(Count(WitnessesOf(board, jobs), Witness::kStands), 10) << board;

    sim_->Keep(Of(board).name, 4, UnlistedPages::kStand);
    EXPECT_EQ(JobsOf(Read(board)).size(), 4) << board;
    EXPECT_EQ(Count(WitnessesOf(board, jobs), Witness::kStands), 10) << board;

    sim_->Keep(Of(board).name, 4, UnlistedPages::kGone);
    const auto witnesses = WitnessesOf(board, jobs);
    EXPECT_EQ(Count(witnesses, Witness::kStands), 4) << board;
    EXPECT_EQ(Count(witnesses, Witness::kGone), 6) << board;

    sim_->Keep(Of(board).name, {}, UnlistedPages::kStand);
    EXPECT_EQ(JobsOf(Read(board)).size(), 60) << board;
  }
}

TEST_F(Simulated, ContentsReadAsPlainText) {
  const auto green = JobsOf(Read("greenhouse"))[0], work = JobsOf(Read("workday"))[0];
  const auto fetcher = MakeFetcher(Settings());

  const auto inside = InlineContent(*AddressOf("greenhouse").definition, *green.content);
  const auto asked = ReadContent(AddressOf("workday"), RefOf(work), *fetcher, {});

  for (const std::string& text : {inside.description, asked->description}) {
    EXPECT_TRUE(text.starts_with("About the role\n\n")) << text;
    EXPECT_NE(text.find("\n- "), std::string::npos) << text;
    EXPECT_NE(text.find("Salary: €"), std::string::npos) << text;
  }
}

TEST_F(Simulated, DetailsNameThePlacesThatTheListingCounts) {
  const auto fetcher = MakeFetcher(Settings());
  int several = 0;
  for (const ListedJob& job : JobsOf(Read("workday"))) {
    const auto detail = ReadContent(AddressOf("workday"), RefOf(job), *fetcher, {});
    if (job.location != "2 Locations")
      EXPECT_EQ(detail->location, job.location);
    else if (detail->location.contains("; "))
      ++several;
  }

  EXPECT_GT(several, 0);
}

TEST_F(Simulated, ContentOfAJobThatLeftIsNotFound) {
  const auto jobs = JobsOf(Read("workday"));
  sim_->Keep(Of("workday").name, 0, UnlistedPages::kGone);
  const auto fetcher = MakeFetcher(Settings());

  for (const std::size_t i : {0U, 1U})
    EXPECT_EQ(ReadContent(AddressOf("workday"), RefOf(jobs[i]), *fetcher, {}).error().code,
              Errc::kNotFound);
}

TEST_F(Simulated, JobPagesStandUntilTheJobLeaves) {
  for (const char* board : {"greenhouse", "workday"}) {
    const auto job = JobsOf(Read(board))[1];
    const auto fetcher = MakeFetcher(Settings());

    EXPECT_EQ(fetcher->Fetch({.url = job.url, .expects = FetchRequest::Body::kText}, {})->status,
              200)
        << job.url;
    sim_->Keep(Of(board).name, 1, UnlistedPages::kGone);
    EXPECT_EQ(fetcher->Fetch({.url = job.url, .expects = FetchRequest::Body::kText}, {})->status,
              404);
  }
}

TEST_F(Simulated, ChurnIsSeenInTheListing) {
  const auto before = JobsOf(Read("workday"));
  for (int round = 0; round < 3; ++round) sim_->Next();
  const auto after = JobsOf(Read("workday"));

  EXPECT_EQ(after.size(), 60);
  std::set<std::string> ids;
  for (const ListedJob& job : before) ids.insert(job.external_id);
  const auto stayed =
      std::ranges::count_if(after, [&](const auto& job) { return ids.contains(job.external_id); });
  EXPECT_LT(stayed, 60);
  EXPECT_GT(stayed, 30);
}

TEST_F(Simulated, TellsItsCompaniesAndItsRounds) {
  const auto green = Of("greenhouse");

  EXPECT_TRUE(Call("GET", "/_sim/companies")
                  .starts_with("200 [{\"name\":\"" + green.name +
                               "\",\"board\":\"greenhouse\",\"token\":\"" + green.token +
                               "\",\"jobs\":60}"));
  EXPECT_EQ(Call("POST", "/_sim/next"), "200 {\"round\":1}");
  EXPECT_EQ(Call("POST", "/_sim/next"), "200 {\"round\":2}");
}

TEST_F(Simulated, TakesFaultsForSomeRounds) {
  const std::string name = Of("greenhouse").name;

  EXPECT_EQ(
      Call("POST", "/_sim/fault", R"({"company":")" + name + R"(","fault":"http_404","rounds":1})"),
      "200 {}");
  EXPECT_TRUE(OutcomeOf(Read("greenhouse")).starts_with("failed: HTTP 404"));
  Call("POST", "/_sim/next");
  EXPECT_EQ(OutcomeOf(Read("greenhouse")), "complete");
}

TEST_F(Simulated, TakesAFaultBack) {
  const std::string begin = R"({"company":")" + Of("greenhouse").name + R"(","fault":")";

  Call("POST", "/_sim/fault", begin + "html\"}");
  Call("POST", "/_sim/next");
  EXPECT_TRUE(OutcomeOf(Read("greenhouse")).starts_with("failed"));
  Call("POST", "/_sim/fault", begin + "none\"}");
  EXPECT_EQ(OutcomeOf(Read("greenhouse")), "complete");
}

TEST_F(Simulated, AnswersBadInputWithOneSentence) {
  const std::string name = Of("greenhouse").name;
  const auto fault = [&](const std::string& body) { return Call("POST", "/_sim/fault", body); };

  EXPECT_EQ(fault("no JSON"), R"(400 {"detail":"the body is no JSON object"})");
  EXPECT_EQ(fault(R"({"fault":"html"})"), R"(400 {"detail":"company must be given, as a text"})");
  EXPECT_EQ(
      fault(R"({"company":"acm-robotics","fault":"html"})"),
      R"(400 {"detail":"there is no company \"acm-robotics\". Did you mean acme-robotics?"})");
  EXPECT_TRUE(fault(R"({"company":")" + name + R"(","fault":"htpp_500"})")
                  .ends_with("Did you mean http_500?\"}"));
  for (const char* rounds : {"\"two\"", "1.5", "99999999999", "-1"})
    EXPECT_EQ(fault(R"({"company":")" + name + R"(","fault":"html","rounds":)" + rounds + "}"),
              R"(400 {"detail":"rounds must be a whole number"})");
  EXPECT_EQ(fault(R"({"company":")" + name + R"(","fault":"html","rounds":0})"),
            R"(400 {"detail":"rounds must be 1 or more"})");
  EXPECT_EQ(Call("POST", "/_sim/company", R"({"company":")" + name + R"(","pages":"gonee"})"),
            R"(400 {"detail":"pages must be \"stand\" or \"gone\""})");
  EXPECT_EQ(OutcomeOf(Read("greenhouse")), "complete");
}

TEST(BoardSim, RefusesNumbersOutOfRange) {
  for (const SimSettings& wrong : {SimSettings{.port = 70'000}, SimSettings{.companies = 0},
                                   SimSettings{.jobs = -1}, SimSettings{.churn = 0.9}})
    EXPECT_EQ(BoardSim::Start(wrong).error().code, Errc::kInvalidInput);
}

TEST(BoardSim, SaysThatItsPortIsTaken) {
  const auto first = *BoardSim::Start({});

  EXPECT_EQ(BoardSim::Start({.port = first->port()}).error().code, Errc::kUnavailable);
}

TEST(BoardSim, EndsWhileSomebodyWaitsForAnAnswer) {
  auto sim = *BoardSim::Start({.companies = 1});
  const auto company = sim->Companies()[0];
  sim->SetFault(company.name, "timeout");
  FetchSettings settings = QuickSettings();
  settings.gateway = sim->address();
  settings.tries = 1;
  const auto fetcher = MakeFetcher(settings);
  auto reading = std::async(std::launch::async, [&] {
    return *ReadBoard(*FindBoard(company.board, company.token), {}, {}, *fetcher, {});
  });
  while (sim->CountRequests(company.name).list == 0) std::this_thread::yield();

  sim.reset();

  EXPECT_TRUE(
      OutcomeOf(reading.get()).starts_with("failed: boards-api.greenhouse.io: the connection"));
}

}  // namespace
}  // namespace rolecall
