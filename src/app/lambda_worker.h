// The worker as a function of AWS Lambda: works on the run that an event names, for as long as one
// invocation may, and hands it on.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string_view>

#include "app/config.h"
#include "aws/runtime_api.h"
#include "aws/runtime_loop.h"
#include "aws/worker_event.h"

namespace rolecall {

class LambdaWorker {
 public:
  // Nothing is opened before the first event. `complain` is told a line each of what no run's log
  // can be told; lines of runs stand on stdout, each with its place behind it.
  LambdaWorker(Environment environment, std::function<void(std::string_view)> complain);
  LambdaWorker(const LambdaWorker&) = delete;
  LambdaWorker& operator=(const LambdaWorker&) = delete;
  ~LambdaWorker();

  // What became of the event, as JSON. What another try cannot mend is answered as well, since
  // Lambda would try it again; an error is worth that.
  EventAnswer Answer(const LambdaEvent& event);

 private:
  class Opened;
  Result<std::string> Work(const RunEvent& order, const LambdaEvent& event);
  Result<std::string> StartDue(const LambdaEvent& event);
  Result<Opened*> Open(bool use_test_db);

  const Environment environment_;
  const std::function<void(std::string_view)> complain_;
  std::array<std::unique_ptr<Opened>, 2> opened_;  // the database, and the test database
};

}  // namespace rolecall
