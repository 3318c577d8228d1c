// Draws letters. The colour is made from the whole name, so that two companies of one letter
// differ.
#include "api/logos.h"

#include <fmt/format.h>

#include "api/asked_origin.h"
#include "base/digest.h"
#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::string_view kEnding = ".svg";

// A hue of the colour circle, in degrees.
int HueOf(std::string_view name) {
  return std::stoi(Digester().Add(name).Finish().substr(0, 4), nullptr, 16) % 360;
}

}  // namespace

std::string LogoUrl(const ApiParts& parts, const Request& request, std::string_view name) {
  return fmt::format("{}/logo/{}{}", AskedOrigin(request, parts.settings.base_path),
                     PercentEncode(name), kEnding);
}

Result<Reply> GetLogo(const ApiParts&, const Call& call) {
  std::string_view name = call.captured.at(0);
  if (!name.ends_with(kEnding) || name.size() == kEnding.size())
    return Fail(Errc::kNotFound, "A letter is at /logo/NAME.svg.");
  name.remove_suffix(kEnding.size());
  // White stands out from this lightness in every hue.
  return Reply{.content_type = "image/svg+xml",
               .body = fmt::format(
                   R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img">
<rect width="64" height="64" rx="12" fill="hsl({},45%,34%)"/>
<text x="32" y="32" dy=".36em" text-anchor="middle" fill="#fff" font-size="34"
  font-family="system-ui,sans-serif" font-weight="600">{}</text>
</svg>
)svg",
                   HueOf(name), Initial(name)),
               .headers = {{"Cache-Control", "public, max-age=86400"}}};
}

}  // namespace rolecall
