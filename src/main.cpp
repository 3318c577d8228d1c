// Hands the arguments to the command line, or on AWS Lambda its events to a function.
#include <sys/stat.h>

#include <csignal>

#include "app/lambda.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  // What the program makes is its user's own: a database holds hashes of passwords.
  umask(S_IRWXG | S_IRWXO);
  const rolecall::Environment environment = rolecall::ProcessEnvironment();
  if (argc == 1 && rolecall::IsOnLambda(environment)) {
    std::signal(SIGPIPE, SIG_IGN);
    return rolecall::RunOnLambda(environment);
  }
  return rolecall::RunCommandLine(argc, argv);
}
