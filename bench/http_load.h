// Asks a server the same over and over.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

// The answer as it came, head and body. Throws where it is no 200 of a stated length.
std::string AskOnce(int port, std::string_view request);

// How long each of so many answers took, in milliseconds: asked one after the other on one
// connection, with pauses between. Throws as AskOnce.
std::vector<double> TimeAnswers(int port, std::string_view request, int count,
                                std::chrono::milliseconds pause);

struct Load {
  double seconds = 0;
  int answers = 0;
};

// Keeps that many connections asking, each anew once it is answered, for that time, and then awaits
// what is under way. A connection that the server ends is opened again. Throws as AskOnce.
Load AskAllTheTime(int port, std::string_view request, int connections,
                   std::chrono::milliseconds time);

}  // namespace rolecall
