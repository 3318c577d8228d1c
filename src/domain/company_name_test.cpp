// Names as people write them, as they are kept, and as they are shown.
#include "domain/company_name.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(SlugOf, IsMadeOfWhatAPersonWrote) {
  EXPECT_EQ(SlugOf("Crusoe").value_or("none"), "crusoe");
  EXPECT_EQ(SlugOf(" Acme  Robotics ").value_or("none"), "acme-robotics");
  EXPECT_EQ(SlugOf("Booking.com").value_or("none"), "booking-com");
  EXPECT_EQ(SlugOf("Société Générale").value_or("none"), "societe-generale");
  EXPECT_EQ(SlugOf("AT&T, Inc.").value_or("none"), "at-t-inc");
  EXPECT_EQ(SlugOf("Moody's").value_or("none"), "moodys");
}

TEST(SlugOf, LeavesWhatIsOneAlready) {
  for (const char* name : {"acme", "acme-5", "a_b", "7shifts"})
    EXPECT_EQ(SlugOf(name).value_or("none"), name);
}

TEST(SlugOf, RefusesWhatNoNameIsLeftOf) {
  for (const std::string& written :
       {std::string(), std::string(" . "), std::string("株式会社"), std::string(65, 'a')})
    EXPECT_EQ(SlugOf(written).error().code, Errc::kInvalidInput) << written;
  EXPECT_TRUE(SlugOf(std::string(64, 'a')));
}

TEST(ShownName, IsWhatWasWrittenElseEachWordWithACapital) {
  EXPECT_EQ(ShownName("CRUSOE", "crusoe"), "CRUSOE");
  EXPECT_EQ(ShownName("acme-robotics", "acme-robotics"), "Acme Robotics");
  EXPECT_EQ(ShownName("", "booking.com"), "Booking.com");
  EXPECT_EQ(ShownName("", "7shifts_of"), "7shifts Of");
}

}  // namespace
}  // namespace rolecall
