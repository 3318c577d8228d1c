// A document in which values are put where pointers name them: the other way around of a reading.
#pragma once

#include <boost/json.hpp>
#include <pugixml.hpp>
#include <string>

#include "boards/json_pointer.h"

namespace rolecall {

// Makes the objects and lists on the way; "*" is the first element of a list.
void PutValue(boost::json::value& document, const Pointer& pointer, boost::json::value value);

// Likewise of XML, below the node: each key an element, or "@name" an attribute of the last one.
void PutText(pugi::xml_node node, const Pointer& pointer, const std::string& text);

}  // namespace rolecall
