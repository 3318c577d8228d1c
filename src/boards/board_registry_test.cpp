// Which kinds and tokens are taken.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "boards/definition.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

TEST(FindBoard, KnowsTheKindsThatAreBuiltIn) {
  const auto kinds = BuiltInRegistry()->Kinds();

  for (const char* kind : {"ashby", "greenhouse", "lever", "workday"})
    EXPECT_NE(std::ranges::find(kinds, kind), kinds.end()) << kind;
}

TEST(DescribeKinds, TellsEachWithItsVendorAndWhatATokenLooksLike) {
  const auto described = BuiltInRegistry()->DescribeKinds();

  ASSERT_EQ(described.size(), BuiltInRegistry()->Kinds().size());
  const auto greenhouse = std::ranges::find(described, "greenhouse", &BoardKind::kind);
  ASSERT_NE(greenhouse, described.end());
  EXPECT_EQ(greenhouse->title, "Greenhouse");
  EXPECT_EQ(greenhouse->token_hint, "the name in boards.greenhouse.io/NAME");
}

TEST(FindBoard, AnswersAnUnknownKindWithTheNearest) {
  const auto found = FindBoard("grenhouse", "acme");

  EXPECT_EQ(found.error().code, Errc::kInvalidInput);
  EXPECT_EQ(found.error().message,
            fmt::format("there is no board \"grenhouse\"; there are {}. Did you mean greenhouse?",
                        fmt::join(BuiltInRegistry()->Kinds(), ", ")));
}

TEST(FindBoard, RefusesATokenThatWouldLeadElsewhere) {
  for (const std::string& token :
       {std::string("../../v2"), std::string("acme/../other"), std::string(""), std::string("a b"),
        std::string("acme?x"), std::string("acme%2f"), std::string("a\0b", 3),
        std::string("acme\n"), std::string(300, 'a')})
    EXPECT_EQ(FindBoard("greenhouse", token).error().code, Errc::kInvalidInput) << token;
}

TEST(FindBoard, SaysWhatATokenLooksLike) {
  EXPECT_EQ(FindBoard("greenhouse", "/../").error().message,
            "the token \"/../\" cannot be one of greenhouse: expected the name in "
            "boards.greenhouse.io/NAME");
  EXPECT_EQ(FindBoard("workday", "acme").error().message,
            "the token \"acme\" cannot be one of workday: expected tenant.wdN/site, as in "
            "https://tenant.wdN.myworkdayjobs.com/site, or "
            "wdN.myworkdaysite.com/recruiting/tenant/site");
}

TEST(FindBoard, AnswersACareersAddressWithTheTokenInIt) {
  const auto said = [](std::string_view kind, std::string_view address) {
    return FindBoard(kind, address).error().message;
  };

  EXPECT_EQ(said("greenhouse", "https://boards.greenhouse.io/acme/jobs/1?gh_jid=1"),
            "\"https://boards.greenhouse.io/acme/jobs/1?gh_jid=1\" is an address: write --board "
            "greenhouse --token acme");
  for (const char* address :
       {"job-boards.greenhouse.io/acme", "https://job-boards.eu.greenhouse.io/acme/",
        "https://boards.greenhouse.io/embed/job_board?for=acme&b=https%3A%2F%2Fx",
        "https://boards.greenhouse.io/embed/job_board/js?for=acme",
        "https://boards-api.greenhouse.io/v1/boards/acme/jobs"})
    EXPECT_TRUE(said("greenhouse", address).ends_with("--board greenhouse --token acme"))
        << address;
  for (const char* address :
       {"https://acme.wd5.myworkdayjobs.com/Careers", "acme.wd5/en-US/Careers",
        "https://acme.wd5.myworkdayjobs.com/fr/Careers",
        "https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/x",
        "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/jobs"})
    for (const char* kind : {"workday", "greenhouse"})
      EXPECT_TRUE(said(kind, address).ends_with("write --board workday --token acme.wd5/Careers"))
          << said(kind, address);
}

TEST(FindBoard, SaysWhyWhatLooksLikeASiteIsNone) {
  EXPECT_EQ(
      FindBoard("workday", "acme.wd5/en-US").error().message,
      "the token \"acme.wd5/en-US\" cannot be one of workday: that is the language of a page: the "
      "site's name stands behind it in the address");
  EXPECT_TRUE(FindBoard("workday", "acme.wd5/wday").error().message.contains("behind the tenant"));
  EXPECT_TRUE(FindBoard("greenhouse", "embed").error().message.contains("behind for="));
  EXPECT_FALSE(FindBoard("workday", "acme.wd5/de"));
  for (const char* address : {"https://acme.wd5.myworkdayjobs.com/en-US",
                              "https://acme.wd5.myworkdayjobs.com/wday/authgwy/acme/login",
                              "https://boards.greenhouse.io/embed/job_app?token=1",
                              "https://boards-api.greenhouse.io/v1/boards"})
    for (const char* kind : {"workday", "greenhouse"})
      EXPECT_FALSE(FindBoard(kind, address).error().message.contains("--token")) << address;
}

TEST(FindBoard, ShowsARefusedTokenBlanksAndAll) {
  EXPECT_TRUE(FindBoard("greenhouse", " acme\n")
                  .error()
                  .message.starts_with("the token \" acme\uFFFD\" cannot be one of greenhouse"));
}

TEST(FindBoard, TakesTenantNumberAndSiteOfWorkday) {
  const auto found = FindBoard("workday", "acme.wd12/Acme_Careers-1");

  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(HolesOf(*found), (Holes{{"host", "acme.wd12.myworkdayjobs.com"},
                                    {"token", "acme.wd12/Acme_Careers-1"},
                                    {"tenant", "acme"},
                                    {"wd", "wd12"},
                                    {"site", "Acme_Careers-1"}}));
  for (const char* wrong : {"acme.wd5/../x", "acme.wd5/a/b", "a.b.wd5/x", "acme.xx5/x", "acme/x"})
    EXPECT_FALSE(FindBoard("workday", wrong)) << wrong;
}

TEST(FirstPartOfToken, IsItsFirstGroupOrAllOfIt) {
  EXPECT_EQ(FirstPartOfToken(*FindBoard("workday", "acme.wd5/Careers")), "acme");
  EXPECT_EQ(FirstPartOfToken(*FindBoard("greenhouse", "acme")), "acme");
}

TEST(BoardInAddress, FindsTheBoardOfACareersAddress) {
  const auto board = BoardInAddress("https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/x");

  ASSERT_TRUE(board);
  EXPECT_EQ(Shown(*board), "workday acme.wd5/Careers");
  EXPECT_FALSE(BoardInAddress("https://example.com/careers"));
}

TEST(WentElsewhere, KnowsAnotherHostOrAnotherPath) {
  const FetchRequest request{.url = "https://Boards.example.com/acme/jobs?content=true"};
  const auto from = [&](std::string url) {
    return WentElsewhere(request, Response{.final_url = std::move(url)});
  };

  EXPECT_EQ(from("https://boards.example.com/acme/jobs/?page=1"), std::nullopt);
  EXPECT_EQ(from(""), std::nullopt);
  EXPECT_EQ(from("https://example.com/acme/jobs"), "example.com/acme/jobs");
  EXPECT_EQ(from("https://boards.example.com/other/jobs"), "boards.example.com/other/jobs");
}

}  // namespace
}  // namespace rolecall
