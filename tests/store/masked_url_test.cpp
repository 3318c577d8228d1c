// What a database's URL shows of itself: never a password, in whatever way it was given.
#include <gmock/gmock.h>

#include "db/database_url.h"

namespace rolecall {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(MaskedUrl, HidesThePasswordOfTheUser) {
  EXPECT_EQ(MaskedUrl("postgresql://mia:secret@host:5432/db"), "postgresql://mia:***@host:5432/db");
  EXPECT_EQ(MaskedUrl("postgres://mia:p%40ss@[::1]:5432/db"), "postgres://mia:***@[::1]:5432/db");
}

TEST(MaskedUrl, HidesAPasswordWhateverCharactersItIsMadeOf) {
  for (const std::string_view password : {"top@secret", "top:secret", "top/secret", "top?secret",
                                          "top&secret", "top=secret", "top secret", "tóp@sécret"}) {
    const std::string url = fmt::format("postgresql://mia:{}@host/db", password);

    EXPECT_EQ(MaskedUrl(url), "postgresql://mia:***@host/db") << url;
  }
}

TEST(MaskedUrl, HidesEveryPasswordAmongTheParameters) {
  EXPECT_EQ(MaskedUrl("postgresql://u@127.0.0.1:1/db?sslpassword=x&password=topsecret"),
            "postgresql://u@127.0.0.1:1/db?sslpassword=***&password=***");
  EXPECT_EQ(MaskedUrl("postgresql:///db?password=one&sslmode=require&password=two"),
            "postgresql:///db?password=***&sslmode=require&password=***");
  EXPECT_EQ(MaskedUrl("postgresql://u:one@host/db?password=two"),
            "postgresql://u:***@host/db?password=***");
}

TEST(MaskedUrl, ReadsTheNamesOfParametersAsTheyAreDecoded) {
  EXPECT_EQ(MaskedUrl("postgresql://h/db?passw%6Frd=secret&host=a"),
            "postgresql://h/db?passw%6Frd=***&host=a");
  EXPECT_EQ(MaskedUrl("postgresql://h/db?%70%61%73%73%77%6f%72%64=secret"),
            "postgresql://h/db?%70%61%73%73%77%6f%72%64=***");
  EXPECT_EQ(MaskedUrl("postgresql://h/db?%20password%20=secret"),
            "postgresql://h/db?%20password%20=***");
}

TEST(MaskedUrl, HidesAPasswordThatStandsWhereItCannotBeRead) {
  for (const std::string_view url :
       {"postgresql://u@h:1/db?password=top@secret", "postgresql://h/db?password=a?b=secret",
        "postgresql://h/db?PASSWORD=secret", "postgresql://h/db&password=secret",
        "postgresql://h/db?x=password=secret", "postgresql://u:secret?x&password=y@h/db",
        "postgresql://u:secret/x?password=y@h/db", "root:secret@host/db",
        "postgresql:/u:secret@host", "host=h password = 'a b&secret' dbname=db",
        "host=h options=x://y password='a&secret'"})
    EXPECT_THAT(MaskedUrl(url), Not(HasSubstr("secret"))) << url;
}

TEST(MaskedUrl, LeavesWhatIsNoPassword) {
  for (const std::string_view url :
       {"sqlite:/data/a:b@c/password=x.db", "sqlite:rolecall.db", "postgresql://host:5432/db",
        "postgresql://mia@host/db?passfile=/home/mia/.pgpass&application_name=a%20b",
        "postgresql:///db?host=/run/postgresql&connect_timeout=5", "rolecall.db", ""})
    EXPECT_EQ(MaskedUrl(url), url);
}

TEST(OpenDatabase, SaysWhichFormsASqliteFileMayHave) {
  const auto message = [](std::string_view url) {
    const auto named = ReadDatabaseUrl(url);
    return named ? named->file : named.error().message;
  };
  EXPECT_EQ(message("sqlite:x.db"), "x.db");
  EXPECT_EQ(message("sqlite:///data/x.db"), "/data/x.db");
  EXPECT_EQ(message("sqlite:////data/x.db"), "//data/x.db") << "as SQLAlchemy writes it";
  EXPECT_THAT(message("sqlite://x.db"), HasSubstr("write sqlite:x.db for one in this folder, or "
                                                  "sqlite:///FULL/PATH"));
  EXPECT_THAT(message("sqlite:x.db?mode=ro"),
              HasSubstr("\"?mode=ro\" cannot be followed. Write sqlite:x.db"));
  EXPECT_THAT(message("sqlite:"), HasSubstr("names no file"));
}

TEST(OpenDatabase, ShortensAMalformedUrlOnlyOnceItsPasswordIsHidden) {
  const std::string password = "secret" + std::string(200, 'x');

  const auto opened = OpenDatabase("mysql://root:" + password + "@host/db");

  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("mysql://root:***@host/db"));
  EXPECT_THAT(opened.error().message, Not(HasSubstr("secret")));
}

TEST(MaskedUrl, IsAllThatARefusalSaysOfAPasswordWhoseAtWasNotEncoded) {
  const auto refused = OpenDatabase("postgresql://mia:top@secret@nowhere.invalid/db");

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kInvalidInput);
  EXPECT_THAT(refused.error().message, HasSubstr("an @ in them as %40"));
  EXPECT_THAT(refused.error().message, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace rolecall
