// Hands the arguments to the command line.
#include <sys/stat.h>

#include "cli/command.h"

int main(int argc, char** argv) {
  // What the program makes is its user's own: a database holds hashes of passwords.
  umask(S_IRWXG | S_IRWXO);
  return rolecall::RunCommandLine(argc, argv);
}
