// Following a company on a board, over the interface.
#include "api/follow.h"

#include <gmock/gmock.h>

#include "tests/support/api_rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

TEST(GetKinds, NamesEachKindItsVendorAndWhatATokenLooksLike) {
  ApiRig rig;

  const auto reply = GetKinds(rig.parts(), {.request = {}, .captured = {}, .user = {}});

  ASSERT_TRUE(reply) << reply.error().message;
  const json::array kinds = json::parse(reply->body).as_array();
  EXPECT_EQ(kinds.size(), BoardKinds().size());
  EXPECT_THAT(reply->body, HasSubstr(R"({"kind":"greenhouse","title":"Greenhouse",)"
                                     R"("token_hint":"the name in boards.greenhouse.io/NAME"})"));
}

}  // namespace
}  // namespace rolecall
