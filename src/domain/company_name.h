// A company's name: the slug that it is known by, made of what a person wrote, and how it is shown.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace rolecall {

// Lower case letters, digits, '-', '_' and '.', beginning with a letter or digit, at most 64:
// kInvalidInput otherwise.
Result<void> CheckCompanyName(std::string_view name);

// "Crusoe" as crusoe, "Booking.com" as booking-com, "Société Générale" as societe-generale; a name
// of lower case letters, digits, '-' and '_' as it is. kInvalidInput where nothing that a name may
// begin with is left, or more than 64 characters.
Result<std::string> SlugOf(std::string_view written);

// kInvalidInput for more than 200 bytes: it stands in addresses of letters.
Result<void> CheckShownName(std::string_view display_name);

// What a company is shown as: what a person wrote, which is kept as `display_name`, or where that
// is no other than its name, "acme-robotics" as "Acme Robotics".
std::string ShownName(std::string_view display_name, std::string_view name);

}  // namespace rolecall
