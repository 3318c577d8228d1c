// Packs what a pretended vendor sends packed.
#pragma once

#include <string>

namespace rolecall {

std::string Gzip(const std::string& text);

}  // namespace rolecall
