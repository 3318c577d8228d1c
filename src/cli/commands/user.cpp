// rolecall user: who may sign in, and tokens for scripts.
#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <charconv>

#include "app/open_store.h"
#include "app/secret.h"
#include "auth/passwords.h"
#include "auth/sign_in.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/local_time.h"
#include "cli/terminal/password.h"
#include "cli/terminal/terminal.h"
#include "forms/or_null.h"
#include "store/users/users.h"

namespace rolecall {
namespace {

constexpr std::chrono::days kLongestToken{3650};

struct PeopleOptions {
  bool json = false;
};
struct NewOptions {
  std::string email, name;
};
struct EmailOptions {
  std::string email;
};
struct TokenOptions {
  std::string expires{"30d"};
};

Result<std::chrono::seconds> ReadLifetime(std::string_view text) {
  const auto refused = Fail(Errc::kInvalidInput,
                            fmt::format("--expires: {} is no time such as 90s, 30m, 12h or 30d, "
                                        "from a second to ten years",
                                        text));
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end + 1 != text.data() + text.size()) return refused;
  std::int64_t unit = 0;
  if (*end == 's') unit = 1;
  if (*end == 'm') unit = 60;
  if (*end == 'h') unit = 3'600;
  if (*end == 'd') unit = 86'400;
  const std::int64_t most = std::chrono::seconds(kLongestToken).count();
  if (unit == 0 || number < 1 || number > most / unit) return refused;
  return std::chrono::seconds(number * unit);
}

Result<int> ListPeople(const Invocation& invocation, const PeopleOptions& options) {
  TRY(auto database, OpenStore(invocation.config, Schema::kPrepareExisting));
  TRY(auto db, database->Reader());
  TRY(const auto people, LoadProfiles(*db));
  if (options.json) {
    boost::json::array shown;
    for (const UserProfile& one : people)
      shown.push_back(boost::json::object{{"email", one.email},
                                          {"name", TextOrNull(one.name)},
                                          {"last_login", TimeOrNull(one.last_login)}});
    Print(boost::json::serialize(shown) + "\n");
    return kExitDone;
  }
  TextTable table({{"email"}, {"name", TextTable::Align::kLeft, true}, {"last login"}});
  for (const UserProfile& one : people)
    table.Add({Printable(one.email), Printable(one.name),
               one.last_login ? LocalMinute(*one.last_login) : "never"});
  Print(table.Text(WidthOf(Stream::kOut), PaintFor(invocation.config, Stream::kOut)));
  return kExitDone;
}

Result<int> AddPerson(const Invocation& invocation, const NewOptions& options,
                      const std::stop_token& stop) {
  CHECK_OK(CheckEmail(options.email));
  TRY(auto database, OpenStore(invocation.config, Schema::kPrepare));
  TRY(auto db, database->Reader());
  if (const auto known = FindUser(*db, options.email))
    return Fail(Errc::kConflict, fmt::format("a user has the address {} already", known->email));
  db.reset();
  TRY(const std::string password, ReadNewPassword(STDIN_FILENO, stop));
  TRY(const std::string hash, HashPassword(password));
  TRY(auto tx, database->Write());
  const NewUser user{
      .email = options.email, .name = options.name, .picture_url = "", .password_hash = hash};
  CHECK_OK(AddUser(tx, user, SystemNow()));
  CHECK_OK(tx.Commit());
  PrintNote(fmt::format("{} may sign in.", Printable(FoldEmail(options.email))));
  return kExitDone;
}

Result<int> ChangePassword(const Invocation& invocation, const EmailOptions& options,
                           const std::stop_token& stop) {
  TRY(auto database, OpenStore(invocation.config, Schema::kPrepare));
  TRY(auto db, database->Reader());
  TRY(const User user, FindUser(*db, options.email));
  db.reset();
  TRY(const std::string password, ReadNewPassword(STDIN_FILENO, stop));
  TRY(const std::string hash, HashPassword(password));
  TRY(auto tx, database->Write());
  CHECK_OK(SetPassword(tx, user.id, hash));
  CHECK_OK(tx.Commit());
  PrintNote(fmt::format("{} has another password.", Printable(user.email)));
  return kExitDone;
}

Result<int> MakeToken(const Invocation& invocation, const TokenOptions& options) {
  TRY(const auto lifetime, ReadLifetime(options.expires));
  TRY(const std::string secret, SecretOf(invocation.config));
  TRY(auto store, OpenFor(invocation));
  TRY(auto db, store.database->Reader());
  TRY(const UserProfile user, LoadProfile(*db, store.user.id));
  Print(SignToken(secret, user, SystemNow(), lifetime) + "\n");
  return kExitDone;
}

}  // namespace

void AddUsers(CommandLine& line) {
  CLI::App* user = line.app.add_subcommand("user", "Says who may sign in");
  user->footer("Example:\n  rolecall user add ann@example.org --name Ann");

  const auto [list, list_options] = AddCommand<PeopleOptions>(
      line, *user, "list", "Lists them", "rolecall user list --json", ListPeople);
  list->add_flag("--json", list_options->json, "print them as JSON");
  ActWhereBare(line, *user, list_options, ListPeople);

  const auto [add, add_options] = AddCommand<NewOptions>(
      line, *user, "add", "Adds somebody; the password is asked for, or read from a pipe",
      "rolecall user add ann@example.org --name Ann", AddPerson);
  add->add_option("EMAIL", add_options->email, "the e-mail address to sign in with")->required();
  add->add_option("--name", add_options->name, "what to call the person");

  const auto [password, password_options] = AddCommand<EmailOptions>(
      line, *user, "password", "Gives somebody another password, asked for or read from a pipe",
      "rolecall user password ann@example.org", ChangePassword);
  password->add_option("EMAIL", password_options->email, "whose")->required();

  const auto [token, token_options] = AddCommand<TokenOptions>(
      line, *user, "token", "Prints a token for scripts, of the user whom --user names",
      "curl -H \"Authorization: Bearer $(rolecall user token)\" http://127.0.0.1:8000/api/user",
      MakeToken);
  token->add_option("--expires", token_options->expires, "how long it is good: 90s, 30m, 12h, 30d")
      ->capture_default_str();
}

}  // namespace rolecall
