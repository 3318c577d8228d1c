// Times as text, there and back.
#include "base/clock.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

using std::chrono::milliseconds;

constexpr Timestamp kTime{milliseconds(1'790'000'000'123)};

TEST(ToIso, WritesUtcWithMilliseconds) {
  EXPECT_EQ(ToIso(Timestamp{}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(ToIso(kTime), "2026-09-21T14:13:20.123Z");
  EXPECT_EQ(ToIso(Timestamp(milliseconds(-1))), "1969-12-31T23:59:59.999Z");
}

TEST(FromIso, ReadsWhatToIsoWrites) {
  for (const milliseconds since :
       {milliseconds(0), milliseconds(-1), kTime.time_since_epoch(), milliseconds(951'782'400'000)})
    EXPECT_EQ(FromIso(ToIso(Timestamp(since))), Timestamp(since));
}

TEST(FromIso, ReadsWhatPostgresWrites) {
  EXPECT_EQ(FromIso("2026-09-21 14:13:20.123+00"), kTime);
  EXPECT_EQ(FromIso("2026-09-21 14:13:20.123456+00"), kTime);
  EXPECT_EQ(FromIso("2026-09-21 14:13:20.1+00"), kTime - milliseconds(23));
  EXPECT_EQ(FromIso("2026-09-21 14:13:20+00"), kTime - milliseconds(123));
}

TEST(FromIso, RefusesEverythingElse) {
  for (const char* text :
       {"", "2026", "2026-09-21", "2026-09-21T14:13:20", "2026-09-21T14:13:20.123",
        "2026-09-21T14:13:20.123+02", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-09-21T24:00:00Z", "2026-09-21T14:60:00Z", "2026-09-21x14:13:20Z",
        "2026/09/21T14:13:20Z", "2026-09-21T14:13:20ZZ", "-026-09-21T14:13:20Z",
        "2026-+9-21T14:13:20Z", "abcd-09-21T14:13:20Z"})
    EXPECT_EQ(FromIso(text), std::nullopt) << text;
}

}  // namespace
}  // namespace rolecall
