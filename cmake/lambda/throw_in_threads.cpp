// Exits with 0 where exceptions that are thrown in threads are caught there: tools/package_lambda
// runs it, linked as the program is, and throws it away.
#include <array>
#include <atomic>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

[[gnu::noinline]] void Throw(unsigned depth, int& unwound) {
  const struct Counted {
    int& unwound;
    ~Counted() { ++unwound; }
  } counted{unwound};
  if (depth == 0) throw std::runtime_error("thrown " + std::to_string(unwound));
  Throw(depth - 1, unwound);
}

bool IsCaught(unsigned depth) {
  int unwound = 0;
  try {
    Throw(depth, unwound);
  } catch (const std::exception& caught) {
    return std::string(caught.what()) == "thrown 0" && unwound == static_cast<int>(depth) + 1;
  }
  return false;
}

}  // namespace

int main() {
  std::random_device random;
  std::atomic<int> caught = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&caught, depth = random() % 64] {
      for (int turn = 0; turn < 1000; ++turn) caught += IsCaught(depth) ? 1 : 0;
    });
  threads.clear();
  return caught == 8 * 1000 && random() != random() ? 0 : 1;
}
