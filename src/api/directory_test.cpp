// The directory over the interface.
#include "api/directory.h"

#include <gmock/gmock.h>

#include "directory/built_in_directory.h"
#include "tests/support/api_rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class DirectorySearch : public testing::Test {
 protected:
  Reply Ask(std::string query) {
    const Request request{
        .method = "GET", .query = std::move(query), .headers = {{"host", "jobs.test"}}};
    auto reply = GetDirectory(rig_.parts(), {.request = request, .captured = {}, .user = {}});
    EXPECT_TRUE(reply);
    return reply.value_or(Reply{});
  }
  json::array Found(std::string query) {
    const Reply reply = Ask(std::move(query));
    EXPECT_EQ(reply.status, 200) << reply.body;
    return json::parse(reply.body).as_array();
  }
  // What is said of q.
  std::string Refused(std::string query) {
    const Reply reply = Ask(std::move(query));
    EXPECT_EQ(reply.status, 422) << reply.body;
    const json::value told = json::parse(reply.body).at("detail").at(0);
    EXPECT_EQ(json::serialize(told.at("loc")), R"(["query","q"])");
    return std::string(told.at("msg").as_string());
  }

  ApiRig rig_;
};

TEST_F(DirectorySearch, TellsTheWellKnownCompanyOfAMistypedName) {
  const json::array found = Found("q=Strpie");

  ASSERT_FALSE(found.empty());
  EXPECT_EQ(json::serialize(found[0]),
            R"({"name":"stripe","display_name":"Stripe",)"
            R"("logo_url":"http://jobs.test/logo/Stripe.svg","board":"greenhouse",)"
            R"("token":"stripe","well_known":true,"confirmed":true})");
}

TEST_F(DirectorySearch, ConfirmsNoBoardOfAVendorThatAnswersToAnyName) {
  const json::array found = Found("q=airbnb&limit=2");

  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[1].at("board"), "smartrecruiters");
  EXPECT_EQ(found[1].at("well_known"), false);
  EXPECT_EQ(found[1].at("confirmed"), false);
}

TEST_F(DirectorySearch, TellsNothingWhereNothingIsNear) {
  EXPECT_THAT(Found("q=xqzvwkjq"), IsEmpty());
}

TEST_F(DirectorySearch, RefusesWhatIsNoName) {
  EXPECT_THAT(Refused(""), HasSubstr("holds no letter and no digit"));
  EXPECT_THAT(Refused("q="), HasSubstr("holds no letter and no digit"));
  EXPECT_THAT(Refused("q=%21"), HasSubstr("holds no letter and no digit"));
  EXPECT_THAT(Refused("q=a%00b"), HasSubstr("holds what no name can hold"));
  EXPECT_THAT(Refused("q=a%0Ab"), HasSubstr("holds what no name can hold"));
  EXPECT_THAT(Refused("q=%FF%FE"), HasSubstr("holds what no name can hold"));
  EXPECT_THAT(Refused("q=" + std::string(10'000, 'a')), HasSubstr("is longer than 200 bytes"));
  EXPECT_THAT(Refused("q=%4"), HasSubstr("q must be percent-encoded"));
}

TEST_F(DirectorySearch, RefusesALimitThatIsNone) {
  for (const char* query : {"q=stripe&limit=0", "q=stripe&limit=21", "q=stripe&limit=x"}) {
    const Reply reply = Ask(query);
    EXPECT_EQ(reply.status, 422) << query;
    EXPECT_THAT(reply.body, HasSubstr("limit must be a whole number from 1 to 20"));
  }
}

TEST_F(DirectorySearch, KnowsNoBoardThatCannotBeFollowed) {
  const Directory& directory = BuiltInDirectory();
  std::vector<std::string> refused;
  for (std::size_t company = 0; company < directory.size(); ++company) {
    const KnownCompany one = directory.At(company);
    if (const auto board = rig_.tools().kinds.FindBoard(one.kind, one.token); !board)
      refused.push_back(board.error().message);
  }

  EXPECT_THAT(refused, IsEmpty());
}

}  // namespace
}  // namespace rolecall
