// Which characters words are made of, in any script.
#pragma once

#include <cstdint>

namespace rolecall {

// Of a script that is written without blanks between words: Thai, Lao, Burmese, Khmer, kana, Han.
bool IsWrittenOn(std::int32_t point);

// What a word goes on with. Where words are not parted, any place may be the edge of one: a term of
// such a script matches anywhere, and a Latin word ends where such a script begins.
bool IsWordCharacter(std::int32_t point);

}  // namespace rolecall
