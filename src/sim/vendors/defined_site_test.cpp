// Sites of kinds that their definitions describe: what is put is what is read.
#include "sim/vendors/defined_site.h"

#include <gtest/gtest.h>

#include "sim/vendors/placed_values.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {
namespace json = boost::json;

TEST(PlacedValues, StandWhereTheirPointersName) {
  json::value document;

  PutValue(document, {"jobs", "*", "name"}, "Cook");
  PutValue(document, {"jobs", "*", "place"}, "Bern");
  PutValue(document, {"meta", "2"}, 7);

  EXPECT_EQ(json::serialize(document),
            R"({"jobs":[{"name":"Cook","place":"Bern"}],"meta":[null,null,7]})");
}

// One company of the kind, of 230 jobs.
class DefinedSites : public testing::Test {
 protected:
  SimWorld World(const std::string& kind) {
    SimWorld world = MakeWorld(BuiltInRegistry(), 5, 1, 230, 0, {kind});
    OpenSites(world);
    return world;
  }
  static SimAnswer Get(SimWorld& world, const std::string& target) {
    return AnswerVendor(world, {.method = "GET", .target = target, .body = {}, .headers = {}});
  }
};

TEST_F(DefinedSites, PageAsTheirBoardsDo) {
  SimWorld world = World("lever");
  const std::string list = "/api.lever.co/v0/postings/" + world.companies[0].token;

  const auto last = json::parse(Get(world, list + "?mode=json&skip=200&limit=100").body);

  ASSERT_EQ(last.as_array().size(), 30);
  EXPECT_EQ(last.as_array()[0].as_object().at("id").as_string(),
            std::to_string(world.companies[0].jobs[200].number));
  EXPECT_EQ(Get(world, list + "?mode=xml").status, 404);
  EXPECT_EQ(Get(world, list + "/" + std::to_string(world.companies[0].jobs[0].number)).status, 200);
  EXPECT_EQ(Get(world, list + "/1").status, 404);
}

TEST_F(DefinedSites, ThatAnswerAnybodyAnswerWithNothing) {
  SimWorld world = World("greenhouse");

  const auto nobody =
      Get(world, "/api.smartrecruiters.com/v1/companies/Nobody-1/postings?limit=100&offset=0");

  EXPECT_EQ(nobody.status, 200);
  EXPECT_EQ(json::parse(nobody.body).as_object().at("totalFound").to_number<int>(), 0);
  EXPECT_EQ(Get(world, "/api.lever.co/v0/postings/nobody?mode=json&skip=0&limit=100").status, 404);
}

}  // namespace
}  // namespace rolecall
