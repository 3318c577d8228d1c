// Which kinds and tokens are taken.
#include <gtest/gtest.h>

#include "boards/definition.h"

namespace rolecall {
namespace {

TEST(FindBoard, KnowsTheKindsThatAreBuiltIn) {
  EXPECT_EQ(BoardKinds(), (std::vector<std::string>{"greenhouse", "workday"}));
}

TEST(FindBoard, AnswersAnUnknownKindWithTheNearest) {
  const auto found = FindBoard("grenhouse", "acme");

  EXPECT_EQ(found.error().code, Errc::kInvalidInput);
  EXPECT_EQ(found.error().message,
            "there is no board \"grenhouse\"; there are greenhouse, workday. Did you mean "
            "greenhouse?");
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
            "https://tenant.wdN.myworkdayjobs.com/site");
}

TEST(FindBoard, TakesTenantNumberAndSiteOfWorkday) {
  const auto found = FindBoard("workday", "acme.wd12/Acme_Careers-1");

  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(HolesOf(*found), (Holes{{"token", "acme.wd12/Acme_Careers-1"},
                                    {"tenant", "acme"},
                                    {"wd", "wd12"},
                                    {"site", "Acme_Careers-1"}}));
  for (const char* wrong : {"acme.wd5/../x", "acme.wd5/a/b", "a.b.wd5/x", "acme.xx5/x", "acme/x"})
    EXPECT_FALSE(FindBoard("workday", wrong)) << wrong;
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
