// HTML as plain text by way of gumbo's tree, which any markup makes.
#pragma once

#include <string>
#include <string_view>

namespace rolecall {

// What HtmlToText promises. Markup whose tree would be absurdly deep or large loses its tags
// instead.
std::string TextByTree(std::string_view html);

}  // namespace rolecall
