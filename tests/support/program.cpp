// The commands that most tests give.
#include "tests/support/program.h"

#include "store/boards/boards.h"
#include "store/users/companies.h"

namespace rolecall {

std::string ProgramPath() { return std::string(ROLECALL_BINARY_DIR) + "/rolecall"; }

void Rolecall::SetUp() {
  BothDatabases::SetUp();
  if (IsSkipped()) return;
  // Whatever else this machine does: an answer that is late would be another history.
  environment_ = {{"PATH", "/usr/bin:/bin:/usr/sbin:/sbin"},
                  {"HOME", "/dev/null"},  // in which nobody can make a folder
                  {"DATABASE_URL", test_database().url()},
                  {"ROLECALL_FETCH_DEADLINE", "60s"}};
}

void Rolecall::Simulate(int companies, int jobs, std::chrono::milliseconds delay) {
  Simulate({.companies = companies, .jobs = jobs, .seed = 11, .delay = delay});
}

void Rolecall::Simulate(const SimSettings& settings,
                        std::shared_ptr<const BoardRegistry> registry) {
  auto sim = BoardSim::Start(settings, std::move(registry));
  ASSERT_TRUE(sim) << sim.error().message;
  sim_ = *std::move(sim);
  environment_["ROLECALL_GATEWAY"] = sim_->address();
}

void Rolecall::FollowAll() {
  for (const BoardSim::Company& one : sim_->Companies()) {
    const Finished added =
        Do({"companies", "add", one.name, "--board", one.board, "--token", one.token});
    ASSERT_EQ(added.code, 0) << added.err;
  }
}

void Rolecall::FollowAllIn(Database& database, std::int64_t user_id) {
  auto tx = database.Write();
  ASSERT_TRUE(tx) << tx.error().message;
  for (const BoardSim::Company& one : sim_->Companies()) {
    const auto board = FindOrAddBoard(*tx, one.board, one.token);
    ASSERT_TRUE(board) << board.error().message;
    const auto followed = Follow(*tx, {user_id, one.name}, *board, SystemNow());
    ASSERT_TRUE(followed) << followed.error().message;
  }
  ASSERT_TRUE(tx->Commit());
}

std::unique_ptr<Child> Rolecall::Start(const std::vector<std::string>& arguments, int waiting) {
  std::vector<std::string> command{ProgramPath()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return std::make_unique<Child>(command, environment_, waiting);
}

Finished Rolecall::Do(const std::vector<std::string>& arguments) {
  return Start(arguments)->Wait();
}

boost::json::value Rolecall::Json(const std::vector<std::string>& arguments) {
  std::vector<std::string> with = arguments;
  with.emplace_back("--json");
  const Finished done = Do(with);
  boost::system::error_code failure;
  boost::json::value value = boost::json::parse(done.out, failure);
  EXPECT_FALSE(failure) << done.out << done.err;
  return value;
}

const boost::json::object& Rolecall::CompanyOf(const boost::json::value& run,
                                               std::string_view name) {
  static const boost::json::object kNone;
  for (const auto& one : run.at("companies").as_array())
    if (one.at("company").as_string() == name) return one.as_object();
  ADD_FAILURE() << "no company " << name;
  return kNone;
}

std::int64_t Rolecall::Number(const boost::json::object& object, std::string_view key) {
  const boost::json::value* found = object.if_contains(key);
  if (found == nullptr || !found->is_int64()) {
    ADD_FAILURE() << "no number " << key;
    return -1;
  }
  return found->get_int64();
}

}  // namespace rolecall
