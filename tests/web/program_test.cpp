// The real program behind a proxy and a company's own authority, as its environment tells it: what
// it makes of boards whose answers break off.
#include "tests/support/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "tests/web/authority.h"
#include "tests/web/tls_server.h"
#include "tests/web/tunnel_proxy.h"

namespace rolecall {
namespace {
using testing::HasSubstr;

constexpr char kGreenhouse[] = "boards-api.greenhouse.io";
constexpr char kTwoJobs[] = R"({"jobs": [
  {"id": 1, "title": "Cook", "absolute_url": "https://acme.example/1", "content": "You cook."},
  {"id": 2, "title": "Baker", "absolute_url": "https://acme.example/2", "content": "You bake."}],
  "meta": {"total": 2}})";

// What would be a listing without the second, if its end had come.
constexpr char kOneJob[] = R"({"jobs": [
  {"id": 1, "title": "Cook", "absolute_url": "https://acme.example/1", "content": "You cook."}],
  "meta": {"total": 1}})";

class BehindAProxy : public Rolecall {
 protected:
  void SetUp() override {
    Rolecall::SetUp();
    environment()["https_proxy"] = "http://127.0.0.1:" + std::to_string(proxy_.port());
    environment()["SSL_CERT_FILE"] = TrustedFile();
    ASSERT_EQ(Do({"companies", "add", "Acme", "--board", "greenhouse", "--token", "acme"}).code, 0);
  }

  std::int64_t JobsOpen() { return Json({"jobs"}).at("total").as_int64(); }

  std::atomic<bool> resets_ = false;  // the stream, after one job
  TlsServer board_{{.identity = TrustedAuthority().Sign(kGreenhouse)}, [this](const Asked&) {
                     return resets_ ? Told{.body = kOneJob, .end = Told::End::kReset}
                                    : Told{.body = kTwoJobs};
                   }};
  TunnelProxy proxy_{{{std::string(kGreenhouse) + ":443", board_.port()}}};
};

TEST_P(BehindAProxy, ABoardIsReadOverHttp2) {
  const Finished run = Do({"run"});

  EXPECT_EQ(run.code, 0) << run.out << run.err;
  EXPECT_EQ(JobsOpen(), 2);
  ASSERT_GE(board_.asked().size(), 1);
  EXPECT_EQ(board_.asked()[0].protocol, "h2");
  EXPECT_EQ(board_.asked()[0].path, "/v1/boards/acme/jobs?content=true");
}

TEST_P(BehindAProxy, AListingWhoseStreamIsResetMidwayFailsAndExpiresNobody) {
  ASSERT_EQ(Do({"run"}).code, 0);
  resets_ = true;

  const auto run = Json({"run"});

  const auto& acme = CompanyOf(run, "acme");
  EXPECT_EQ(acme.at("status").as_string(), "error");
  EXPECT_THAT(std::string(acme.at("error_message").as_string()),
              HasSubstr("boards-api.greenhouse.io: the answer was cut short after "));
  EXPECT_EQ(Number(acme, "missing") + Number(acme, "expired"), 0);
  EXPECT_EQ(JobsOpen(), 2);

  resets_ = false;
  EXPECT_EQ(Do({"run"}).code, 0);
  EXPECT_EQ(JobsOpen(), 2);
}

TEST_P(BehindAProxy, AnAuthorityThatIsNotNamedIsNotTrusted) {
  environment().erase("SSL_CERT_FILE");

  const Finished run = Do({"run"});

  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.out, HasSubstr("boards-api.greenhouse.io: no connection that can be trusted: its "
                                 "certificate is signed by an authority that is not trusted here"));
}

TEST_P(BehindAProxy, AFileOfAuthoritiesThatIsNotThereIsNamed) {
  environment()["SSL_CERT_FILE"] = "/nowhere/roots.pem";

  const Finished run = Do({"run"});

  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(
      run.out,
      HasSubstr("no connection can be trusted: the authorities that are cannot be read from "
                "\"/nowhere/roots.pem\", which SSL_CERT_FILE names"));
}

TEST_P(BehindAProxy, AProxyThatIsNoneIsRefusedBeforeAnythingIsAsked) {
  environment()["https_proxy"] = "socks5://mia:soup@127.0.0.1:1080";

  const Finished run = Do({"run"});

  EXPECT_EQ(run.code, 64);
  EXPECT_THAT(run.err, HasSubstr("https_proxy must be the address of an HTTP proxy with its port"));
  EXPECT_THAT(run.err, testing::Not(HasSubstr("soup@")));
}

INSTANTIATE_TEST_SUITE_P(Default, BehindAProxy, testing::Values(Dialect::kSqlite), DialectName);

}  // namespace
}  // namespace rolecall
