// The words of a text as they are looked for: what a title is kept by, and what a query asks for.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

// In their order, folded: runs of letters and digits, with the '+' and '#' behind them ("c++",
// "c#"). Of a script that is written without blanks, each two neighbours and the last alone, so
// that a part of such a run has words that the whole run has: of 東京都 東京, 京都 and 都.
std::vector<std::string> IndexWords(std::string_view text);

// The same one by one, each valid for as long as the call.
void EachIndexWord(std::string_view text, const std::function<void(const std::string&)>& look);

// The same, parted by blanks.
std::string AsIndexWords(std::string_view text);

// Of whoever looks for `sought`, which is not empty: each word but the last stands among `held`,
// and one begins with the last.
bool StandAmong(const std::vector<std::string>& sought, const std::vector<std::string>& held);

}  // namespace rolecall
