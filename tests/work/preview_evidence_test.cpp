// What a preview says of the jobs that leave or may leave is what the run that follows goes by.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <utility>

#include "tests/work/rig.h"
#include "work/preview.h"

namespace rolecall {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class PreviewEvidence : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    rig_ = std::make_unique<Rig>(database(), SimSettings{.companies = 2, .jobs = 60, .churn = 0.1});
    company_ = rig_->FirstOn("greenhouse");
    rig_->Follow(company_);
    rig_->Run();
  }
  void TearDown() override { rig_.reset(); }
  Rig& rig() { return *rig_; }

  Preview PreviewAll() {
    const auto followed = Must(LoadFollowings(*Must(database().Reader()), rig().user));
    return Must(PreviewCompanies(rig().Tools(), {rig().user, followed, PreviewSource::kBoard}, {}));
  }
  // Of the one company: the evidence of those that leave or may, by their fate and id.
  std::map<std::string, std::string> EvidenceOf(UserFate fate) {
    std::map<std::string, std::string> evidence;
    for (const PreviewedJob& job : PreviewAll().companies.at(0).jobs)
      if (job.fate == fate) evidence[job.external_id] = job.evidence;
    return evidence;
  }
  // What the events of that kind say of each job of the company, by its id there.
  std::map<std::string, std::string> EventsOf(const std::string& kind) {
    std::map<std::string, std::string> told;
    auto db = Must(database().Reader());
    Must(db->Each(R"(
        SELECT j.external_id, e.detail
        FROM job_events e
        JOIN board_jobs j ON j.id = e.job_id
        WHERE e.kind = :kind)",
                  {{"kind", kind}}, [&](const Row& row) {
                    told[std::string(row.Text(0))] = std::string(row.Text(1));
                  }));
    return told;
  }

  std::string company_;

 private:
  std::unique_ptr<Rig> rig_;
};

// From the first word of the own address on, both say the same.
std::string Witnessed(const std::string& evidence) {
  return evidence.substr(std::min(evidence.size(), evidence.find("; gone at its own address")));
}

TEST_P(PreviewEvidence, OfAnExpiryIsWhatItsEventSays) {
  rig().sim().Next();
  rig().clock.Advance(std::chrono::hours(1));

  const auto shown = EvidenceOf(UserFate::kExpired);
  rig().Run();
  const auto kept = EventsOf("expired");

  ASSERT_THAT(shown, Not(IsEmpty()));
  ASSERT_EQ(shown.size(), kept.size());
  for (const auto& [id, evidence] : shown) {
    EXPECT_THAT(evidence, StartsWith("absent from a complete listing of "));
    EXPECT_THAT(evidence, HasSubstr("; two witnesses agree; last seen in reading"));
    EXPECT_EQ(Witnessed(evidence), Witnessed(kept.at(id)));
  }
}

TEST_P(PreviewEvidence, OfAMissingJobSaysSinceWhenAndWhatIsAwaited) {
  ASSERT_TRUE(rig().sim().Keep(company_, 55, UnlistedPages::kStand));
  const auto first = EvidenceOf(UserFate::kMissing);
  const Timestamp since = rig().clock.Now();
  rig().Run();
  rig().clock.Advance(std::chrono::hours(5));

  const auto later = EvidenceOf(UserFate::kMissing);

  ASSERT_EQ(first.size(), 5);
  for (const auto& [id, evidence] : first)
    EXPECT_THAT(evidence, AllOf(StartsWith("absent from a complete listing of 55, the first to "
                                           "lack it; its own page stands"),
                                EndsWith("; leaves once it is gone at its own address, or 5 "
                                         "complete listings over 14 days lack it")));
  ASSERT_EQ(later.size(), 5);
  for (const auto& [id, evidence] : later)
    EXPECT_THAT(evidence, HasSubstr("missing since " + ToMoment(since) + " (reading "));
}

TEST_P(PreviewEvidence, OfATitleThatIsFilteredNamesTheRule) {
  ASSERT_TRUE(rig().sim().Keep(company_, 55, UnlistedPages::kStand));
  rig().Filter(company_, {.include = {"zookeeper"}, .exclude = {}});

  const auto shown = EvidenceOf(UserFate::kExpired);

  ASSERT_EQ(shown.size(), 60) << "listed or not";
  for (const auto& [id, evidence] : shown)
    EXPECT_EQ(evidence, "the filter leaves it out: no include term matches");
}

TEST_P(PreviewEvidence, OfAJobThatLeftInARunOfSomebodyElseIsThatOfItsEvent) {
  const std::int64_t owner = rig().user;
  std::int64_t ann = 0;
  rig().Write([&](Transaction& tx) -> Result<void> {
    TRY(ann, AddUser(tx, {.email = "ann@example.org"}, rig().clock.Now()));
    return {};
  });
  rig().user = ann;
  rig().Follow(company_);
  rig().Run();
  rig().sim().Next();
  rig().clock.Advance(std::chrono::hours(1));
  rig().Run();

  rig().user = owner;
  const auto shown = EvidenceOf(UserFate::kExpired);

  ASSERT_THAT(shown, Not(IsEmpty()));
  EXPECT_EQ(shown, EventsOf("expired"));
}

TEST_P(PreviewEvidence, IsOfNoJobThatStays) {
  rig().sim().Next();

  for (const PreviewedJob& job : PreviewAll().companies.at(0).jobs)
    if (job.fate != UserFate::kExpired && job.fate != UserFate::kMissing)
      EXPECT_EQ(job.evidence, "") << job.external_id;
}

TEST_P(PreviewEvidence, NamesTheJobsOfACompanyThatWasRemoved) {
  rig().Write([&](Transaction& tx) { return Unfollow(tx, rig().user, company_); });

  const Preview shown = PreviewAll();

  ASSERT_EQ(shown.departing.size(), 1);
  EXPECT_EQ(shown.departing[0].active, 60);
  ASSERT_EQ(shown.departing_jobs.size(), 60);
  for (const DepartingJob& job : shown.departing_jobs) EXPECT_EQ(job.company, company_);
}

ROLECALL_ON_BOTH_DATABASES(PreviewEvidence);

}  // namespace
}  // namespace rolecall
