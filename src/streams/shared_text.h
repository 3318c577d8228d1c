// A text that many streams send and nobody changes, held once for all of them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall {

class SharedText {
 public:
  SharedText() = default;
  // Not explicit: whoever has a text may hand it over as one.
  SharedText(std::string text) : text_(std::make_shared<const std::string>(std::move(text))) {}
  SharedText(const char* text) : SharedText(std::string(text)) {}

  std::string_view view() const { return text_ ? std::string_view(*text_) : std::string_view(); }

 private:
  std::shared_ptr<const std::string> text_;
};

}  // namespace rolecall
