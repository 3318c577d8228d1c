// Boards read over HTTPS, whose answers break off: never a complete listing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/readings.h"
#include "tests/web/https.h"

namespace rolecall {
namespace {
using testing::StartsWith;

// What comes of reading it, where its vendor's host answers so.
BoardReading ReadOverHttps(const BoardAddress& board, const std::string& host, const char* version,
                           TlsServer::Answers answers) {
  TlsServer server({.identity = TrustedAuthority().Sign(host), .speaks = {version}},
                   std::move(answers));
  const auto fetcher = MakeFetcher(LeadingTo(server.port(), host));
  return *ReadBoard(board, {}, {}, *fetcher, {});
}

BoardReading ReadGreenhouse(const char* version, Told told) {
  return ReadOverHttps(Acme("greenhouse"), "boards-api.greenhouse.io", version,
                       Always(std::move(told)));
}

// All of it, as a listing is judged; whether it is all, only the end of the answer tells.
constexpr char kWholeListing[] = R"({"jobs": [{"id": 1, "title": "Cook",
  "absolute_url": "https://acme.example/1", "content": ""}], "meta": {"total": 1}})";

// Of SmartRecruiters, 150 in all; the second page is reset after its last job.
Told PageOfMany(const Asked& asked) {
  const bool second = asked.path.contains("offset=100");
  std::string jobs;
  for (int id = second ? 100 : 0; id < (second ? 150 : 100); ++id)
    jobs += fmt::format(R"({}{{"id": "{}", "name": "Cook", "company": {{"identifier": "acme"}}}})",
                        jobs.empty() ? "" : ", ", 1'000 + id);
  return {.body = fmt::format(R"({{"totalFound": 150, "content": [{}]}})", jobs),
          .end = second ? Told::End::kReset : Told::End::kWhole};
}

TEST(BoardOverHttps, IsCompleteWhereItsAnswerIsWhole) {
  for (const char* version : {"h2", "http/1.1"})
    EXPECT_EQ(OutcomeOf(ReadGreenhouse(version, {.body = kWholeListing})), "complete") << version;
}

TEST(BoardOverHttps, HasFailedWhereItsStreamIsReset) {
  EXPECT_THAT(OutcomeOf(ReadGreenhouse("h2", {.body = kWholeListing, .end = Told::End::kReset})),
              StartsWith("failed: boards-api.greenhouse.io: the answer was cut short after "));
}

TEST(BoardOverHttps, HasFailedWhereItsConnectionBreaks) {
  for (const char* version : {"h2", "http/1.1"})
    EXPECT_THAT(OutcomeOf(ReadGreenhouse(version, {.body = kWholeListing, .end = Told::End::kCut})),
                StartsWith("failed: boards-api.greenhouse.io: the answer was cut short after "))
        << version;
}

TEST(BoardOverHttps, IsReadInPartWhereItsSecondPageIsReset) {
  const BoardReading reading =
      ReadOverHttps(Acme("smartrecruiters"), "api.smartrecruiters.com", "h2", PageOfMany);

  EXPECT_THAT(OutcomeOf(reading),
              StartsWith("partial: page 2 of 2 failed (api.smartrecruiters.com: the answer was cut "
                         "short after "));
  EXPECT_EQ(JobsOf(reading).size(), 100);
}

}  // namespace
}  // namespace rolecall
