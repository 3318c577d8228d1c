// Hands the arguments to the command line.
#include "cli/command.h"

int main(int argc, char** argv) { return rolecall::RunCommandLine(argc, argv); }
